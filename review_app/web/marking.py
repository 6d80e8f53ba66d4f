"""Cuts a text into runs that a template can show: flagged spans, placeholders, and what a correction changed.

Pure. Spans are half-open code-point offsets. Where spans overlap, the gravest severity wins; a placeholder is never
cut in two.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from review_app.review.views import FlagView
from review_app.text.diff import word_diff
from review_app.text.placeholders import Part as Kind
from review_app.text.placeholders import tokenise

Span = tuple[int, int]

SEVERITIES = ("critical", "major", "minor")
"""The gravest first."""

TERM = "term"
"""Marks a word of the glossary, or one that was looked for; any flag is graver."""

_ORDER = (*SEVERITIES, TERM)

SAME, DELETED, INSERTED = "", "delete", "insert"
"""What a correction did with a run."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of a text that a flag points at; a span without length points between two characters."""

    span: Span
    severity: str


@dataclass(frozen=True, slots=True)
class Part:
    """Plain text, or a placeholder to be shown as a chip."""

    text: str
    chip: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring parts under the same mark and the same change; without parts it is a point in the text."""

    parts: tuple[Part, ...]
    severity: str | None = None
    change: str = SAME

    @property
    def text(self) -> str:
        """The run as plain text."""
        return "".join(part.text for part in self.parts)


def marked(text: str, marks: Iterable[Mark] = ()) -> tuple[Run, ...]:
    """Return a text as runs, with these spans marked."""
    found = list(marks)
    return _runs([*_pieces(text, 0, SAME, found), *_points(len(text), found, SAME)])


def changed(before: str, after: str, marks: Iterable[Mark] = ()) -> tuple[Run, ...]:
    """Return the word diff of two texts as runs; marks are spans of ``after``."""
    found = list(marks)
    pieces: list[_Piece] = []
    at = 0
    for change, text in _operations(before, after):
        pieces += _pieces(text, at, change, found if change != DELETED else [])
        at += len(text) if change != DELETED else 0
    return _runs([*pieces, *_points(len(after), found, SAME)])


def target_marks(flags: Iterable[FlagView]) -> list[Mark]:
    """Return the spans of flags in the translation."""
    return [Mark(flag.target_span, flag.severity) for flag in flags if flag.target_span is not None]


def word_marks(text: str, word: str) -> list[Mark]:
    """Return where a word that was searched for stands in a text, in whatever case."""
    return [Mark(found.span(), TERM) for found in re.finditer(re.escape(word), text, re.IGNORECASE)] if word else []


def utf16_offset(text: str, offset: int) -> int:
    """Return a code-point offset as browsers count: in UTF-16 units."""
    return len(text[:offset].encode("utf-16-le", "surrogatepass")) // 2


@dataclass(frozen=True, slots=True)
class _Piece:
    part: Part | None
    severity: str | None
    change: str


def _pieces(text: str, start: int, change: str, marks: Sequence[Mark]) -> list[_Piece]:
    """Cut one stretch of text, which begins at ``start`` of the text the marks are counted in."""
    end = start + len(text)
    chips = [(start + low, start + high) for low, high in _placeholder_spans(text)]
    edges = {start, end, *(edge for chip in chips for edge in chip)}
    edges |= {edge for mark in marks for edge in mark.span if start < edge < end}
    edges -= {position for low, high in chips for position in range(low + 1, high)}
    pieces: list[_Piece] = []
    for low, high in pairwise(sorted(edges)):
        pieces += _points(low, marks, change)
        part = Part(text[low - start : high - start], (low, high) in chips)
        pieces.append(_Piece(part, _gravest(low, high, marks), change))
    return pieces


def _points(at: int, marks: Sequence[Mark], change: str) -> list[_Piece]:
    """Return the mark without length at a position, if there is one."""
    severities = [mark.severity for mark in marks if mark.span == (at, at)]
    return [_Piece(None, min(severities, key=_ORDER.index), change)] if severities else []


def _placeholder_spans(text: str) -> list[Span]:
    return [(piece.start, piece.end) for piece in tokenise(text) if piece.part is not Kind.TEXT]


def _operations(before: str, after: str) -> Iterable[tuple[str, str]]:
    """Return (what happened, text) from one text to the other; together they hold every character of both."""
    changes = {"equal": SAME, "delete": DELETED, "insert": INSERTED}
    return [(changes[kind], text) for kind, text in word_diff(before, after)]


def _gravest(low: int, high: int, marks: Sequence[Mark]) -> str | None:
    severities = {mark.severity for mark in marks if mark.span[0] < high and low < mark.span[1]}
    return min(severities, key=_ORDER.index, default=None)


def _runs(pieces: Iterable[_Piece]) -> tuple[Run, ...]:
    return tuple(
        Run(tuple(piece.part for piece in group if piece.part is not None), severity, change)
        for (severity, change, _), group in groupby(pieces, _look)
    )


def _look(piece: _Piece) -> tuple[str | None, str, bool]:
    return piece.severity, piece.change, piece.part is None
