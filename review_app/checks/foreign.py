"""Words that a text of a language should not hold: which ones are known, and what an unknown one may be."""

import string
from functools import lru_cache

from rapidfuzz import fuzz, process

from review_app.checks.forms import nearest_form
from review_app.checks.lexicon import LONGEST_WORD, is_common_english, is_word
from review_app.text.remembered import MOST

OTHERS = ("de", "es", "fr", "it", "cs", "nb")
"""Languages whose words are looked for in English texts; simplemma keeps eight dictionaries in memory, not more."""

ALIKE = 60
"""Similarity (0–100) from which a word may be the source's own, in another spelling: a name, a loan."""

SHORTEST_PART = 3
"""Letters of the shortest part of a compound: "newsfeed", "dashcam"."""

SHORTEST_BASE = 4
"""Letters of the shortest word that others are made of."""

BEGINNINGS = ("un", "re", "de", "pre", "non", "over", "under", "out", "mis", "sub", "co", "multi", "inter", "anti")
ENDINGS = {
    "ness": ("",), "less": ("",), "like": ("",), "ly": ("", "le"), "ability": ("able",), "ibility": ("ible",),
    "ization": ("", "ize"), "isation": ("", "ise"), "ized": ("",), "ised": ("",), "izing": ("",), "ising": ("",),
    "able": ("", "e"), "er": ("", "e"), "ers": ("", "e"), "ing": ("", "e"), "ings": ("", "e"), "ed": ("", "e"),
    "wise": ("",), "ful": ("",), "ist": ("",), "ists": ("",), "ism": ("",), "es": ("",), "s": ("",),
}  # fmt: skip
"""How English makes words of others, and what then has to be put back: "distractibility", "distractible"."""

ENGLISH_LOOKS = (
    "ery",
    "ibility",
    "ability",
    "tion",
    "tions",
    "ness",
    "ing",
    "ers",
    "ism",
    "able",
    "ship",
    "hood",
    "wise",
)
"""Endings of English words that are too new for a dictionary."""


@lru_cache(maxsize=MOST)
def is_english(word: str) -> bool:
    """Say whether a word is English, as it stands or made of English words by its rules."""
    lowered = word.lower().replace("’", "'").removesuffix("'s").removesuffix("'")
    if len(lowered) > LONGEST_WORD or is_word(lowered, "en") or is_common_english(lowered):
        return True
    return lowered.isascii() and (_is_derived(lowered) or _is_compound(lowered))


def _is_derived(word: str) -> bool:
    for beginning in BEGINNINGS:
        rest = word.removeprefix(beginning)
        if SHORTEST_BASE <= len(rest) < len(word) and (is_word(rest, "en") or _has_ending(rest)):
            return True
    return _has_ending(word)


def _has_ending(word: str) -> bool:
    for ending, restored in ENDINGS.items():
        rest = word.removesuffix(ending)
        if SHORTEST_BASE <= len(rest) < len(word) and any(is_common_english(rest + letters) for letters in restored):
            return True
    return False


def _is_compound(word: str) -> bool:
    return any(
        is_common_english(word[:cut]) and (is_common_english(word[cut:]) or _has_ending(word[cut:]))
        for cut in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1)
    )


@lru_cache(maxsize=MOST)
def looks_english(word: str) -> bool:
    """Say whether a word that no dictionary has is built like English ones: "hoggery", "dashcam"."""
    return word.endswith(ENGLISH_LOOKS) or any(
        is_word(word[:cut], "en") and is_word(word[cut:], "en")
        for cut in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1)
    )


@lru_cache(maxsize=MOST)
def other_language(word: str) -> str | None:
    """Return a language that has a word English lacks, if one is known."""
    return next((language for language in OTHERS if is_word(word, language)), None)


@lru_cache(maxsize=20_000)
def suggestion(word: str, language: str) -> str | None:
    """Return the word of a language that a misspelt one was probably meant to be: one letter away."""
    lowered = word.lower()
    if len(lowered) > LONGEST_WORD or not lowered.isalpha():
        return None
    return nearest_form(lowered, LETTERS[language], language)


LETTERS = {"en": string.ascii_lowercase, "sv": string.ascii_lowercase + "åäöé"}


def resembles(word: str, others: frozenset[str], least: int = ALIKE) -> bool:
    """Say whether a word is spelt much like one of the others."""
    return process.extractOne(word, others, scorer=fuzz.ratio, score_cutoff=least) is not None
