"""A word is translated as another one: by what it looks like ("eventuellt", "eventually"), or by another meaning of it.

It goes by a list of words that machines confuse on municipal pages.

Wrong when the text means the other thing after all.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from review_app.checks.false_friends import FALSE_FRIENDS, Meaning
from review_app.checks.finding import Check, Found, Severity
from review_app.checks.pair import Pair
from review_app.checks.reading import Reading
from review_app.locale import N_

_FORMS = frozenset(FALSE_FRIENDS)


def look(pair: Pair) -> Iterator[Found]:
    """Find words of the list whose translation is the wrong one, and none of the right ones."""
    for word in pair.source_reading.once(_confused):
        meaning = FALSE_FRIENDS[word]
        wrong = _any_of(meaning.wrong).search(pair.target_prose)
        if wrong and _is_confused(meaning, pair):
            values = {"expected": word, "found": wrong[0], "meaning": meaning.right[0]}
            yield Found("means_otherwise", _place(word, pair), wrong.span(), values)


def _confused(source: Reading) -> list[str]:
    """Return the words of a source that machines confuse."""
    return sorted(_FORMS & source.lower)


def _is_confused(meaning: Meaning, pair: Pair) -> bool:
    """Say whether nothing in the target is right, and nothing in the source explains what is wrong."""
    return meaning.because.isdisjoint(pair.source_lower) and not _any_of(meaning.right).search(pair.target_prose)


def _place(lowered: str, pair: Pair) -> tuple[int, int]:
    return next(word.span for word in pair.source_words if word.text.lower() == lowered)


@lru_cache(maxsize=500)
def _any_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases))})\b", re.IGNORECASE)


CHECK = Check(N_("Mistranslated word"), Severity.MAJOR, "accuracy/mistranslation", look, frozenset({"en"}))
