"""A word of the translation is misspelt.

Wrong for new words and technical terms that are one letter away from a common one; put those into the glossary.
"""

from collections.abc import Iterator
from functools import lru_cache

from review_app.checks.finding import Check, Found, Severity
from review_app.checks.foreign import other_language, resembles, suggestion
from review_app.checks.pair import Pair
from review_app.checks.strangers import compared
from review_app.locale import N_
from review_app.text.remembered import MOST

SHORTENED = 5
"""Letters of what an abbreviation may be taken for: "incl." is right."""

SAME = 90
"""Similarity (0–100) to a word of the source from which a word was taken over on purpose."""


def look(pair: Pair) -> Iterator[Found]:
    """Find words that no dictionary has and that are one letter away from one it has."""
    unknown = [token for token in pair.once(compared) if token.islower() and _is_new(token, pair)]
    meant = {token: right for token in unknown if (right := _meant(token))}
    for word in pair.target_words if meant else ():
        right = meant.get(word.text)
        if right and not (len(right) <= SHORTENED and pair.target[word.end : word.end + 1] == "."):
            yield Found("misspelt", None, word.span, {"found": word.text, "expected": right})


def _is_new(token: str, pair: Pair) -> bool:
    known = token in pair.source_lower or token in pair.guide.names
    return not known and not resembles(token, pair.source_lower, SAME)


@lru_cache(maxsize=MOST)
def _meant(text: str) -> str | None:
    """Return the word that was meant; None for a word that may be one of another language."""
    return None if other_language(text) else suggestion(text, "en")


CHECK = Check(N_("Spelling"), Severity.MINOR, "fluency/spelling", look, frozenset({"en"}))
