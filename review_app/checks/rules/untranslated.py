"""Swedish words are left in the translation.

Wrong for words a translation keeps on purpose, as "friggebod" or "fika"; put those into the glossary as names.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from review_app.checks.finding import Check, Found, Severity
from review_app.checks.lexicon import is_common_swedish, is_swedish_form, is_word
from review_app.checks.pair import Pair
from review_app.checks.reading import Word
from review_app.checks.rules.term import left_terms
from review_app.checks.scripts import SCRIPTS
from review_app.checks.strangers import SHORTEST, strangers
from review_app.locale import N_
from review_app.text.remembered import MOST

LONG = 7
"""Letters from which an unknown word is looked at as a compound."""

LONG_CAPITAL = 7
"""Letters from which a word with a capital is judged at all."""

NEVER = frozenset("och att är för från inte också även får måste något någon många".split())
"""Swedish words that no other language has."""

NEIGHBOURS = frozenset({"da", "nb", "nn", "no", "is", "fo", "fit", "se", "smj", "sma"})
"""Languages that share words with Swedish, or borrow them freely: only translators can tell."""

OWN = frozenset("åäö")

LONGEST_FILE = 100
"""Characters of the longest file name that is recognised."""

LONGEST_ENDING = 5
"""Letters of the longest ending of a file name."""


def look(pair: Pair) -> Iterator[Found]:
    """Find words of the source that were left as they are, and other Swedish ones."""
    source, language = pair.languages
    if source != "sv" or language in NEIGHBOURS:
        return
    swedish = set(_in_english(pair) if language == "en" else _in_other(pair, language))
    if NEVER.isdisjoint(pair.target_lower) and not swedish:
        return
    for word in pair.target_words:
        lowered = word.text.lower()
        left = word.text in swedish or (word.text in NEVER and not _is_part_of_name(word, pair))
        if left and lowered not in pair.guide.names and not _is_of_file(word, pair) and not _is_left_term(word, pair):
            yield Found("untranslated", _place(lowered, pair.source_words), word.span, {"found": word.text})


def _is_left_term(word: Word, pair: Pair) -> bool:
    """Say whether a word belongs to a term of the glossary: that check says what it is to be called."""
    return bool(pair.guide.terms) and any(start <= word.start < end for start, end in pair.once(left_terms))


def _place(lowered: str, words: Sequence[Word]) -> tuple[int, int] | None:
    return next((word.span for word in words if word.text.lower() == lowered), None)


def _is_part_of_name(word: Word, pair: Pair) -> bool:
    """Say whether a small word stands inside a Swedish name that was kept: "Kultur och Fritid"."""
    around = pair.target[max(0, word.start - 40) : word.start].split()[-1:], pair.target[word.end :].split(None, 1)[:1]
    return word.text in pair.source_lower and all(part and part[0][:1].isupper() for part in around)


def _is_of_file(word: Word, pair: Pair) -> bool:
    """Say whether a word belongs to the name of a file that the source names, too: "avgifter.pdf"."""
    rest = pair.target[word.end : word.end + LONGEST_FILE].partition(" ")[0].rstrip('.,;:!?)”"')
    ending = rest.rpartition(".")[2]
    return "." in rest and ending.isalnum() and len(ending) <= LONGEST_ENDING and word.text + rest in pair.source


def _in_english(pair: Pair) -> Iterator[str]:
    """Yield the words of an English text that are Swedish: common ones, or compounds left from the source."""
    for token in pair.once(strangers):
        if _is_swedish(token) or (token.lower() in pair.source_lower and _was_left(token)):
            yield token


@lru_cache(maxsize=MOST)
def _is_swedish(text: str) -> bool:
    return text.islower() and is_swedish_form(text)


@lru_cache(maxsize=MOST)
def _was_left(text: str) -> bool:
    """Say whether a strange word that the source has, too, is Swedish. One with a capital is a name more likely."""
    if text.islower() and not OWN.isdisjoint(text):
        return True
    swedish = is_swedish_form(text) if len(text) < LONG else is_common_swedish(text)
    return swedish and (text.islower() or (len(text) >= LONG_CAPITAL and not text.isascii()))


def _in_other(pair: Pair, language: str) -> Iterator[str]:
    """Yield the words of the source that stand in a text of another language, and that it cannot share."""
    judge = _is_written_small if language in SCRIPTS else _is_no_finnish if language == "fi" else _is_swedish_alone
    yield from (token for token in pair.target_tokens if token.lower() in pair.source_lower and judge(token))


def _is_written_small(text: str) -> bool:
    return len(text) >= SHORTEST and text.islower() and not text.isdigit()


@lru_cache(maxsize=MOST)
def _is_no_finnish(text: str) -> bool:
    """Say whether a Swedish word is none of the Finnish ones in the dictionary: what both have is right in both."""
    return len(text) >= SHORTEST and text.islower() and is_common_swedish(text) and not is_word(text, "fi")


@lru_cache(maxsize=MOST)
def _is_swedish_alone(text: str) -> bool:
    return len(text) >= LONG and text.islower() and not OWN.isdisjoint(text) and is_common_swedish(text)


CHECK = Check(N_("Not translated"), Severity.MAJOR, "accuracy/untranslated", look)
