"""A Swedish word is misspelt: in no dictionary, no compound of known words, and one letter away from a known one.

Wrong for names written small, dialect and new words; put those into the glossary as names.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from review_app.checks.capitals import begins_sentence
from review_app.checks.foreign import suggestion
from review_app.checks.lexicon import LONGEST_WORD, is_common_swedish, is_swedish_form, is_word
from review_app.checks.reading import Word, words
from review_app.checks.source.note import Note, SourceCheck
from review_app.locale import N_
from review_app.text.remembered import MOST

SHORTEST = 5
"""Letters of the shortest word that is judged: short ones are often abbreviations."""

SHORTEST_FIRST = 6
"""The same of a word with a capital: short ones are names."""

FOREIGN = re.compile(r"[wqz]|ue|ea|th|ou")
"""What is in names of other languages, and in few Swedish words: "Mueller", "Stearns"."""

NEIGHBOURS = ("en", "de", "fr", "es", "it")
"""Languages whose names and words may begin a Swedish sentence."""

LONGEST_SHORT = 6
"""Letters of the longest word before a full stop that is taken for an abbreviation."""

SHORTEST_PART = 3
"""Letters of the shortest part of a compound."""

ENDINGS = ("", "n", "en", "et", "s", "ar", "er", "erna", "na", "ad", "ade", "at", "ande")
BEGINNINGS = (
    "in", "i", "o", "på", "av", "ut", "upp", "till", "om", "under", "över", "åter", "ned", "ner", "bort", "fram",
    "från", "efter", "vidare", "icke", "oin", "opå", "oupp", "oav",
)  # fmt: skip


def look(text: str) -> Iterator[Note]:
    """Find words that no dictionary has and that are one letter away from one it has."""
    for word in words(text):
        meant = _meant(word.text) if word.text.islower() else _meant_first(word, text)
        is_short = len(word.text) <= LONGEST_SHORT and text[word.end : word.end + 1] == "."
        if meant and not is_short and text[word.end : word.end + 1] != "-":
            yield Note(word.span, "source_misspelt", {"found": word.text, "expected": meant})


def _meant_first(word: Word, text: str) -> str | None:
    """Return the word that was meant where a sentence begins: a common one, for what begins there may be a name."""
    if len(word.text) < SHORTEST_FIRST or not word.text.istitle() or not begins_sentence(text, word.start):
        return None
    has_company = text[word.end : word.end + 1] in {"'", "’"} or text[word.end + 1 : word.end + 2].isupper()
    return None if has_company else _meant_by_capital(word.text)


@lru_cache(maxsize=MOST)
def _meant_by_capital(word: str) -> str | None:
    meant = _meant(word.lower())
    if not meant or not is_swedish_form(meant) or FOREIGN.search(word.lower()):
        return None
    return None if any(is_word(word, language) for language in NEIGHBOURS) else meant.capitalize()


@lru_cache(maxsize=MOST)
def _meant(word: str) -> str | None:
    if not SHORTEST <= len(word) <= LONGEST_WORD or not word.islower() or not word.isalpha() or is_swedish(word):
        return None
    return suggestion(word, "sv")


@lru_cache(maxsize=MOST)
def is_swedish(word: str) -> bool:
    """Say whether a word is Swedish, as it stands or made of two or more Swedish words, or an English loan."""
    if is_word(word, "sv") or is_swedish_form(word) or _is_loan(word) or _has_beginning(word):
        return True
    return any(
        _is_part(word[:cut]) and (is_word(word[cut:], "sv") or is_common_swedish(word[cut:]))
        for cut in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1)
    )


def _is_loan(word: str) -> bool:
    """Say whether a word is an English one, maybe with a Swedish ending: "strikern"."""
    return any(word.endswith(ending) and is_word(word.removesuffix(ending), "en") for ending in ENDINGS)


def _has_beginning(word: str) -> bool:
    """Say whether a word is a known one with a particle before it: "inritade"."""
    return any(word.startswith(start) and is_word(word.removeprefix(start), "sv") for start in BEGINNINGS)


def _is_part(part: str) -> bool:
    """Say whether letters can begin a compound: "kommun", "kommuns", "kvinn", "gatu"."""
    return any(is_word(part + ending, "sv") for ending in ("", "a", "e")) or (
        part[-1] in "suo" and len(part) > SHORTEST_PART and is_word(part[:-1], "sv")
    )


CHECK = SourceCheck(N_("Spelling of the Swedish"), look)
