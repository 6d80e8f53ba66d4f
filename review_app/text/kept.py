"""Files in this machine's cache folder, made once of what packages ship and then mapped into memory.

They are written by a process of its own, which takes some hundred megabytes and ends. Where that cannot be, as in a
home nobody may write to, whoever asks goes by what the packages ship, with as much memory as that takes.
"""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import structlog

from review_app.resources import cache_folder

try:
    import fcntl
except ImportError:  # on Windows two processes may write the same file, one after the other
    fcntl = None  # type: ignore[assignment]

MOST_SECONDS = 300

_log = structlog.get_logger(__name__)


def kept(module: str, names: Sequence[str]) -> Path | None:
    """Return the cache folder with files of these names, written by ``python -m module FOLDER NAMES``; None without."""
    folder = cache_folder()
    if folder is None:
        return None
    missing = [name for name in names if not (folder / name).is_file()]
    if missing:
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            command = [sys.executable, "-m", module, str(folder), *missing]
            subprocess.run(command, check=True, capture_output=True, timeout=MOST_SECONDS)  # noqa: S603 - our own
        except (OSError, subprocess.SubprocessError) as error:
            _log.warning("cache_not_written", folder=str(folder), error=str(error))
            return None
    return folder


@contextmanager
def writing(folder: Path, names: Sequence[str]) -> Iterator[list[str]]:
    """Yield those of the files that are still to be written, while no other process writes any."""
    with (folder / "lock").open("w") as lock:
        if fcntl:
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield [name for name in names if not (folder / name).is_file()]
