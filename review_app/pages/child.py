"""A child process that answers one question at a time and is kept warm between them.

One that takes too long or dies is ended; the next question gets a new one.
"""

import atexit
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from typing import IO


class Child:
    """One process of Python, run with these arguments; questions wait for each other.

    ``python`` and ``environment`` are this process's own unless others are given.
    """

    def __init__(
        self, *arguments: str, python: str = sys.executable, environment: Mapping[str, str] | None = None
    ) -> None:
        self._command, self._environment = [python, *arguments], environment
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        atexit.register(self.stop)

    def ask(self, *messages: bytes, seconds: float) -> bytes:
        """Return the answer to some messages; raises ``OSError`` or ``EOFError`` when there is none in that time."""
        with self._lock:
            process = self._process = self._running()
            timer = threading.Timer(seconds, process.kill)
            timer.start()
            try:
                for message in messages:
                    send(process.stdin, message)
                return receive(process.stdout)
            except (OSError, EOFError):
                self.stop()
                raise
            finally:
                timer.cancel()

    def stop(self) -> None:
        """End the process, whatever it does; the next question starts a new one."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with suppress(OSError):  # it died with half a message in the pipe
                    stream.close()

    def pause(self) -> None:
        """End the process when it has answered what it is asked; the next question starts a new one."""
        with self._lock:
            self.stop()

    def retire(self) -> None:
        """End the process when it has answered what it is asked, for good."""
        self.pause()
        atexit.unregister(self.stop)

    def _running(self) -> "subprocess.Popen[bytes]":
        if self._process is not None and self._process.poll() is None:
            return self._process
        self.stop()
        return subprocess.Popen(self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=self._environment)


def send(stream: IO[bytes] | None, payload: bytes) -> None:
    """Write one message: its length in eight bytes, then itself."""
    if stream is None:
        raise EOFError
    stream.write(len(payload).to_bytes(8, "big"))
    stream.write(payload)
    stream.flush()


def receive(stream: IO[bytes] | None) -> bytes:
    """Read one message; raises ``EOFError`` when the other side is gone."""
    return _exactly(stream, int.from_bytes(_exactly(stream, 8), "big"))


def _exactly(stream: IO[bytes] | None, size: int) -> bytes:
    data = stream.read(size) if stream is not None else b""
    if len(data) < size:
        raise EOFError
    return data
