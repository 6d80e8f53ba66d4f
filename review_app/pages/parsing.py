"""Reads untrusted pages in a child process with limits on time and memory, kept warm between pages.

A page that makes the parser run away ends the child, not the server: the next page gets a new one.
"""

import atexit
import json
import subprocess
import sys
import threading
from contextlib import suppress
from typing import IO, Any

from review_app.errors import BadPage
from review_app.locale import N_
from review_app.pages.document import LARGEST_BYTES, Block, Document, read_document
from review_app.pages.links import Link
from review_app.pages.markup import Kind, Run

SECONDS_PER_PAGE = 8.0
"""How long one page may take; the largest real ones take some hundredths of a second."""

MEMORY_BYTES = 1024 * 1024 * 1024
TOO_HARD = N_("The page is too complicated to be read safely. Simplify its HTML and try again.")


def parse_guarded(body: bytes, declared_charset: str | None = None, *, links: bool = False) -> Document:
    """Read a page as ``read_document`` does, but safely; raises ``BadPage``."""
    if len(body) > LARGEST_BYTES:
        return read_document(body, declared_charset)  # refuses it by its size alone
    return _CHILD.read(body, {"charset": declared_charset, "links": links})


class _Child:
    """The one child process; pages are read one at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def read(self, body: bytes, asked: dict[str, Any]) -> Document:
        """Have the child read a page; start another child when this one dies or takes too long."""
        with self._lock:
            process = self._process = self._running()
            timer = threading.Timer(SECONDS_PER_PAGE, process.kill)
            timer.start()
            try:
                send(process.stdin, json.dumps(asked).encode())
                send(process.stdin, body)
                answer = receive(process.stdout)
            except (OSError, EOFError) as died:
                self.stop()
                raise BadPage(TOO_HARD) from died
            finally:
                timer.cancel()
        return _document(json.loads(answer))

    def stop(self) -> None:
        """End the child; the next page starts a new one."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with suppress(OSError):  # it died with half a page in the pipe
                    stream.close()

    def _running(self) -> "subprocess.Popen[bytes]":
        if self._process is not None and self._process.poll() is None:
            return self._process
        self.stop()
        command = [sys.executable, "-m", "review_app.pages.parsing_child"]
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)


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


def to_json(document: Document) -> dict[str, Any]:
    """Return a document as plain data, for the way between the processes: a hostile page must not be unpickled."""
    return {
        "text": document.text,
        "charset": document.charset,
        "language": document.language,
        "title": document.title,
        "links": document.links,
        "blocks": [
            [block.kind, block.attribute, block.around, block.runs]  # a run is a tuple of plain values
            for block in document.blocks
        ],
    }


def _exactly(stream: IO[bytes] | None, size: int) -> bytes:
    data = stream.read(size) if stream is not None else b""
    if len(data) < size:
        raise EOFError
    return data


def _document(answer: dict[str, Any]) -> Document:
    if "refused" in answer:
        raise BadPage(str(answer["refused"]), **answer["values"])
    return Document(
        text=answer["text"],
        charset=answer["charset"],
        language=answer["language"],
        title=answer["title"],
        links=tuple(Link(*link) for link in answer["links"]),
        blocks=tuple(
            Block(number, kind, tuple(Run(_KINDS[run[0]], *run[1:]) for run in runs), attribute, around)
            for number, (kind, attribute, around, runs) in enumerate(answer["blocks"])
        ),
    )


_KINDS = {str(kind): kind for kind in Kind}
_CHILD = _Child()
atexit.register(_CHILD.stop)
