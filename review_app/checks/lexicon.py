"""Which words a language has: dictionaries that ship with packages, loaded when first needed."""

from functools import lru_cache

import simplemma

KNOWN = frozenset({"sv", "en", "fi", "de", "fr", "es", "da", "nb", "pl", "ru", "uk", "tr", "it", "nl"})
"""Languages whose words can be looked up here."""


@lru_cache(maxsize=200_000)
def is_word(word: str, language: str) -> bool:
    """Say whether a word, in any of its forms, is in the dictionary of a language."""
    lowered = word.lower()
    return bool(simplemma.is_known(lowered, lang=language)) or (
        "-" in lowered and all(is_word(part, language) for part in lowered.split("-") if part)
    )
