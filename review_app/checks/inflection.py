"""Whether a Swedish word is a form of another, or a compound that ends with it."""

from enum import Enum
from functools import lru_cache

from review_app.checks.forms import base_form
from review_app.checks.lexicon import LONGEST_WORD, is_word
from review_app.text.remembered import MOST

SHORTEST_STEM = 3
"""Letters of the shortest word whose forms are made by adding an ending."""

SHORTEST_LAST_PART = 5
"""Letters of the shortest word by which a compound is known."""

ENDINGS = frozenset(
    """
    s n en ens et ets t ts ar ars arna arnas er ers erna ernas or ors orna ornas na nas r rs a as e es an ans are ares
    arens aren arnas d de dde ade at ad ande it ts ta tes
    """.split()
)
"""Endings of Swedish nouns, verbs and adjectives, also after a last vowel is dropped."""

VOWELS = "aeo"


class Match(Enum):
    """How a word of a text stands to a term."""

    NO = 0
    COMPOUND = 1
    FORM = 2


@lru_cache(maxsize=MOST)
def matches(word: str, term: str) -> Match:
    """Say how a word stands to a term, both in lower case: "avgifter" and "taxeavgiften" to "avgift"."""
    if _is_form(word, term):
        return Match.FORM
    if len(word) > LONGEST_WORD or len(term) < SHORTEST_LAST_PART or len(word) < len(term) + SHORTEST_STEM:
        return Match.NO
    place = word.find(_stem(term), 2)
    if place > 0 and _is_form(word[place:], term) and (is_word(word[:place], "sv") or is_word(word[: place - 1], "sv")):
        return Match.COMPOUND
    return Match.NO


def _stem(term: str) -> str:
    return term[:-1] if len(term) > SHORTEST_STEM and term[-1] in VOWELS else term


def _is_form(word: str, term: str) -> bool:
    if word == term:
        return True
    stem = _stem(term)
    if len(stem) >= SHORTEST_STEM and word.startswith(stem) and word[len(stem) :] in ENDINGS:
        return True
    return word[0] == term[0] and len(word) <= LONGEST_WORD and _lemma(word) == _lemma(term)


@lru_cache(maxsize=MOST)
def _lemma(word: str) -> str:
    return base_form(word, "sv")
