"""What of a text has no counterpart in the other: words left out, and words put in."""

from collections.abc import Collection, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from review_app.checks.lexical.alignment import Aligner, Side
from review_app.checks.lexical.own import Limits
from review_app.checks.lexical.shipped import shipped_aligner
from review_app.checks.lexical.tokens import TOKEN
from review_app.checks.lexical.words import Words
from review_app.checks.pair import Pair

NO_LINK = 0.03  # strength below which a word has no counterpart
OTHER_WAY = 5.0  # nats a loose word of the other text excuses: the lexicon may not know that the two belong together
NEAR = 3  # tokens from one loose word to the next of the same run
LEAST_WHOLE = 40.0  # nats, about six words: less of a text than that says nothing
LITTLE = 15.0  # nats added to a text's rarity, so that a short one's share is not all or nothing


class Loose(NamedTuple):
    """The part of a text without a counterpart: its share (0 to 1) by rarity, and the places of its tokens."""

    share: float
    text: str
    places: Sequence[int]

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.places)

    @property
    def span(self) -> tuple[int, int]:
        """Where its longest run stands; there must be a word."""
        first, last = _longest_run(self.places)
        spans = [match.span() for match in islice(TOKEN.finditer(self.text), last + 1)]
        return spans[first][0], spans[last][1]


NOTHING = Loose(0.0, "", ())

SHIPPED_LIMITS = Limits(missing=0.36, added=0.50)
"""None of 1,497 human pairs reaches them with the lexicon that ships for Swedish and English."""


class _Count(NamedTuple):
    """Places of the words that the lexicon knows and cannot link, how many it cannot link at all, and rarities."""

    places: list[int]
    all_loose: int
    rarity: float
    whole: float


def aligner_for(pair: Pair) -> Aligner | None:
    """Return what aligns a pair: the site's own lexicon, else what ships; None where nothing was learned."""
    return pair.guide.lexicon.aligner if pair.guide.lexicon else shipped_aligner(*pair.languages)


def limits_for(pair: Pair) -> Limits:
    """Return from which shares on too much is missing or added."""
    return pair.guide.lexicon.limits if pair.guide.lexicon else SHIPPED_LIMITS


def loose_parts(aligner: Aligner | None, source: str, target: str) -> tuple[Loose, Loose]:
    """Return what of the source is missing in the target, and what of the target is not in the source."""
    if aligner is None:
        return NOTHING, NOTHING
    with aligner.lock:
        aligner.ready()
        aligned = aligner.align(source, target)
        ours = _counted(aligned.source, aligner.model.source, aligner.keys)
        theirs = _counted(aligned.target, aligner.model.target, aligner.translations)
    return _loose(source, ours, theirs), _loose(target, theirs, ours)


def loose_parts_of(pair: Pair) -> tuple[Loose, Loose]:
    """Return what of a pair's source is missing in its target, and what of the target is not in the source."""
    return loose_parts(aligner_for(pair), pair.source_text, pair.target_text)


def linked_words(pair: Pair, *, of_source: bool = False) -> frozenset[str]:
    """Return the words of a pair's target, or of its source, that have a counterpart in the other, as written."""
    aligner = aligner_for(pair)
    if aligner is None:
        return frozenset()
    with aligner.lock:
        aligner.ready()
        aligned = aligner.align(pair.source_text, pair.target_text)
        side = aligned.source if of_source else aligned.target
        written = (aligner.model.source if of_source else aligner.model.target).written
        return frozenset(
            written[word] for word, strength in zip(side.words, side.strength, strict=True) if strength >= NO_LINK
        )


def _counted(side: Side, words: Words, known: Mapping[int, Collection[int]]) -> _Count:
    content, rarities, numbers = words.content, words.rarities, side.words
    whole = sum([rarities[word] for word in numbers if content[word]])
    loose = [place for place, strength in enumerate(side.strength) if strength < NO_LINK and content[numbers[place]]]
    places = [
        place
        for place in loose
        if known[numbers[place]] and (place == 0 or not words.written[numbers[place]][0].isupper())
    ]
    return _Count(places, len(loose), sum([rarities[numbers[place]] for place in places]), whole)


def _loose(text: str, own: _Count, other: _Count) -> Loose:
    share = (own.rarity - OTHER_WAY * other.all_loose) / (own.whole + LITTLE)
    if share <= 0 or not own.places or own.whole < LEAST_WHOLE:
        return NOTHING
    return Loose(share, text, own.places)


def _longest_run(places: Sequence[int]) -> tuple[int, int]:
    """Return the first and last place of the longest run of loose words, with at most a few others between."""
    runs = [[places[0]]]
    for place in places[1:]:
        if place - runs[-1][-1] <= NEAR:
            runs[-1].append(place)
        else:
            runs.append([place])
    longest = max(runs, key=len)
    return longest[0], longest[-1]
