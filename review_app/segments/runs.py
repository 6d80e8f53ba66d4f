"""Runs of a sentence: parted, trimmed, made into text with numbered placeholders."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from review_app.pages.markup import Kind, Run, says_something
from review_app.text.normalise import normalise
from review_app.text.placeholders import PLACEHOLDER


def part(run: Run, start: int, end: int) -> Run:
    """Return a part of a run's text; that of an attribute, which is written as a whole, keeps the whole's place."""
    text = run.text[start:end]
    return Run(Kind.TEXT, run.start + start, run.start + end, text) if run.exact else run._replace(text=text)


def trimmed(runs: Sequence[Run]) -> list[Run]:
    """Leave outside what a translator need not see: white space and objects at the ends, tags around the whole."""
    first, last = runs[0], runs[-1]
    if says_something(first) and says_something(last):  # most sentences: nothing but white space to leave outside
        if len(runs) == 1:
            return [stripped(first)]
        return [stripped(first, right=False), *runs[1:-1], stripped(last, left=False)]
    pairs = partners(runs)
    speaking = [0, *accumulate(run.kind in {Kind.TEXT, Kind.VOID} and not is_blank(run) for run in runs)]
    low, high = 0, len(runs) - 1
    while low <= high:
        if is_blank(runs[low]):
            low += 1
        elif is_blank(runs[high]):
            high -= 1
        elif pairs.get(low) == high:
            low, high = low + 1, high - 1
        elif (close := pairs.get(low)) is not None and speaking[low] == speaking[close]:
            low = close + 1
        elif (opener := pairs.get(high)) is not None and speaking[opener] == speaking[high]:
            high = opener - 1
        else:
            break
    inner = list(runs[low : high + 1])
    if inner:
        inner[0] = stripped(inner[0], right=False)
        inner[-1] = stripped(inner[-1], left=False)
    return inner


def stripped(run: Run, *, left: bool = True, right: bool = True) -> Run:
    """Leave white space at the ends of a text outside."""
    if run.kind is not Kind.TEXT or not run.exact:
        return run
    text = run.text.rstrip() if right else run.text
    end = run.start + len(text)
    text = text.lstrip() if left else text
    start = end - len(text)
    return run if (start, end) == (run.start, run.end) else Run(Kind.TEXT, start, end, text)


def is_blank(run: Run) -> bool:
    """Say whether a reader sees nothing of a run."""
    return (run.kind is Kind.VOID and not run.text) or (run.kind is Kind.TEXT and (not run.text or run.text.isspace()))


def partners(runs: Sequence[Run]) -> dict[int, int]:
    """Return which run closes or opened the tag that each one opens or closes; blocks hold only whole pairs."""
    pairs: dict[int, int] = {}
    opened: list[int] = []
    for index, run in enumerate(runs):
        if run.kind is Kind.OPEN:
            opened.append(index)
        elif run.kind is Kind.CLOSE:
            opener = opened.pop()
            pairs[opener], pairs[index] = index, opener
    return pairs


def protected(runs: Sequence[Run]) -> list[Run]:
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
            yield _objectified(part(run, start - begin, stop - begin), start, edges)


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


class Sentence(NamedTuple):
    """Runs as a translator reads them; ``markup`` maps each placeholder to the range of the source it stands for.

    ``literals`` maps those placeholders that stand for text of the page, which only reads like one, to that text.
    """

    runs: Sequence[Run]
    text: str
    markup: dict[str, tuple[int, int]]
    literals: dict[str, str]


def sentence(runs: Sequence[Run]) -> Sentence:
    """Return what a translator reads of runs."""
    if len(runs) == 1 and runs[0].kind is Kind.TEXT:
        return Sentence(runs, normalise(runs[0].text), {}, {})
    literals: dict[str, str] = {}
    markup: dict[str, tuple[int, int]] = {}
    out = written(runs)
    for run, name in zip(runs, out, strict=True):
        if run.kind is not Kind.TEXT:
            markup[name] = (run.start, run.end)
            if run.text:
                literals[name] = run.text
    return Sentence(runs, normalise("".join(out)), markup, literals)


def written(runs: Sequence[Run]) -> list[str]:
    """Return what stands for each run in a segment: its text, or a placeholder."""
    out: list[str] = []
    opened: list[int] = []
    number = 0
    for run in runs:
        if run.kind is Kind.TEXT:
            out.append(run.text)
        elif run.kind is Kind.CLOSE:
            out.append(f"</{opened.pop()}>")
        else:
            number += 1
            out.append(f"<{number}>" if run.kind is Kind.OPEN else f"<{number}/>")
            if run.kind is Kind.OPEN:
                opened.append(number)
    return out
