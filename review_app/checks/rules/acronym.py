"""An abbreviation in capitals differs.

Wrong when the language has an abbreviation of its own that is not known here; one that is written out is not flagged.
"""

from collections.abc import Iterator

from review_app.checks.finding import Check, Found, Severity
from review_app.checks.names import other_forms
from review_app.checks.pair import Pair
from review_app.checks.reading import Reading, Word
from review_app.locale import N_

LONGEST = 6
"""Letters of the longest abbreviation; longer words in capitals are shouted."""


def look(pair: Pair) -> Iterator[Found]:
    """Find abbreviations that stand where the source has another."""
    wanted = pair.source_reading.once(_abbreviations)
    if not wanted or len(wanted) * 2 > len(pair.source_tokens):
        return  # a heading in capitals
    given = {*_abbreviations(pair.target_reading)}
    missing = {token for token in wanted if not _is_told(token, given, pair)}
    surplus = {token for token in given if not _is_known(token, wanted, pair)} if missing else set()
    if missing and surplus:
        for one, other in zip(_words(missing, pair.source_words), _words(surplus, pair.target_words), strict=False):
            yield Found("acronym_differs", one.span, other.span, {"expected": one.text, "found": other.text})


def _abbreviations(reading: Reading) -> list[str]:
    return [token for token in reading.tokens if token.isupper() and 2 <= len(token) <= LONGEST]


def _is_told(token: str, given: set[str], pair: Pair) -> bool:
    return token in given or token.lower() in pair.target_lower or not other_forms(token).isdisjoint(pair.target_lower)


def _is_known(token: str, wanted: list[str], pair: Pair) -> bool:
    return token in wanted or token.lower() in pair.source_lower or not other_forms(token).isdisjoint(pair.source_lower)


def _words(tokens: set[str], words: list[Word]) -> list[Word]:
    first = {word.text: word for word in reversed(words) if word.text in tokens}
    return sorted(first.values(), key=lambda word: word.start)


CHECK = Check(N_("Acronym"), Severity.MINOR, "accuracy/mistranslation", look)
