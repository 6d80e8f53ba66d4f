"""Files that commands write: what keeps one from being written is said in a sentence."""

import os
from errno import ENOENT
from pathlib import Path

from review_app.errors import BadInput
from review_app.locale import N_


def write_file(file: Path, data: bytes) -> None:
    """Write a file; raises ``BadInput`` if that cannot be done."""
    try:
        file.write_bytes(data)
    except OSError as error:
        raise _refusal(file, error) from error


def require_folder(file: Path) -> None:
    """Raise ``BadInput`` if a file has no folder to lie in: to be asked before long work begins."""
    if not file.parent.is_dir():
        raise _refusal(file, FileNotFoundError(ENOENT, os.strerror(ENOENT)))


def _refusal(file: Path, error: OSError) -> BadInput:
    return BadInput(N_("{file} cannot be written: {reason}. Name another place."), file=file, reason=error.strerror)
