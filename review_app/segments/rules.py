"""What people decided of where sentences end, applied to a block's sentences. Pure.

A rule knows a sentence by its text, so that it holds wherever that text stands and in every later version of a page.
Rules are replayed in the order in which they were made: each was decided in sight of what the ones before it made.
"""

from collections.abc import Collection, Sequence
from enum import StrEnum
from itertools import accumulate, pairwise
from typing import NamedTuple

from review_app.pages.markup import Kind, Run, says_something
from review_app.segments.runs import Sentence, part, partners, sentence, trimmed, written
from review_app.text.normalise import normalise
from review_app.text.placeholders import Part, tokenise


class RuleKind(StrEnum):
    """What a rule does: make two sentences of one, or one of two."""

    CUT = "cut"
    JOIN = "join"


class Rule(NamedTuple):
    """One sentence, ``whole``, and the two it is cut into, or joined from; ``at`` is where in it the second begins."""

    id: int
    kind: RuleKind
    whole: str
    at: int
    first: str
    second: str


def triggers_of(rules: Sequence[Rule]) -> frozenset[str]:
    """Return the texts without one of which no rule changes anything."""
    return frozenset(rule.whole if rule.kind is RuleKind.CUT else rule.first for rule in rules)


def recut(runs: Sequence[Run], found: Sequence[Sentence], rules: Sequence[Rule], applied: set[int]) -> list[Sentence]:
    """Replay rules on the sentences of a block's runs; the ids of those that change something go to ``applied``."""
    found = list(found)
    for rule in rules:
        at = 0
        while at < len(found):
            made = _made(runs, found, at, rule)
            if made:
                found[at : at + 3 - len(made)] = made
                applied.add(rule.id)
            at += max(len(made), 1)
    return found


def _made(runs: Sequence[Run], found: Sequence[Sentence], at: int, rule: Rule) -> list[Sentence]:
    """Return what a rule makes of the sentence there, and the next one; nothing where it does not hold."""
    if rule.kind is RuleKind.CUT:
        halves = parted_at(found[at], rule.at) if found[at].text == rule.whole else None
        return list(halves) if halves and (halves[0].text, halves[1].text) == (rule.first, rule.second) else []
    if found[at].text != rule.first or [one.text for one in found[at + 1 : at + 2]] != [rule.second]:
        return []
    joined = joined_at(runs, found, at)
    return [joined] if joined and joined.text == rule.whole else []


def read_through(texts: Collection[str], rules: Sequence[Rule]) -> set[str]:
    """Return the sentences that stand on a page, and those that they are halves of, or made of, by these rules.

    A page that was only cut in another way still has the sentences it had.
    """
    known = set(texts)
    for rule in [*reversed(rules), *rules]:
        if rule.whole in known:
            known |= {rule.first, rule.second}
        elif rule.first in known and rule.second in known:
            known.add(rule.whole)
    return known


def cut_places(text: str) -> list[int]:
    """Return where a segment's text may be cut: between words and beside markup, never inside a pair of it.

    Of the places before and after a space it is the one after.
    """
    places: list[int] = []
    depth = 0
    for piece in tokenise(text):
        depth += (piece.part is Part.OPEN) - (piece.part is Part.CLOSE)
        if piece.part is Part.TEXT:
            spaces = [i for i in range(1, len(piece.text)) if piece.text[i - 1].isspace() > piece.text[i].isspace()]
            places += [piece.start + i for i in spaces if depth == 0]
        if depth == 0:
            places.append(piece.end)
        elif piece.part is Part.OPEN and depth == 1:
            places.append(piece.start)
    return [at for at in sorted(set(places)) if _speaks(text[:at]) and _speaks(text[at:]) and not text[at].isspace()]


def _speaks(text: str) -> bool:
    return any(piece.part is Part.TEXT and not piece.text.isspace() for piece in tokenise(text))


