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
    return any(_is_form(word.lower(), headword) for word in swedish for headword in known) if known else None


def _is_form(word: str, headword: str) -> bool:
    if len(headword) < SHORTEST:
        return word.startswith(headword) and len(word) <= len(headword) + 3
    return headword[: max(SHORTEST, len(headword) - 2)] in word


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
