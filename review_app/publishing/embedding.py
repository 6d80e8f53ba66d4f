"""What the customer's own page needs to show a translation in place: each block's text, and where its elements go.

A block is known by its key: its normalised text with a number for each element in it, counted as they begin, written
like the placeholders of a segment. The script in the browser computes the same key from the page it finds itself in,
so neither side needs to know the other's markup.
"""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple

from review_app.languages import direction
from review_app.pages.document import Block, Document
from review_app.pages.markup import Kind, Run
from review_app.publishing.passages import PassageKind
from review_app.segments.cutting import Stretch, stretches
from review_app.segments.rules import Rule
from review_app.segments.weave import usable_placeholders, without_markup
from review_app.text.bidi import isolate_phone_numbers
from review_app.text.normalise import normalise
from review_app.text.placeholders import Part, tokenise

UNSEEN = frozenset({"script", "style", "template", "noscript"})
"""Elements that show nothing; pages' own scripts add and remove them, so they count for nothing here."""

_SPACES = (
    "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\ufeff"
)
"""What JavaScript's ``trim`` takes away."""

Parts = list[Any]
"""A block's content: a string is text, ``[n, …]`` the block's element number n (from 0) with its content.

``{"source": […]}`` holds what stays in the page's own language.
"""


@dataclass(frozen=True, slots=True)
class Swap:
    """One block's translation; ``machine`` says that some of it no person has read."""

    key: str
    parts: Parts
    machine: bool


class AttributeSwap(NamedTuple):
    """The translation of an attribute, wherever it has this name and value."""

    name: str
    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Swaps:
    """Everything that is translated of a page."""

    blocks: tuple[Swap, ...]
    attributes: tuple[AttributeSwap, ...]


def swaps(
    document: Document, passages: Sequence[Mapping[str, Any]], language: str = "", rules: Sequence[Rule] = ()
) -> Swaps:
    """Return what to put where of a page, from its published passages; ``rules`` are those that it was cut by.

    A block of which nothing is translated is left out, and so is one whose translation has lost an element: nothing a
    page holds may disappear.
    """
    tidy = isolate_phone_numbers if direction(language) == "rtl" else str
    shown = {(one["block"], one["position"]): {**one, "text": tidy(one["text"])} for one in passages}
    blocks: dict[str, Swap] = {}
    attributes: dict[tuple[str, str], AttributeSwap] = {}
    for number, found in groupby(stretches(document, rules), key=lambda stretch: stretch.cut.block):
        block = document.blocks[number]
        pairs = [(stretch, shown.get((number, stretch.cut.position))) for stretch in found]
        texts = [(stretch, passage) for stretch, passage in pairs if passage is not None]
        if len(texts) < len(pairs) or all(passage["kind"] == PassageKind.SOURCE for _, passage in texts):
            continue
        if block.attribute:
            name, key = block.kind, _trimmed("".join(run.text for run in block.runs))
            attributes.setdefault(
                (name, key), AttributeSwap(name, key, without_markup(texts[0][1]["text"], texts[0][0].literals))
            )
        elif (swap := _swap(block, texts)) is not None:
            blocks.setdefault(swap.key, swap)
    return Swaps(tuple(blocks.values()), tuple(attributes.values()))


def block_key(runs: Sequence[Run]) -> str:
    """Return what a block is known by: its normalised text with its elements as numbered placeholders."""
    out: list[str] = []
    opened: list[int] = []
    number = 0
    for run in _seen(runs):
        if run.kind is Kind.TEXT:
            out.append(run.text)
        elif run.kind is Kind.CLOSE:
            out.append(f"</{opened.pop()}>")
        else:
            number += 1
            out.append(f"<{number}>" if run.kind is Kind.OPEN else f"<{number}/>")
            if run.kind is Kind.OPEN:
                opened.append(number)
    return _trimmed("".join(out))


def _trimmed(text: str) -> str:
    """Return the text as both sides spell a key: no space of any kind at its ends."""
    return normalise(text).strip(_SPACES)


def _seen(runs: Sequence[Run]) -> Iterator[Run]:
    return (run for run in runs if run.tag not in UNSEEN)


def _swap(block: Block, texts: Sequence[tuple[Stretch, Mapping[str, Any]]]) -> Swap | None:
    numbers = _element_numbers(block.runs)
    builder = _Builder()
    coming = deque(texts)
    done = 0
    for run in _seen(block.runs):
        position = max(run.start, done)
        while coming and coming[0][0].start < run.end:
            stretch, passage = coming.popleft()
            _write_outside(builder, run, position, stretch.start, numbers)
            _write(builder, stretch, passage, numbers)
            position = done = stretch.end
        _write_outside(builder, run, position, run.end, numbers)
    if builder.used != set(numbers.values()):
        return None
    machine = any(passage["kind"] == PassageKind.MACHINE for _, passage in texts)
    return Swap(block_key(block.runs), builder.root, machine)


def _element_numbers(runs: Sequence[Run]) -> dict[int, int]:
    """Return the number of the element that begins at each place, from 0, as elements begin."""
    beginning = [run.start for run in _seen(runs) if run.kind in {Kind.OPEN, Kind.VOID}]
    return {start: number for number, start in enumerate(beginning)}


def _write(builder: "_Builder", stretch: Stretch, passage: Mapping[str, Any], numbers: Mapping[int, int]) -> None:
    """Write a segment's translation; placeholders that cannot stand where they are cost the block its swap."""
    pieces = list(tokenise(passage["text"]))
    usable = usable_placeholders(pieces, stretch.markup)
    foreign = passage["kind"] == PassageKind.SOURCE
    if foreign:
        builder.begin_source()
    for index, piece in enumerate(pieces):
        if piece.part is Part.TEXT:
            builder.text(piece.text)
        elif index in usable:
            start = stretch.markup[piece.text][0]
            if piece.text in stretch.literals:
                builder.text(stretch.literals[piece.text])
            elif piece.part is Part.CLOSE:
                builder.close()
            elif start in numbers:
                builder.open(numbers[start], void=piece.part is Part.VOID)
    if foreign:
        builder.close()


def _write_outside(builder: "_Builder", run: Run, start: int, stop: int, numbers: Mapping[int, int]) -> None:
    """Write what stands between segments: white space, and tags around them."""
    if start >= stop:
        return
    if run.kind is Kind.TEXT:
        builder.text(run.text[start - run.start : stop - run.start] if run.exact else run.text)
    elif run.kind is Kind.CLOSE:
        builder.close()
    else:
        builder.open(numbers[run.start], void=run.kind is Kind.VOID)


class _Builder:
    """Puts together a block's parts; ``used`` holds the numbers of the elements that have a place."""

    def __init__(self) -> None:
        self.root: Parts = []
        self.used: set[int] = set()
        self._open: list[Parts] = [self.root]

    def text(self, text: str) -> None:
        """Add text to what stands before it."""
        inner = self._open[-1]
        if inner and isinstance(inner[-1], str):
            inner[-1] += text
        elif text:
            inner.append(text)

    def open(self, number: int, *, void: bool) -> None:
        """Begin an element; one without content ends at once."""
        element: Parts = [number]
        self._open[-1].append(element)
        self.used.add(number)
        if not void:
            self._open.append(element)

    def begin_source(self) -> None:
        """Begin what stays in the page's own language."""
        parts: Parts = []
        self._open[-1].append({"source": parts})
        self._open.append(parts)

    def close(self) -> None:
        """End the element in hand."""
        self._open.pop()
