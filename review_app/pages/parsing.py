"""Reads untrusted pages in a child process with limits on time and memory, kept warm between pages.

A page that makes the parser run away ends the child, not the server: the next page gets a new one.
"""

import json
from typing import Any

from review_app.errors import BadPage
from review_app.locale import N_
from review_app.pages.child import Child
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
    asked = json.dumps({"charset": declared_charset, "links": links}).encode()
    try:
        answer = _CHILD.ask(asked, body, seconds=SECONDS_PER_PAGE)
    except (OSError, EOFError) as died:
        raise BadPage(TOO_HARD) from died
    return _document(json.loads(answer))


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
_CHILD = Child("-m", "review_app.pages.parsing_child")
