"""Which words a language has: dictionaries that ship with packages, loaded when first needed.

simplemma knows the forms of words in many languages, names among them. Folkets lexikon (KTH, CC BY-SA 2.5, part of
svlang) has no names, so it tells common Swedish and English words from names.
"""

from functools import cache, lru_cache
from importlib.resources import files

from review_app.checks.forms import base_form, has_form
from review_app.text.remembered import MOST
from review_app.text.wordbook import forms_of, prepare

LONGEST_WORD = 60
"""Letters of the longest word that is looked up: what is longer is none."""

SHORTEST_TAIL = 4
"""Letters of the shortest last part by which a Swedish compound is known; one fewer if the first part is known, too."""


@lru_cache(maxsize=MOST)
def is_word(word: str, language: str) -> bool:
    """Say whether a word, in any of its forms, is in the dictionary of a language; well-known names are."""
    lowered = word.lower()
    return has_form(lowered, language) or (
        "-" in lowered and all(is_word(part, language) for part in lowered.split("-") if part)
    )


@lru_cache(maxsize=MOST)
def is_common_swedish(word: str) -> bool:
    """Say whether a word is a common Swedish one, inflected or compounded as may be, and so no name."""
    lowered = word.lower()
    if len(lowered) > LONGEST_WORD:
        return False
    if is_swedish_form(lowered):
        return True
    tail = len(lowered) - SHORTEST_TAIL
    return any(is_swedish_form(lowered[cut:]) for cut in range(2, tail + 1)) or (
        tail + 1 >= SHORTEST_TAIL and is_swedish_form(lowered[: tail + 1]) and is_swedish_form(lowered[tail + 1 :])
    )


@lru_cache(maxsize=MOST)
def is_common_english(word: str) -> bool:
    """Say whether a word is a common English one, and so no name."""
    lowered = word.lower().removesuffix("'s").removesuffix("’s")
    english = _folkets()[1]
    return lowered in english or base_form(lowered, "en") in english


@lru_cache(maxsize=MOST)
def is_swedish_form(word: str) -> bool:
    """Say whether a word is a form of one of the dictionary's Swedish headwords."""
    lowered = word.lower()
    swedish = _folkets()[0]
    return lowered in swedish or base_form(lowered, "sv") in swedish


def load(*others: str) -> None:
    """Load the dictionaries that every check needs, and those of other languages."""
    _folkets()
    languages = ("sv", "en", *others)
    prepare(languages)
    for language in languages:
        forms_of(language)


@cache
def _folkets() -> tuple[frozenset[str], frozenset[str]]:
    """Return the dictionary's Swedish headwords and the words of its English translations, in lower case."""
    swedish: set[str] = set()
    english: set[str] = set()
    for line in files("svlang.data").joinpath("folkets_sv_en.tsv").read_text("utf-8").splitlines():
        word, tab, meaning = line.partition("\t")
        if tab and not line.startswith("#") and len(word) > 1:
            swedish.add(word.strip().lower())
            english.update(part.strip(".,;:()[]!?'\"") for part in meaning.split() if part.islower())
    return frozenset(swedish), frozenset(english)
