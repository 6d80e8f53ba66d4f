"""Swedish words, or words in another script, are left in the translation.

Wrong for names and for words a translation keeps on purpose, as "friggebod" or "fika"; put those into the glossary.
"""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from review_app.checks.finding import Check, Found, Severity
from review_app.checks.lexicon import LONGEST_WORD, is_common_english, is_common_swedish, is_swedish_form, is_word
from review_app.checks.pair import Pair, Word
from review_app.locale import N_

OTHERS = ("de", "es", "fr", "it")
"""Languages whose words are looked for in English texts; simplemma keeps eight dictionaries in memory, not more."""

SHORTEST = 4
"""Letters of the shortest word that is judged by a dictionary; "av" and "i" are too easily something else."""

LETTERS_OF_ALL = {"LATIN", "MODIFIER", "MASCULINE", "FEMININE", "MICRO", "FULLWIDTH"}
"""First words of the Unicode names of letters that any text may hold."""

LONG = 9
"""Letters from which an unknown word is looked at as a compound."""

LONG_CAPITAL = 7
"""Letters from which a word with a capital is judged at all."""

SCRIPTS = {
    "ar": {"ARABIC"}, "fa": {"ARABIC"}, "ckb": {"ARABIC"}, "ps": {"ARABIC"}, "ur": {"ARABIC"}, "he": {"HEBREW"},
    "yi": {"HEBREW"}, "ru": {"CYRILLIC"}, "uk": {"CYRILLIC"}, "bg": {"CYRILLIC"}, "sr": {"CYRILLIC", "LATIN"},
    "el": {"GREEK"}, "ti": {"ETHIOPIC"}, "am": {"ETHIOPIC"}, "th": {"THAI"}, "zh": {"CJK", "FULLWIDTH"},
    "ja": {"CJK", "HIRAGANA", "KATAKANA", "FULLWIDTH"}, "ko": {"HANGUL", "CJK"}, "hi": {"DEVANAGARI"},
}  # fmt: skip
"""Scripts of languages that are not written with Latin letters, by the first word of Unicode's names."""


def look(pair: Pair) -> Iterator[Found]:
    """Find words of the source that were left as they are, and words in a script that is not the target's."""
    language = pair.languages[1]
    places: dict[str, tuple[int, int]] = {}
    for word in pair.target_words:
        if _is_foreign_script(word.text, language) and word.text not in pair.source:
            yield Found("other_script", None, word.span, {"found": word.text})
        elif (language == "en" and pair.languages[0] == "sv" and _is_swedish(word, pair)) or (
            language in SCRIPTS and word.text.islower() and len(word.text) >= SHORTEST and _left(word, pair)
        ):
            places = places or {other.text.lower(): other.span for other in reversed(pair.source_words)}
            yield Found("untranslated", places.get(word.text.lower()), word.span, {"found": word.text})
        elif language == "en" and _is_of_another_language(word, pair):
            yield Found("other_language", None, word.span, {"found": word.text})


def _is_of_another_language(word: Word, pair: Pair) -> bool:
    """Say whether a small word of an English text is one of another language, which some engines slip into."""
    text = word.text
    if len(text) < SHORTEST or not text.islower() or not text.isalpha() or is_word(text, "en") or _left(word, pair):
        return False
    if is_common_english(text) or _is_english_compound(text):
        return False
    return not text.isascii() or any(is_word(text, other) for other in OTHERS)


@lru_cache(maxsize=20_000)
def _is_english_compound(text: str) -> bool:
    """Say whether a word is two English ones written together: "newsfeed"."""
    return len(text) <= LONGEST_WORD and any(
        is_word(text[:cut], "en") and is_word(text[cut:], "en") for cut in range(3, len(text) - 2)
    )


def _is_swedish(word: Word, pair: Pair) -> bool:
    """Say whether a word of an English text is Swedish: a common Swedish one, or a compound left from the source."""
    text = word.text
    if len(text) < SHORTEST or not (text.islower() or text.istitle()) or is_word(text, "en"):
        return False
    if text.islower() and is_swedish_form(text):
        return True
    if not _left(word, pair):
        return False
    if text.islower() and any(letter in "åäö" for letter in text):
        return True
    swedish = is_swedish_form(text) if len(text) < LONG else is_common_swedish(text)
    # A word with a capital is a name more likely than not, unless its letters are Swedish.
    return swedish if text.islower() else swedish and len(text) >= LONG_CAPITAL and not text.isascii()


def _left(word: Word, pair: Pair) -> bool:
    return word.text.lower() in pair.source_lower


def _is_foreign_script(text: str, language: str) -> bool:
    if text.isascii():
        return False
    allowed = SCRIPTS.get(language, set()) | LETTERS_OF_ALL
    letters = (letter for letter in text if letter.isalpha())
    return any(unicodedata.name(letter, "LATIN").split(" ")[0].split("-")[0] not in allowed for letter in letters)


CHECK = Check(N_("Not translated"), Severity.MAJOR, "accuracy/untranslated", look)
