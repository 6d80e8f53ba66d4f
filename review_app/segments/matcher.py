"""Gives segments their identity across versions of a page: by text and surroundings, never by position.

Text that stands unchanged anywhere in the new version keeps its segment, also when it moved. Of the rest, a new text
takes over a vanished segment's identity when it reads much like it, the more readily the better their neighbours
agree. Pure: what is known and what was cut go in, keys come out.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from review_app.segments.cutting import Cut
from review_app.text.normalise import normalise

ALIKE = 62.0
"""Similarity (0–100, word order counted) from which a text may be a changed one, when both neighbours agree."""

ALIKE_ALONE = 75.0
"""The same where no neighbour agrees."""

WINDOW = 40
"""How far from where its neighbours went a changed text is looked for, in segments."""


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


def match(known: Sequence[KnownSegment], cuts: Sequence[Cut]) -> list[Match]:
    """Return a match for every cut; cuts of the same text are one segment and get the same key."""
    texts = [normalise(cut.text) for cut in cuts]
    by_text: dict[str, int] = {}
    for index, segment in enumerate(known):
        by_text.setdefault(normalise(segment.text), index)
    matched: dict[str, int] = {text: by_text[text] for text in texts if text in by_text}
    changed = _changed(known, texts, matched)
    return [
        Match(known[matched[text]].key)
        if text in matched
        else Match(known[changed[text]].key, changed=True)
        if text in changed
        else Match(None)
        for text in texts
    ]


def _changed(known: Sequence[KnownSegment], texts: Sequence[str], matched: dict[str, int]) -> dict[str, int]:
    """Pair new texts with vanished segments, the most alike first, each once."""
    taken = set(matched.values())
    vanished = [index for index in range(len(known)) if index not in taken]
    if not vanished:
        return {}
    candidates: list[tuple[float, int, str]] = []
    for position, text in enumerate(texts):
        if text in matched:
            continue
        before = _neighbour(texts, matched, position, -1)
        after = _neighbour(texts, matched, position, 1)
        for index in _near(vanished, before, after):
            likeness = fuzz.ratio(text, normalise(known[index].text))
            agrees = (before is not None and index == before + 1) + (after is not None and index == after - 1)
            if likeness >= (ALIKE_ALONE, (ALIKE + ALIKE_ALONE) / 2, ALIKE)[agrees]:
                candidates.append((likeness + 5 * agrees, index, text))
    return _best_first(candidates)


def _best_first(candidates: list[tuple[float, int, str]]) -> dict[str, int]:
    pairs: dict[str, int] = {}
    used: set[int] = set()
    for _, index, text in sorted(candidates, key=lambda found: (-found[0], found[1])):
        if text not in pairs and index not in used:
            pairs[text] = index
            used.add(index)
    return pairs


def _neighbour(texts: Sequence[str], matched: dict[str, int], position: int, step: int) -> int | None:
    """Return the known segment that the text just before or after is."""
    place = position + step
    return matched.get(texts[place]) if 0 <= place < len(texts) else None


def _near(vanished: Sequence[int], before: int | None, after: int | None) -> list[int]:
    """Return the vanished segments worth comparing: all of a small change, else those where the neighbours stood."""
    if len(vanished) <= 2 * WINDOW:
        return list(vanished)
    places = [place for place in (before, after) if place is not None]
    return [index for index in vanished if any(abs(index - place) <= WINDOW for place in places)]
