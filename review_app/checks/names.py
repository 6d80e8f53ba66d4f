"""Names as they are written in two languages: places with forms of their own, spellings that may be one name."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

from babel import Locale
from babel.core import get_global
from rapidfuzz import fuzz

from review_app.checks.places import ABBREVIATIONS, EXONYMS, WORDS
from review_app.text.remembered import MOST

ALIKE = 58
"""Similarity (0–100) of plain spellings from which two words with a capital may be one name."""

ALIKE_SMALL = 72
"""The same for a name and a word without a capital that may be made from it: "Afghan", "afghanska"."""

PREFIX = 4
"""First letters, as plain spelling, that two forms of a name share: "Samoas", "Samoan"."""

_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("tch|tj|tsch|ch|kh|ck|c|q", "k"), ("ph", "f"), ("[zß]", "s"), ("sh|sj|sch", "s"), ("w", "v"), ("[yj]", "i"),
        ("th", "t"), ("gh", "g"), (r"(.)\1", r"\1"),
    )
)  # fmt: skip
"""What is one sound in many spellings: "Chrustjov", "Khrushchev"; doubled letters."""

_ONE_LETTER = str.maketrans({"æ": "a", "ø": "o", "ı": "i", "ł": "l", "đ": "d", "ð": "d", "þ": "t"})
_POSSESSIVE = re.compile(r"['’]s?$")


@lru_cache(maxsize=MOST)
def plain(word: str) -> str:
    """Return how a name sounds: small letters without accents, one letter a sound."""
    letters = unicodedata.normalize("NFD", word.lower().translate(_ONE_LETTER))
    spelling = "".join(letter for letter in letters if not unicodedata.combining(letter))
    for pattern, sound in _SOUNDS:
        spelling = pattern.sub(sound, spelling)
    return spelling


@lru_cache(maxsize=MOST)
def stem(word: str) -> str:
    """Return a name in small letters without the ending of its genitive."""
    lowered = _POSSESSIVE.sub("", word.lower())
    return lowered[:-1] if lowered.endswith("s") and len(lowered) > 4 else lowered


@lru_cache(maxsize=MOST)
def are_one_name(one: str, other: str) -> bool:
    """Say whether two words with a capital may be one name in two spellings."""
    first, second = plain(stem(one)), plain(stem(other))
    return (
        first[:PREFIX] == second[:PREFIX]
        or (min(len(first), len(second)) > PREFIX and (first in second or second in first))
        or fuzz.ratio(first, second) >= ALIKE
    )


@lru_cache(maxsize=MOST)
def may_come_from(name: str, word: str) -> bool:
    """Say whether a small word of the other language may be what a name is made from: "iransk", "Iranian"."""
    first, second = plain(stem(name)), plain(word)
    if min(len(first), len(second)) < PREFIX:
        return False
    return first[:PREFIX] == second[:PREFIX] or (
        len(first) > PREFIX and (first[:-1] in second or fuzz.ratio(first, second) >= ALIKE_SMALL)
    )


@lru_cache(maxsize=MOST)
def other_forms(name: str) -> frozenset[str]:
    """Return a name's forms in the other language, in small letters: "sverige", "sweden"."""
    lowered = _POSSESSIVE.sub("", name.lower())
    known = _forms()
    return known.get(lowered, frozenset()) | known.get(lowered.removesuffix("s"), frozenset())


@cache
def _forms() -> dict[str, frozenset[str]]:
    """Return names both ways: countries, languages and cities from CLDR, and some that CLDR does not have."""
    forms: dict[str, set[str]] = {}
    for one, other in [*_from_cldr(), *EXONYMS.items(), *ABBREVIATIONS.items(), *WORDS.items()]:
        for word in _parts(one):
            for word_other in _parts(other):
                if word != word_other:
                    forms.setdefault(word, set()).add(word_other)
                    forms.setdefault(word_other, set()).add(word)
    return {name: frozenset(others) for name, others in forms.items()}


_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_SMALL = frozenset("och and the of in av i".split())


def _parts(name: str) -> Iterator[str]:
    return (word for word in _WORD.findall(name.lower()) if word not in _SMALL and len(word) > 1)


def _from_cldr() -> Iterator[tuple[str, str]]:
    swedish, english = Locale("sv"), Locale("en")
    for names, others in ((swedish.territories, english.territories), (swedish.languages, english.languages)):
        yield from ((name, others[key]) for key, name in names.items() if key in others)
    for zone, place in swedish.time_zones.items():
        city = place.get("city")
        other = english.time_zones.get(zone, {}).get("city") or zone.rpartition("/")[2].replace("_", " ")
        if city and " " not in city + other:
            yield city, other


CONTINENTS = ("Europe/", "Asia/", "Africa/", "America/", "Australia/")
"""The time zones that are named after cities begin so."""

NO_CITIES = frozenset({"Center", "Resolute", "Oral", "Jersey", "Salta", "Knox", "Eastern", "Troll"})
"""Cities whose names are other words."""


@cache
def _places() -> frozenset[str]:
    """Return the Swedish names of countries and large cities, and of people that are another word in English."""
    names = {one for one, other in _from_cldr() if one[0].isupper() and " " not in one} | EXONYMS.keys()
    zones = (zone.rpartition("/")[2] for zone in get_global("zone_territories") if zone.startswith(CONTINENTS))
    return frozenset(name.lower() for name in names | {city for city in zones if city.isalpha()} - NO_CITIES)


@lru_cache(maxsize=MOST)
def is_place(word: str) -> bool:
    """Say whether a Swedish word with a capital is a name that is known, though it may be a Swedish word, too."""
    lowered = word.lower()
    return lowered in _places() or lowered.removesuffix("s") in _places()


@cache
def _english_places() -> frozenset[str]:
    """Return the English names of countries and large cities: of one word, and no language."""
    languages = set(Locale("en").languages.values())
    zones = (zone.rpartition("/")[2] for zone in get_global("zone_territories") if zone.startswith(CONTINENTS))
    names = {other for _, other in _from_cldr()} | set(zones)
    return frozenset(name for name in names - languages - NO_CITIES if name.isalpha() and name[0].isupper())


def is_english_place(word: str) -> bool:
    """Say whether an English word with a capital is a country or a large city."""
    return word in _english_places()
