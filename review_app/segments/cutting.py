"""Cuts a page's blocks into segments: sentences, with numbered placeholders for inline markup."""

import re
from collections import deque
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from review_app.pages.document import DEFAULT_LANGUAGE, Block, Document
from review_app.pages.markup import Kind, Run, says_something
from review_app.segments.rules import Rule, recut, triggers_of
from review_app.segments.runs import Sentence, part, protected, sentence, stripped, trimmed
from review_app.text.sentences import split_sentences

OBJECT = "\ufffc"
"""Stands for an inline object while sentences are looked for."""

_MARK = re.compile(r"[.!?…]")
"""Without one of these a text is one sentence."""

ITEM_TAGS = frozenset({"a", "span"})
"""Inline elements that pages put side by side as items of a row."""


class Cut(NamedTuple):
    """One segment where it stands: its block, its position in the block from 0, and its text with placeholders."""

    block: int
    position: int
    kind: str
    text: str


class Stretch(NamedTuple):
    """A segment's range in the page's flat text; ``markup`` maps each placeholder to the range it stands for.

    ``literals`` maps those placeholders that stand for text of the page, which only reads like one, to that text.
    """

    cut: Cut
    start: int
    end: int
    markup: dict[str, tuple[int, int]]
    literals: dict[str, str]


def cut(document: Document, rules: Sequence[Rule] = (), applied: set[int] | None = None) -> tuple[Cut, ...]:
    """Return every segment of a page, in page order; the ids of the rules that changed something go to ``applied``."""
    return tuple(stretch.cut for stretch in stretches(document, rules, applied))


def stretches(document: Document, rules: Sequence[Rule] = (), applied: set[int] | None = None) -> Iterator[Stretch]:
    """Return every segment with its place in the page's flat text, cut by what people decided where that differs."""
    for block, found in sentences(document, rules, applied):
        for position, said in enumerate(found):
            made = Cut(block.number, position, block.kind, said.text)
            yield Stretch(made, said.runs[0].start, said.runs[-1].end, said.markup, said.literals)


def sentences(
    document: Document, rules: Sequence[Rule] = (), applied: set[int] | None = None
) -> Iterator[tuple[Block, list[Sentence]]]:
    """Return every block with its sentences, cut by what people decided where that differs."""
    language = document.language or DEFAULT_LANGUAGE
    triggers = triggers_of(rules)
    noted = set[int]() if applied is None else applied
    for block in document.blocks:
        found = [said for runs in _sentences(block, language) if (said := sentence(runs)).text]
        if triggers and not block.attribute and any(said.text in triggers for said in found):
            found = recut(protected(block.runs), found, rules, noted)
        yield block, found


def _sentences(block: Block, language: str) -> Iterator[list[Run]]:
    """Part a block's runs at the ends of its sentences, never inside a pair of tags."""
    # Written out, not called, because it is done for every piece of every page: says_something(run).
    speaking = [run for run in block.runs if run.kind is Kind.TEXT and run.text and not run.text.isspace()]
    only = speaking[0]
    if len(speaking) == 1 and only.exact and "<" not in only.text:  # most blocks: a heading, a link, a cell
        if not _MARK.search(only.text):
            yield [stripped(only)]  # whatever stands around it, a translator need not see
            return
        if len(block.runs) == 1:
            yield from ([part(only, start, end)] for start, end in split_sentences(only.text, language))
            return
    runs = protected(block.runs)
    if block.attribute:
        yield runs
        return
    for group in _items(runs):
        text = "".join(run.text if run.kind is Kind.TEXT else OBJECT if run.kind is Kind.VOID else "" for run in group)
        ends = [end for _, end in split_sentences(text, language)] if _MARK.search(text) else []
        for piece in _parted(group, ends[:-1]) if len(ends) > 1 else [group]:
            inner = trimmed(piece)
            if any(says_something(run) for run in inner):
                yield inner


def _items(runs: list[Run]) -> list[list[Run]]:
    """Part a row of links or labels with nothing but white space between them: they are items, not a sentence."""
    items: list[list[Run]] = [[]]
    depth = 0
    for run in runs:
        if depth == 0 and run.kind is Kind.TEXT and run.text and not run.text.isspace():
            return [runs]
        if depth == 0 and run.kind is Kind.OPEN:
            if run.tag not in ITEM_TAGS:
                return [runs]
            items.append([])
        depth += (run.kind is Kind.OPEN) - (run.kind is Kind.CLOSE)
        items[-1].append(run)
    return [item for item in items if item]


def _parted(runs: Sequence[Run], ends: Sequence[int]) -> Iterator[list[Run]]:
    """Part runs after those characters of their text; where tags are open, the sentences stay together.

    A sentence that ends just before tags are closed ends behind them.
    """
    piece: list[Run] = []
    depth = 0
    ended = False
    for run, ends_here in _split_at(runs, ends):
        if ended and depth == 0:
            yield piece
            piece = []
        piece.append(run)
        depth += (run.kind is Kind.OPEN) - (run.kind is Kind.CLOSE)
        ended = ends_here or (ended and run.kind is Kind.CLOSE)
    yield piece


def _split_at(runs: Sequence[Run], ends: Sequence[int]) -> Iterator[tuple[Run, bool]]:
    """Yield the runs with their text split after those characters, and whether one of them is their last."""
    coming = deque(ends)
    position = 0
    for run in runs:
        begin = at = position
        position += len(run.text) if run.kind is Kind.TEXT else run.kind is Kind.VOID
        while coming and run.kind is Kind.TEXT and run.exact and coming[0] < position:
            end = coming.popleft()
            yield part(run, at - begin, end - begin), True
            at = end
        last = None
        while coming and coming[0] <= position:  # inside text that is no copy of its source nothing can be split
            last = coming.popleft()
        yield run if at == begin else part(run, at - begin, position - begin), last == position
