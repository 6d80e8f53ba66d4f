"""Cuts a page's blocks into segments: sentences, with numbered placeholders for inline markup."""

import re
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from review_app.pages.document import DEFAULT_LANGUAGE, Block, Document
from review_app.pages.markup import Kind, Run, says_something
from review_app.text.normalise import normalise
from review_app.text.placeholders import PLACEHOLDER
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


def cut(document: Document) -> tuple[Cut, ...]:
    """Return every segment of a page, in page order."""
    return tuple(stretch.cut for stretch in stretches(document))


def stretches(document: Document) -> Iterator[Stretch]:
    """Return every segment with its place in the page's flat text."""
    language = document.language or DEFAULT_LANGUAGE
    for block in document.blocks:
        position = 0
        for runs in _sentences(block, language):
            marked, markup, literals = _with_placeholders(runs)
            text = normalise(marked)
            if text:
                made = Cut(block.number, position, block.kind, text)
                yield Stretch(made, runs[0].start, runs[-1].end, markup, literals)
                position += 1


def _sentences(block: Block, language: str) -> Iterator[list[Run]]:
    """Part a block's runs at the ends of its sentences, never inside a pair of tags."""
    # Written out, not called, because it is done for every piece of every page: says_something(run).
    speaking = [run for run in block.runs if run.kind is Kind.TEXT and run.text and not run.text.isspace()]
    only = speaking[0]
    if len(speaking) == 1 and only.exact and "<" not in only.text:  # most blocks: a heading, a link, a cell
        if not _MARK.search(only.text):
            yield [_stripped(only)]  # whatever stands around it, a translator need not see
            return
        if len(block.runs) == 1:
            yield from ([_part(only, start, end)] for start, end in split_sentences(only.text, language))
            return
    runs = _protected(block.runs)
    if block.attribute:
        yield runs
        return
    for group in _items(runs):
        text = "".join(run.text if run.kind is Kind.TEXT else OBJECT if run.kind is Kind.VOID else "" for run in group)
        ends = [end for _, end in split_sentences(text, language)] if _MARK.search(text) else []
        for piece in _parted(group, ends[:-1]) if len(ends) > 1 else [group]:
            trimmed = _trimmed(piece)
            if any(says_something(run) for run in trimmed):
                yield trimmed


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
            yield _part(run, at - begin, end - begin), True
            at = end
        last = None
        while coming and coming[0] <= position:  # inside text that is no copy of its source nothing can be split
            last = coming.popleft()
        yield run if at == begin else _part(run, at - begin, position - begin), last == position


def _part(run: Run, start: int, end: int) -> Run:
    """Return a part of a run's text; that of an attribute, which is written as a whole, keeps the whole's place."""
    text = run.text[start:end]
    return Run(Kind.TEXT, run.start + start, run.start + end, text) if run.exact else run._replace(text=text)


def _trimmed(runs: Sequence[Run]) -> list[Run]:
    """Leave outside what a translator need not see: white space and objects at the ends, tags around the whole."""
    first, last = runs[0], runs[-1]
    if says_something(first) and says_something(last):  # most sentences: nothing but white space to leave outside
        if len(runs) == 1:
            return [_stripped(first)]
        return [_stripped(first, right=False), *runs[1:-1], _stripped(last, left=False)]
    partners = _partners(runs)
    speaking = [0, *accumulate(run.kind in {Kind.TEXT, Kind.VOID} and not _is_blank(run) for run in runs)]
    low, high = 0, len(runs) - 1
    while low <= high:
        if _is_blank(runs[low]):
            low += 1
        elif _is_blank(runs[high]):
            high -= 1
        elif partners.get(low) == high:
            low, high = low + 1, high - 1
        elif (close := partners.get(low)) is not None and speaking[low] == speaking[close]:
            low = close + 1
        elif (opener := partners.get(high)) is not None and speaking[opener] == speaking[high]:
            high = opener - 1
        else:
            break
    trimmed = list(runs[low : high + 1])
    if trimmed:
        trimmed[0] = _stripped(trimmed[0], right=False)
        trimmed[-1] = _stripped(trimmed[-1], left=False)
    return trimmed


