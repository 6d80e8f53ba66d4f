"""Whether an English word may translate a Swedish one, by Folkets lexikon (KTH, CC BY-SA 2.5, part of svlang)."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files

from review_app.checks.forms import base_form

_ENGLISH = re.compile(r"[a-z]{3,}")
_APART = "\t"

SHORTEST = 4
"""Letters of a Swedish word that are looked for inside others: "domstol" in "domstolens" and "högsta-domstolen"."""


def may_translate(english: str, swedish: Iterable[str]) -> bool | None:
    """Say whether one of these Swedish words may be what an English one translates; None if the English is unknown."""
    known = _swedish_for(english.lower())
    if not known:
        return None
    words = [word.lower() for word in swedish]
    text = _APART.join(words)  # one search of all words for each of hundreds of headwords
    if any(headword[: max(SHORTEST, len(headword) - 2)] in text for headword in known if len(headword) >= SHORTEST):
        return True
    short = tuple(headword for headword in known if len(headword) < SHORTEST)
    return any(_is_form(word, headword) for word in words if word.startswith(short) for headword in short)


def _is_form(word: str, headword: str) -> bool:
    return word.startswith(headword) and len(word) <= len(headword) + 3


@lru_cache(maxsize=20_000)
def _swedish_for(english: str) -> frozenset[str]:
    """Return the Swedish headwords whose meanings name an English word, in any of its forms."""
    known = _by_english()
    return frozenset(f"{known.get(english, '')}{known.get(base_form(english, 'en'), '')}".split(_APART)) - {""}


@cache
def _by_english() -> dict[str, str]:
    """Return the Swedish headwords by English word, as one text each: 20,000 sets would take three times the room."""
    found: dict[str, str] = {}
    for line in files("svlang.data").joinpath("folkets_sv_en.tsv").read_text("utf-8").splitlines():
        headword, tab, meaning = line.partition("\t")
        if tab and not line.startswith("#"):
            swedish = headword.replace("|", "").strip("- ").lower()
            for english in _ENGLISH.findall(meaning.lower()):
                found[english] = f"{found.get(english, '')}{swedish}{_APART}"
    return found
