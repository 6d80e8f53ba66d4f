"""Reads the HTML pages of a zip file. Names in it are names, never paths to write to; what it unpacks to is bounded."""

import zipfile
from collections.abc import Iterator
from io import BytesIO

from review_app.errors import BadFile, BadInput
from review_app.locale import N_
from review_app.pages.document import LARGEST_BYTES
from review_app.pages.service import normalise_path

ENDINGS = (".html", ".htm", ".xhtml")
MOST_PAGES = 2_000
MOST_BYTES = 200 * 1024 * 1024
"""Of all pages together, unpacked."""

NO_ARCHIVE = N_("{file} is no usable zip file: {reason}.")


def pages_in_zip(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield path and bytes of every HTML page, by path; raises ``BadFile``."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            pages = _pages(name, archive)
            if sum(info.file_size for _, info in pages) > MOST_BYTES or len(pages) > MOST_PAGES:
                reason = f"it holds more than {MOST_PAGES} pages or {MOST_BYTES // 1024**2} MB"
                raise BadFile(NO_ARCHIVE, file=name, reason=reason)
            for path, info in pages:
                yield path, _content(name, archive, info)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise BadFile(NO_ARCHIVE, file=name, reason="it cannot be unpacked") from error


def _pages(name: str, archive: zipfile.ZipFile) -> list[tuple[str, zipfile.ZipInfo]]:
    found: dict[str, zipfile.ZipInfo] = {}
    for info in archive.infolist():
        if info.is_dir() or not info.filename.lower().endswith(ENDINGS) or "__MACOSX/" in info.filename:
            continue
        try:
            path = normalise_path(info.filename)
        except BadInput as error:
            raise BadFile(N_("{file}: {reason}"), file=name, reason=error) from error
        if path in found:
            raise BadFile(NO_ARCHIVE, file=name, reason=f"two of its files would be the page {path}")
        found[path] = info
    if not found:
        raise BadFile(NO_ARCHIVE, file=name, reason="it holds no HTML files")
    return sorted(found.items())


def _content(name: str, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """Read one page; a size that lies is found out by reading no more than a page may have."""
    with archive.open(info) as file:
        body = file.read(LARGEST_BYTES + 1)
    if len(body) > LARGEST_BYTES:
        raise BadFile(NO_ARCHIVE, file=name, reason=f"{info.filename} is larger than {LARGEST_BYTES // 1024**2} MB")
    return body
