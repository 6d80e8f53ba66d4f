"""A text to mark as the page shows it: words that can be chosen, marks in place, markup as chips. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from review_app.annotations.marks import Mark
from review_app.annotations.words import Word
from review_app.text.placeholders import Part, tokenise


@dataclass(frozen=True, slots=True)
class Bit:
    """A word with its place, or what stands between words; place and severity of the mark it is in, if it is in one."""

    text: str
    word: int | None = None
    mark: int | None = None
    severity: str | None = None
    chip: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """A mark in the list below the text; ``words`` are none where something is missing."""

    place: int
    severity: str
    category: str | None
    words: str | None


def bits_of(text: str, words: Sequence[Word], marks: Sequence[Mark]) -> tuple[Bit, ...]:
    """Return a text cut into words and what stands between them; joined, they are the text."""
    placed = {word.start: place for place, word in enumerate(words)}
    chips = {piece.start: piece.end for piece in tokenise(text) if piece.part is not Part.TEXT}
    edges = {edge for word in words for edge in (word.start, word.end)} | {*chips, *chips.values()}
    cuts = sorted({0, len(text), *edges, *(edge for mark in marks if mark.span for edge in mark.span)})
    return tuple(
        Bit(text[start:end], placed.get(start), *_mark(start, end, marks), chip=start in chips)
        for start, end in pairwise(cuts)
    )


def listed(text: str, marks: Sequence[Mark]) -> tuple[Listed, ...]:
    """Return the marks of a text with the words they cover."""
    return tuple(
        Listed(place, str(mark.severity), mark.category, text[slice(*mark.span)] if mark.span else None)
        for place, mark in enumerate(marks)
    )


def missing(marks: Sequence[Mark]) -> Bit:
    """Return the word that stands for what is missing, with its mark, if something is."""
    found = ((place, str(mark.severity)) for place, mark in enumerate(marks) if mark.missing)
    return Bit("", None, *next(found, (None, None)))


def _mark(start: int, end: int, marks: Sequence[Mark]) -> tuple[int | None, str | None]:
    return next(
        (
            (place, str(mark.severity))
            for place, mark in enumerate(marks)
            if mark.span and mark.span[0] <= start and end <= mark.span[1]
        ),
        (None, None),
    )
