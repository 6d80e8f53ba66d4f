"""Which letters a language is written with."""

import unicodedata
from functools import lru_cache

LETTERS_OF_ALL = frozenset({"LATIN", "MODIFIER", "MASCULINE", "FEMININE", "MICRO", "FULLWIDTH"})
"""First words of the Unicode names of letters that any text may hold."""

SCRIPTS = {
    "ar": {"ARABIC"}, "fa": {"ARABIC"}, "ckb": {"ARABIC"}, "ps": {"ARABIC"}, "ur": {"ARABIC"}, "he": {"HEBREW"},
    "yi": {"HEBREW"}, "ru": {"CYRILLIC"}, "uk": {"CYRILLIC"}, "bg": {"CYRILLIC"}, "sr": {"CYRILLIC", "LATIN"},
    "el": {"GREEK"}, "ti": {"ETHIOPIC"}, "am": {"ETHIOPIC"}, "th": {"THAI"}, "zh": {"CJK", "FULLWIDTH"},
    "ja": {"CJK", "HIRAGANA", "KATAKANA", "FULLWIDTH"}, "ko": {"HANGUL", "CJK"}, "hi": {"DEVANAGARI"},
}  # fmt: skip
"""Scripts of languages that are not written with Latin letters, by the first word of Unicode's names."""


def is_foreign_script(text: str, language: str) -> bool:
    """Say whether a word holds letters that the language is not written with."""
    return not text.isascii() and _is_foreign(text, language)


@lru_cache(maxsize=20_000)
def _is_foreign(text: str, language: str) -> bool:
    allowed = SCRIPTS.get(language, set()) | LETTERS_OF_ALL
    letters = (letter for letter in text if letter.isalpha())
    return any(unicodedata.name(letter, "LATIN").split(" ")[0].split("-")[0] not in allowed for letter in letters)
