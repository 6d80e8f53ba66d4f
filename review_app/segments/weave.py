"""Weaves texts back into their page by replacing exactly the ranges they stand in."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from review_app.pages.document import Document, splice
from review_app.segments.cutting import Stretch, stretches
from review_app.segments.rules import Rule
from review_app.text.normalise import normalise
from review_app.text.placeholders import Part, Piece, tokenise

Edit = tuple[int, int, str]
"""A half-open range of the flat text and what replaces it."""

UNMARKED_KINDS = frozenset({"title", "option"})
"""Elements that take no markup of ours around a passage: it would show as text, or not at all."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A text for a segment's place; ``before`` and ``after`` are our own HTML around it, where elements may stand."""

    text: str
    before: str = ""
    after: str = ""


def weave(document: Document, replacements: Mapping[tuple[int, int], Passage], rules: Sequence[Rule] = ()) -> str:
    """Return the page with passages in place of segments, by (block, position); all else stays to the byte.

    ``rules`` are those that the page version was cut by.
    A passage whose text is the segment's own leaves the source as it is. Placeholders may stand in any order; one
    that the text lost, or broke, costs its markup and never the page's structure.
    """
    attributes = {block.number for block in document.blocks if block.attribute}
    cut = stretches(document, rules)
    found = [(stretch, replacements.get((stretch.cut.block, stretch.cut.position))) for stretch in cut]
    replaced = [(stretch, passage) for stretch, passage in found if passage is not None]
    source = _Source(
        document.flat,
        sorted(
            (stretch.start, stretch.end, f'"{escape(without_markup(passage.text, stretch.literals))}"')
            for stretch, passage in replaced
            if stretch.cut.block in attributes and not _is_own(stretch, passage)
        ),
    )
    edits = [
        (stretch.start, stretch.end, _written(stretch, passage, source))
        for stretch, passage in replaced
        if stretch.cut.block not in attributes
    ]
    edits = [(start, end, text) for start, end, text in edits if text != document.flat[start:end]]
    return splice(document.text, edits + source.outside(edits))


class _Source:
    """The page's flat text with its attributes translated: markup is taken from here."""

    def __init__(self, flat: str, attributes: list[Edit]) -> None:
        self._flat = flat
        self._attributes = attributes
        self._starts = [start for start, _, _ in attributes]

    def read(self, start: int, end: int) -> str:
        """Return a range of the source with the attributes in it translated."""
        out: list[str] = []
        for begin, stop, text in self._within(start, end):
            out += [self._flat[start:begin], text]
            start = stop
        return "".join([*out, self._flat[start:end]])

    def outside(self, edits: list[Edit]) -> list[Edit]:
        """Return the attributes that stand in none of the edited ranges."""
        inside = {edit for start, end, _ in edits for edit in self._within(start, end)}
        return [edit for edit in self._attributes if edit not in inside]

    def _within(self, start: int, end: int) -> list[Edit]:
        return self._attributes[bisect_left(self._starts, start) : bisect_left(self._starts, end)]


def _is_own(stretch: Stretch, passage: Passage) -> bool:
    return normalise(passage.text) == stretch.cut.text


def _written(stretch: Stretch, passage: Passage, source: _Source) -> str:
    """Return a passage as HTML for its place; its own text leaves the source as it is."""
    if _is_own(stretch, passage):
        inner = source.read(stretch.start, stretch.end)
    elif stretch.cut.kind == "title":
        inner = escape(without_markup(passage.text, stretch.literals), quote=False)
    else:
        inner = _marked_up(passage.text, stretch.markup, source)
    return inner if stretch.cut.kind in UNMARKED_KINDS else f"{passage.before}{inner}{passage.after}"


def without_markup(text: str, literals: Mapping[str, str]) -> str:
    """Return the text for a place that holds no markup: of the placeholders only literal text remains."""
    return "".join(piece.text if piece.part is Part.TEXT else literals.get(piece.text, "") for piece in tokenise(text))


def _marked_up(text: str, markup: Mapping[str, tuple[int, int]], source: _Source) -> str:
    """Return the text as HTML, each usable placeholder replaced by the source it stands for."""
    pieces = list(tokenise(text))
    usable = usable_placeholders(pieces, markup)
    return "".join(
        escape(piece.text, quote=False) if piece.part is Part.TEXT else source.read(*markup[piece.text])
        for index, piece in enumerate(pieces)
        if piece.part is Part.TEXT or index in usable
    )


def usable_placeholders(pieces: list[Piece], markup: Mapping[str, tuple[int, int]]) -> set[int]:
    """Return which placeholders can be written: known, each once, and in pairs that do not overlap."""
    usable: set[int] = set()
    used: set[str] = set()
    opened: list[int] = []
    for index, piece in enumerate(pieces):
        if piece.part is Part.TEXT or piece.text not in markup or piece.text in used:
            continue
        if piece.part is Part.VOID:
            usable.add(index)
            used.add(piece.text)
        elif piece.part is Part.OPEN:
            opened.append(index)
            used.add(piece.text)
        elif any(pieces[i].number == piece.number for i in opened):
            while pieces[opened[-1]].number != piece.number:
                opened.pop()  # opened inside, closed outside or never: its markup is dropped
            usable |= {opened.pop(), index}
            used.add(piece.text)
    return usable
