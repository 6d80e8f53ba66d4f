"""What of a text has no counterpart in the other: words left out, and words put in."""

from collections.abc import Collection, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from review_app.checks.lexical.alignment import FEW, Aligner, Side
from review_app.checks.lexical.columns import Layout
from review_app.checks.lexical.links import NO_LINK
from review_app.checks.lexical.own import Limits
from review_app.checks.lexical.shipped import shipped_aligner
from review_app.checks.lexical.tokens import TOKEN
from review_app.checks.lexical.words import Words
from review_app.checks.pair import Pair

OTHER_WAY = 5.0  # nats a loose word of the other text excuses: the lexicon may not know that the two belong together
NEAR = 3  # tokens from one loose word to the next of the same run
LEAST_WHOLE = 40.0  # nats, about six words: less of a text than that says nothing
ROUNDED = 0.01  # nats that the sum of single-precision figures may be off
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

NO_LIMITS = Limits(0.0, 0.0)

SHIPPED_LIMITS = Limits(missing=0.36, added=0.50)
"""None of 1,497 human pairs reaches them with the lexicon that ships for Swedish and English."""


def aligner_for(pair: Pair) -> Aligner | None:
    """Return what aligns a pair: the site's own lexicon, else what ships; None where nothing was learned."""
    return pair.guide.lexicon.aligner if pair.guide.lexicon else shipped_aligner(*pair.languages)


def limits_for(pair: Pair) -> Limits:
    """Return from which shares on too much is missing or added."""
    return pair.guide.lexicon.limits if pair.guide.lexicon else SHIPPED_LIMITS


def loose_parts(aligner: Aligner | None, source: str, target: str, limits: Limits = NO_LIMITS) -> tuple[Loose, Loose]:
    """Return what of the source is missing in the target, and what of the target is not in the source.

    Shares that cannot be above their limit are not worked out.
    """
    if aligner is None:
        return NOTHING, NOTHING
    with aligner.lock:
        aligner.ready()
        laid_out = aligner.laid_out(source, target)
        if laid_out is not None and _is_linked(*laid_out, limits):
            return NOTHING, NOTHING
        aligned, words = aligner.align(source, target), (aligner.model.source, aligner.model.target)
        missing, added = _unlinked(aligned.source, words[0]), _unlinked(aligned.target, words[1])
        return (
            _loose(source, aligned.source, words[0], aligner.keys, missing, len(added), limits.missing),
            _loose(target, aligned.target, words[1], aligner.translations, added, len(missing), limits.added),
        )


def loose_parts_of(pair: Pair) -> tuple[Loose, Loose]:
    """Return what of a pair's source is missing in its target, and what of the target is not in the source."""
    return loose_parts(aligner_for(pair), pair.source_text, pair.target_text, limits_for(pair))


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


def lay_out(pairs: Sequence[Pair]) -> None:
    """Align pairs of the same languages and guide at once, before checks ask for them; a few are as well asked for."""
    aligner = aligner_for(pairs[0]) if len(pairs) >= FEW else None
    if aligner is not None:
        with aligner.lock:
            aligner.ready()
            aligner.lay_out([(pair.source_text, pair.target_text) for pair in pairs])


def _is_linked(layout: Layout, at: int, limits: Limits) -> bool:
    """Say whether a pair's words without a counterpart, known ones or not, are too few to be above the limits."""
    missing, added = layout.missing, layout.added
    return (
        missing.rarity[at] - OTHER_WAY * added.words[at] <= limits.missing * (LEAST_WHOLE + LITTLE) - ROUNDED
        and added.rarity[at] - OTHER_WAY * missing.words[at] <= limits.added * (LEAST_WHOLE + LITTLE) - ROUNDED
    )


def _unlinked(side: Side, words: Words) -> list[int]:
    """Return the places of the words with a meaning that have no counterpart."""
    content, numbers = words.content, side.words
    return [place for place, strength in enumerate(side.strength) if strength < NO_LINK and content[numbers[place]]]


def _loose(
    text: str,
    side: Side,
    words: Words,
    known: Mapping[int, Collection[int]],
    unlinked: list[int],
    others: int,
    limit: float,
) -> Loose:
    """Return the part of a text that has no counterpart though the lexicon knows its words; ``others`` excuse it."""
    rarities, numbers = words.rarities, side.words
    excused = OTHER_WAY * others
    if sum([rarities[numbers[place]] for place in unlinked]) - excused <= limit * (LEAST_WHOLE + LITTLE):
        return NOTHING
    places = [
        place
        for place in unlinked
        if known[numbers[place]] and (place == 0 or not words.written[numbers[place]][0].isupper())
    ]
    whole = sum([rarities[word] for word in numbers if words.content[word]])
    share = (sum([rarities[numbers[place]] for place in places]) - excused) / (whole + LITTLE)
    if share <= 0 or not places or whole < LEAST_WHOLE:
        return NOTHING
    return Loose(share, text, places)


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