def _stripped(run: Run, *, left: bool = True, right: bool = True) -> Run:
    """Leave white space at the ends of a text outside."""
    if run.kind is not Kind.TEXT or not run.exact:
        return run
    text = run.text.rstrip() if right else run.text
    end = run.start + len(text)
    text = text.lstrip() if left else text
    start = end - len(text)
    return run if (start, end) == (run.start, run.end) else Run(Kind.TEXT, start, end, text)


def _is_blank(run: Run) -> bool:
    return (run.kind is Kind.VOID and not run.text) or (run.kind is Kind.TEXT and (not run.text or run.text.isspace()))


def _partners(runs: Sequence[Run]) -> dict[int, int]:
    """Return which run closes or opened the tag that each one opens or closes; blocks hold only whole pairs."""
    partners: dict[int, int] = {}
    opened: list[int] = []
    for index, run in enumerate(runs):
        if run.kind is Kind.OPEN:
            opened.append(index)
        elif run.kind is Kind.CLOSE:
            opener = opened.pop()
            partners[opener], partners[index] = index, opener
    return partners


def _protected(runs: Sequence[Run]) -> list[Run]:
    """Make objects of literal text that reads like a placeholder, so that the syntax is never ambiguous."""
    text = "".join(run.text for run in runs if run.kind is Kind.TEXT)
    if "<" not in text:
        return list(runs)
    edges = [edge for match in PLACEHOLDER.finditer(text) for edge in match.span()]
    out: list[Run] = []
    position = 0
    for run in runs:
        if run.kind is not Kind.TEXT:
            out.append(run)
            continue
        begin, position = position, position + len(run.text)
        out += _marked(run, begin, edges)
    return _joined_objects(out)


def _marked(run: Run, begin: int, edges: Sequence[int]) -> Iterator[Run]:
    """Part a run where literal placeholders begin and end; what is inside becomes an object with its text."""
    end = begin + len(run.text)
    inner = edges[bisect_right(edges, begin) : bisect_left(edges, end)]
    if not inner:
        yield _objectified(run, begin, edges)
        return
    for start, stop in pairwise([begin, *inner, end]):
        if start < stop:  # where one literal placeholder follows on another, two edges are one
            yield _objectified(_part(run, start - begin, stop - begin), start, edges)


def _objectified(run: Run, at: int, edges: Sequence[int]) -> Run:
    inside = bisect_right(edges, at) % 2 == 1
    return run._replace(kind=Kind.VOID) if inside and run.text else run


def _joined_objects(runs: Sequence[Run]) -> list[Run]:
    """Make one object of the pieces of one literal placeholder."""
    out: list[Run] = []
    for run in runs:
        last = out[-1] if out else None
        literal = run.kind is Kind.VOID and run.text and not run.tag
        if last is not None and literal and last.kind is Kind.VOID and last.text and last.end == run.start:
            joined = last.text + run.text
            if not PLACEHOLDER.fullmatch(last.text):
                out[-1] = last._replace(end=run.end, text=joined)
                continue
        out.append(run)
    return out


def _with_placeholders(runs: Sequence[Run]) -> tuple[str, dict[str, tuple[int, int]], dict[str, str]]:
    """Return the segment's text, the range of the source each placeholder stands for, and which are literal text."""
    if len(runs) == 1 and runs[0].kind is Kind.TEXT:
        return runs[0].text, {}, {}
    out: list[str] = []
    literals: dict[str, str] = {}
    markup: dict[str, tuple[int, int]] = {}
    opened: list[int] = []
    number = 0
    for run in runs:
        if run.kind is Kind.TEXT:
            out.append(run.text)
            continue
        if run.kind is Kind.CLOSE:
            name = f"</{opened.pop()}>"
        else:
            number += 1
            name = f"<{number}>" if run.kind is Kind.OPEN else f"<{number}/>"
            if run.kind is Kind.OPEN:
                opened.append(number)
        markup[name] = (run.start, run.end)
        if run.text:
            literals[name] = run.text
        out.append(name)
    return "".join(out), markup, literals
