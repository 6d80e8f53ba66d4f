"""The placeholders that stand for inline markup in a segment: ``<1>…</1>`` and ``<2/>``.

Everything else in a segment is plain text; a ``<`` that is none of these is just a character.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

PLACEHOLDER = re.compile(r"<(?P<close>/)?(?P<number>[1-9]\d{0,3})(?P<void>/)?>", re.ASCII)
"""A placeholder; ``</1/>`` is none."""


class Part(StrEnum):
    """What a piece of a segment is."""

    TEXT = "text"
    OPEN = "open"
    CLOSE = "close"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text or one placeholder, with its half-open span in the segment."""

    part: Part
    text: str
    start: int
    number: int = 0

    @property
    def end(self) -> int:
        """Where the piece ends."""
        return self.start + len(self.text)


def tokenise(text: str) -> Iterator[Piece]:
    """Cut a segment into runs of text and placeholders; joined, the pieces are the segment."""
    position = 0
    for match in PLACEHOLDER.finditer(text):
        if match["close"] and match["void"]:
            continue
        if match.start() > position:
            yield Piece(Part.TEXT, text[position : match.start()], position)
        part = Part.CLOSE if match["close"] else Part.VOID if match["void"] else Part.OPEN
        yield Piece(part, match[0], match.start(), int(match["number"]))
        position = match.end()
    if position < len(text):
        yield Piece(Part.TEXT, text[position:], position)


def plain(text: str) -> str:
    """Return the segment without its placeholders."""
    return "".join(piece.text for piece in tokenise(text) if piece.part is Part.TEXT)


def placeholders(text: str) -> list[str]:
    """Return a segment's placeholders in order."""
    return [piece.text for piece in tokenise(text) if piece.part is not Part.TEXT]


def renumbered(text: str, *, after: str) -> str:
    """Return a segment with its placeholders numbered on from those of the one before it."""
    used = max((piece.number for piece in tokenise(after)), default=0)
    return "".join(
        piece.text if piece.part is Part.TEXT else piece.text.replace(str(piece.number), str(piece.number + used))
        for piece in tokenise(text)
    )


def lost_and_added(source: str, target: str) -> tuple[list[str], list[str]]:
    """Return the placeholders that the target lacks, and those it has too many of."""
    wanted, given = Counter(placeholders(source)), Counter(placeholders(target))
    return sorted((wanted - given).elements()), sorted((given - wanted).elements())


def is_well_nested(text: str) -> bool:
    """Say whether every opened placeholder is closed, in the right order."""
    opened: list[int] = []
    for piece in tokenise(text):
        if piece.part is Part.OPEN:
            opened.append(piece.number)
        elif piece.part is Part.CLOSE and (not opened or opened.pop() != piece.number):
            return False
    return not opened
