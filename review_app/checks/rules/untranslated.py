"""Swedish words, or words in another script, are left in the translation.

Wrong for names and for words a translation keeps on purpose, as "friggebod" or "fika"; put those into the glossary.
"""

import unicodedata
from collections.abc import Iterator

from review_app.checks.finding import Check, Found, Severity
from review_app.checks.lexicon import is_word
from review_app.checks.pair import Pair, Word
from review_app.locale import N_

SHORTEST = 4
"""Letters of the shortest word that is judged by a dictionary; "av" and "i" are too easily something else."""

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
    for word in pair.target_words:
        if _is_foreign_script(word.text, language) and word.text not in pair.source:
            yield Found("other_script", None, word.span, {"found": word.text})
        elif (language == "en" and pair.languages[0] == "sv" and _is_swedish(word, pair)) or (
            language in SCRIPTS and word.text.islower() and len(word.text) >= SHORTEST and _left(word, pair)
        ):
            yield Found("untranslated", _in_source(word, pair), word.span, {"found": word.text})


def _is_swedish(word: Word, pair: Pair) -> bool:
    """Say whether a word of an English text is Swedish: left from the source, or clearly of no other language."""
    text = word.text
    if len(text) < SHORTEST or is_word(text, "en"):
        return False
    swedish = is_word(text, "sv") or any(letter in "åäöÅÄÖ" for letter in text)
    if _left(word, pair):
        # Names are written with a capital in both; a word that is small in the source is no name. At the start of
        # a heading everything has a capital, so there the dictionary decides.
        return text.islower() or (swedish and not _is_name(word, pair))
    return swedish and text.islower() and is_word(text, "sv")


def _left(word: Word, pair: Pair) -> bool:
    return word.text.lower() in pair.source_lower


def _is_name(word: Word, pair: Pair) -> bool:
    """Say whether the source writes the word with a capital where no sentence begins."""
    for other in pair.source_words:
        if other.text == word.text:
            before = pair.source_text[: other.start].rstrip(" \"'”(–-")
            inside = bool(before) and before[-1] not in ".!?:"
            alone = len(pair.source_words) > 1 and not is_word(word.text.lower(), "sv")
            if inside or alone or not _in_dictionary_small(word.text):
                return True
    return False


def _in_dictionary_small(text: str) -> bool:
    """Say whether a word reads as a common one: long compounds do, unknown short ones may be names."""
    return is_word(text.lower(), "sv") or len(text) > 9


def _in_source(word: Word, pair: Pair) -> tuple[int, int] | None:
    return next((other.span for other in pair.source_words if other.text.lower() == word.text.lower()), None)


def _is_foreign_script(text: str, language: str) -> bool:
    if text.isascii():
        return False
    allowed = SCRIPTS.get(language, {"LATIN"}) | {"LATIN", "MODIFIER", "MASCULINE", "FEMININE", "MICRO", "COMBINING"}
    return any(unicodedata.name(letter, "LATIN").split(" ")[0].split("-")[0] not in allowed for letter in text)


CHECK = Check(N_("Not translated"), Severity.MAJOR, "accuracy/untranslated", look)
