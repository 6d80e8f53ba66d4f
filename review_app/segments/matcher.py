"""Gives segments their identity across versions of a page: by text and surroundings, never by position.

Text that stands unchanged anywhere in the new version keeps its segment, also when it moved. Of the rest, a new text
takes over a vanished segment's identity when it reads much like it, the more readily the better their neighbours
agree. Pure: what is known and what was cut go in, keys come out.
"""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from review_app.segments.cutting import Cut
from review_app.text.normalise import normalise

LEAST_ALIKE = (80.0, 70.0, 50.0)
"""Similarity (0–100, word order counted) that makes a text a changed one, by how many of two neighbours agree.

Of pairs of sentences taken at random from real pages, one in two hundred is as alike as 50.
"""

LONG_ENOUGH = 20
"""Characters from which likeness alone says something; shorter texts need a neighbour that agrees."""

NEIGHBOUR_BONUS = 5.0
"""Points of similarity that each agreeing neighbour is worth when two texts want the same segment."""

WINDOW = 12
"""How far from its expected place a changed text is looked for, in vanished segments to either side."""

RARE = 8
"""A word in at most so many vanished segments helps to find one that moved and changed."""

MOST_MOVED = 6
"""How many vanished segments are compared for the words they share."""

_WORD = re.compile(r"\w{3,}")


@dataclass(frozen=True, slots=True)
class KnownSegment:
    """A segment of the page's earlier versions, in page order."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Match:
    """What became of one cut: the key it keeps (none is new) and whether its text changed."""

    key: str | None
    changed: bool = False


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A vanished segment that a new text may be a change of."""

    likeness: float
    index: int
    text: str


def match(known: Sequence[KnownSegment], cuts: Sequence[Cut], *, same_text: bool = False) -> list[Match]:
    """Return a match for every cut; cuts of the same text are one segment and get the same key.

    With ``same_text`` no new text takes over another's identity: the page is as it was, and only cut in another way.
    """
    old = [normalise(segment.text) for segment in known]
    new = [normalise(cut.text) for cut in cuts]
    by_text: dict[str, int] = {}
    for index, text in enumerate(old):
        by_text.setdefault(text, index)
    same = {text: by_text[text] for text in new if text in by_text}
    changed = {} if same_text else _changed(old, new, same)
    return [
        Match(known[same[text]].key)
        if text in same
        else Match(known[changed[text]].key, changed=True)
        if text in changed
        else Match(None)
        for text in new
    ]


def _changed(old: Sequence[str], new: Sequence[str], same: Mapping[str, int]) -> dict[str, int]:
    """Pair new texts with vanished segments, the most alike first, each once.

    A pair found is a neighbour that agrees for the next, so it goes on until a round finds none.
    """
    taken = set(same.values())
    vanished = [index for index in range(len(old)) if index not in taken]
    places = {text: place for place, text in reversed(list(enumerate(new))) if text not in same}
    candidates = list(_candidates(old, new, same, vanished, places))
    placed, changed = dict(same), dict[str, int]()
    while True:
        found = _best_first(candidates, new, places, placed)
        if not found:
            return changed
        changed |= found
        placed |= found
        used = set(found.values())
        candidates = [one for one in candidates if one.text not in found and one.index not in used]


def _candidates(
    old: Sequence[str],
    new: Sequence[str],
    same: Mapping[str, int],
    vanished: Sequence[int],
    places: Mapping[str, int],
) -> Iterator[_Candidate]:
    if not vanished:
        return
    words = _rare_words(old, vanished)
    expected = _expected_places(new, same)
    for text, place in places.items():
        near = {index for where in expected[place] for index in _near(vanished, where)}
        near |= _sharing_words(text, words)
        choices = {index: old[index] for index in near}
        found = process.extract(text, choices, scorer=fuzz.ratio, score_cutoff=LEAST_ALIKE[-1], limit=None)
        for _, likeness, index in found:
            yield _Candidate(likeness, index, text)


def _expected_places(new: Sequence[str], same: Mapping[str, int]) -> list[tuple[int, int]]:
    """Return where each text of the new version would have stood, counted from the last and the next known one."""
    forward: list[int] = []
    expected = -1
    for text in new:
        expected = same.get(text, expected + 1)
        forward.append(expected)
    backward: list[int] = []
    expected = forward[-1] + 1 if forward else 0
    for text in reversed(new):
        expected = same.get(text, expected - 1)
        backward.append(expected)
    return list(zip(forward, reversed(backward), strict=True))


def _near(vanished: Sequence[int], where: int) -> Sequence[int]:
    at = bisect_left(vanished, where)
    return vanished[max(0, at - WINDOW) : at + WINDOW]


def _rare_words(old: Sequence[str], vanished: Sequence[int]) -> dict[str, list[int]]:
    """Return the words of few vanished segments, and which those are."""
    words: defaultdict[str, list[int]] = defaultdict(list)
    for index in vanished:
        for word in set(_WORD.findall(old[index].lower())):
            words[word].append(index)
    return {word: indexes for word, indexes in words.items() if len(indexes) <= RARE}


def _sharing_words(text: str, words: Mapping[str, Sequence[int]]) -> set[int]:
    shared = Counter(index for word in set(_WORD.findall(text.lower())) for index in words.get(word, ()))
    return {index for index, _ in shared.most_common(MOST_MOVED)}


def _best_first(
    candidates: Sequence[_Candidate], new: Sequence[str], places: Mapping[str, int], placed: Mapping[str, int]
) -> dict[str, int]:
    """Return the pairs that are alike enough, given the neighbours known by now."""
    ranked: list[tuple[float, int, str]] = []
    for one in candidates:
        agreeing = _agreeing(new, places[one.text], placed, one.index)
        if one.likeness >= LEAST_ALIKE[agreeing] and (agreeing or len(one.text) >= LONG_ENOUGH):
            ranked.append((-one.likeness - NEIGHBOUR_BONUS * agreeing, one.index, one.text))
    pairs: dict[str, int] = {}
    used: set[int] = set()
    for _, index, text in sorted(ranked):
        if text not in pairs and index not in used:
            pairs[text] = index
            used.add(index)
    return pairs


def _agreeing(new: Sequence[str], place: int, placed: Mapping[str, int], index: int) -> int:
    """Count the neighbours, before and after, that were neighbours of the vanished segment too."""
    before = placed.get(new[place - 1]) if place > 0 else None
    after = placed.get(new[place + 1]) if place + 1 < len(new) else None
    return (before is not None and before + 1 == index) + (after is not None and after - 1 == index)