def parted_at(whole: Sentence, at: int) -> tuple[Sentence, Sentence] | None:
    """Return the two sentences that a cut at a place of its text makes of one; none where it cannot be cut."""
    texts = written(whole.runs)
    marked = "".join(texts)
    left, right = whole.text[:at].rstrip(" "), whole.text[at:].lstrip(" ")
    edges = {0, *accumulate(map(len, texts))}
    place = next((k for k in _candidates(marked, edges) if _is_there(marked, k, left, right)), None)
    halves = None if place is None else _split(whole.runs, texts, place)
    if halves is None:
        return None
    first, second = (sentence(trimmed(half)) for half in halves)
    return (first, second) if all(any(map(says_something, one.runs)) for one in (first, second)) else None


def _candidates(marked: str, edges: Collection[int]) -> list[int]:
    return [k for k in range(1, len(marked)) if k in edges or marked[k - 1].isspace()]


def _is_there(marked: str, place: int, left: str, right: str) -> bool:
    return normalise(marked[:place]) == left and normalise(marked[place:]) == right


def _split(runs: Sequence[Run], texts: Sequence[str], place: int) -> tuple[list[Run], list[Run]] | None:
    """Part runs after so many characters of what is written for them; none inside a pair of tags, or of a character."""
    depth = begin = 0
    for index, (run, text) in enumerate(zip(runs, texts, strict=True)):
        if begin == place and depth == 0:
            return list(runs[:index]), list(runs[index:])
        end = begin + len(text)
        if begin < place < end:
            if run.kind is not Kind.TEXT or not run.exact or depth:
                return None
            first, second = part(run, 0, place - begin), part(run, place - begin, len(text))
            return [*runs[:index], first], [second, *runs[index + 1 :]]
        depth += (run.kind is Kind.OPEN) - (run.kind is Kind.CLOSE)
        begin = end
    return None


def joined_at(runs: Sequence[Run], found: Sequence[Sentence], at: int) -> Sentence | None:
    """Return the sentence that one of a block's and the next one make together, with all that stands between them.

    None where markup around one of the two holds more than them.
    """
    first, last = found[at].runs[0], found[at + 1].runs[-1]
    low = next((i for i, run in enumerate(runs) if run.start <= first.start and first.end <= run.end), None)
    high = next((i for i, run in reversed(list(enumerate(runs))) if run.start <= last.start and last.end <= run.end), 0)
    if low is None or high < low:
        return None
    low, high = _balanced(runs, low, high)
    begin = first.start if runs[low].kind is Kind.TEXT else runs[low].start
    end = last.end if runs[high].kind is Kind.TEXT else runs[high].end
    others = [*found[:at], *found[at + 2 :]]
    if any(one.runs[0].start < end and begin < one.runs[-1].end for one in others):
        return None
    inner = [_clipped(run, begin, end) for run in runs[low : high + 1]]
    return sentence(trimmed(inner))


def _balanced(runs: Sequence[Run], low: int, high: int) -> tuple[int, int]:
    """Widen a range of runs until every tag in it has its other half in it."""
    pairs = partners(runs)
    while True:
        others = [pairs[i] for i in range(low, high + 1) if i in pairs]
        wider = min([low, *others]), max([high, *others])
        if wider == (low, high):
            return wider
        low, high = wider


def rule_to_cut(found: Sequence[Sentence], whole: str, at: int) -> Rule | None:
    """Return the rule that cuts a sentence of a block at a place of its text, if it stands there and can be cut."""
    halves = next((parted_at(said, at) for said in found if said.text == whole), None)
    return Rule(0, RuleKind.CUT, whole, at, halves[0].text, halves[1].text) if halves else None


def rule_to_join(runs: Sequence[Run], found: Sequence[Sentence], left: str, right: str) -> Rule | None:
    """Return the rule that makes one of two neighbours in a block, if they stand there and can be joined."""
    for at, (one, other) in enumerate(pairwise(found)):
        if (one.text, other.text) == (left, right) and (joined := joined_at(runs, found, at)):
            return Rule(0, RuleKind.JOIN, joined.text, _second_begins(joined, left, right), left, right)
    return None


def _second_begins(joined: Sentence, left: str, right: str) -> int:
    for at in cut_places(joined.text):
        halves = parted_at(joined, at)
        if halves and (halves[0].text, halves[1].text) == (left, right):
            return at
    return 0


def _clipped(run: Run, begin: int, end: int) -> Run:
    if run.kind is not Kind.TEXT or not run.exact:
        return run
    return part(run, max(begin - run.start, 0), min(end, run.end) - run.start)
