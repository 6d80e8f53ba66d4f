"""A word of a third language, or in another script, stands in the translation.

Wrong for foreign names and titles that the Swedish writes in another way, and for very new English words; those that
begin like a known one are flagged as minor.
"""

from collections.abc import Iterator
from functools import lru_cache

from review_app.checks.finding import Check, Found, Severity
from review_app.checks.foreign import looks_english, other_language, resembles, suggestion
from review_app.checks.lexicon import is_common_english, is_swedish_form, is_word
from review_app.checks.pair import Pair
from review_app.checks.scripts import is_foreign_script
from review_app.checks.strangers import compared
from review_app.locale import N_
from review_app.text.remembered import MOST

SHORTEST_NAME = 6
"""Letters from which a word with a capital may be told from a name."""

SHORTEST_BEGINNING = 4
"""Letters of an English word from which it makes a longer, unknown one likely to be English, too."""

ALIKE_NAME, ALIKE_WORD = 60, 80
"""Similarity (0–100) to a word of the source from which a name or a loan explains a strange word."""

SMALL_WORDS = frozenset(
    """
    und dass ist nicht für auf eine einem einen sich auch wird werden oder weil sehr avec pour dans une sont una por
    muy como más della che sono gli più anche jest się nie oraz przez jako který která jsou není
    """.split()
)
"""Small words of other languages that engines leave, none of them English or Swedish."""


def look(pair: Pair) -> Iterator[Found]:
    """Find words in foreign letters and, in English, words of other languages."""
    language = pair.languages[1]
    if not pair.target.isascii():
        for word in pair.target_words:
            if is_foreign_script(word.text, language) and word.text not in pair.source:
                yield Found("other_script", None, word.span, {"found": word.text})
    if language != "en":
        return
    small = SMALL_WORDS & pair.target_lower
    if small:
        small -= pair.source_lower
    found = {token for token in pair.once(compared) if _is_unexplained(token, pair) and _is_of_another_language(token)}
    if not small and not found:
        return
    for word in pair.target_words:
        if (word.text in found or word.text in small) and not is_foreign_script(word.text, language):
            severity = Severity.MINOR if word.text not in small and _may_be_new(word.text) else None
            yield Found("other_language", None, word.span, {"found": word.text}, severity)


@lru_cache(maxsize=MOST)
def _is_of_another_language(text: str) -> bool:
    """Say whether a word that is not English was not just misspelt, and is no name."""
    if text.islower():
        known = other_language(text) or not text.isascii()
        return bool(known) or not (is_swedish_form(text) or looks_english(text) or suggestion(text, "en"))
    return len(text) >= SHORTEST_NAME and other_language(text) is not None


@lru_cache(maxsize=MOST)
def _may_be_new(text: str) -> bool:
    """Say whether a strange word is made like English ones: "localizable"; or of two, as loans are: "dashcam"."""
    is_loan = other_language(text) is not None
    return any(
        is_common_english(text[:cut]) and (not is_loan or is_word(text[cut:], "en"))
        for cut in range(SHORTEST_BEGINNING, len(text))
    )


def _is_unexplained(token: str, pair: Pair) -> bool:
    """Say whether nothing in the source explains a word, as the same name or a loan would."""
    lowered = token.lower()
    known = lowered in pair.guide.names or any(word.startswith(lowered) for word in pair.source_lower)
    return not known and not resembles(lowered, pair.source_lower, ALIKE_WORD if token.islower() else ALIKE_NAME)


CHECK = Check(N_("Other language"), Severity.MAJOR, "accuracy/untranslated", look)
