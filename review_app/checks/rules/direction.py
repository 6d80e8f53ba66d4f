"""The translation says the opposite: "högst" became "at least", "före" became "after", "han" became "she".

Wrong when the sentence was turned around ("A är dyrare", "B is cheaper"), or the word has another meaning here.
"""

import re
from collections.abc import Iterator, Sequence

from review_app.checks.finding import Check, Found, Severity
from review_app.checks.pair import Pair
from review_app.checks.poles import OPPOSITES, Pole
from review_app.checks.reading import Reading, Word
from review_app.locale import N_

MOST_WORDS = 60
"""Words up to which a text is one statement; in a longer one an opposite may well be said of something else."""

ABOVE = {"över": True, "mer än": True, "fler än": True, "minst": True, "under": False, "mindre än": False,
         "färre än": False, "högst": False, "upp till": False, "max": False,
         "over": True, "above": True, "more than": True, "at least": True, "below": False, "less than": False,
         "fewer than": False, "at most": False, "up to": False, "no more than": False, "no less than": True,
         "no fewer than": True}  # fmt: skip
"""Words before a number, and whether they mean what is above it."""

DIGIT = re.compile(r"\d")
LIMIT = re.compile(rf"\b({'|'.join(sorted(ABOVE, key=len, reverse=True))}) (\d+)\b(?! ?%)", re.IGNORECASE)

BOTH_WAYS = [ways for one, other in OPPOSITES for ways in ((one, other), (other, one))]
BY_SWEDISH = {
    word: [ways for ways in BOTH_WAYS if word in ways[0].swedish] for here, _ in BOTH_WAYS for word in here.swedish
}
"""For every Swedish word the directions it says, each with its opposite."""

SWEDISH = frozenset(BY_SWEDISH)


def look(pair: Pair) -> Iterator[Found]:
    """Find a direction that the source has and its opposite in the target."""
    if len(pair.source_tokens) > MOST_WORDS:
        return
    source = pair.source_reading
    limits = [*_limits(pair)] if source.once(_has_digits) else []
    yield from limits
    if limits:
        return
    told: list[Pole] = []
    for word in source.once(_directions):
        for here, there in BY_SWEDISH[word]:
            if here not in told and not there.english.isdisjoint(pair.target_lower) and _is_opposite(here, there, pair):
                told.append(here)
                yield _found(pair, here, there)


def _has_digits(source: Reading) -> bool:
    return DIGIT.search(source.text) is not None


def _directions(source: Reading) -> frozenset[str]:
    """Return the words of a source that say a direction."""
    return SWEDISH & source.lower


def _limits(pair: Pair) -> Iterator[Found]:
    """Find a number that the source sets as a lower limit and the target as an upper one, or the other way round."""
    wanted = {match[2]: match for match in LIMIT.finditer(pair.source_text)}
    for match in LIMIT.finditer(pair.target_text) if wanted else ():
        other = wanted.get(match[2])
        if other and ABOVE[other[1].lower()] is not ABOVE[match[1].lower()]:
            yield Found("opposite", other.span(), match.span(), {"expected": other[0], "found": match[0]})


def _is_opposite(here: Pole, there: Pole, pair: Pair) -> bool:
    """Say whether nothing else in the source explains the opposite, and nothing in the target says the same."""
    return (
        there.swedish.isdisjoint(pair.source_lower)
        and here.english.isdisjoint(pair.target_lower)
        and here.also.isdisjoint(pair.target_lower)
    )


def _found(pair: Pair, here: Pole, there: Pole) -> Found:
    source, target = _first(pair.source_words, here.swedish), _first(pair.target_words, there.english)
    return Found("opposite", source.span, target.span, {"expected": source.text, "found": target.text})


def _first(words: Sequence[Word], among: frozenset[str]) -> Word:
    return next(word for word in words if word.text.lower() in among)


CHECK = Check(N_("Opposite meaning"), Severity.MAJOR, "accuracy/mistranslation", look, frozenset({"en"}))
