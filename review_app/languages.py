"""Languages: tags, names in their own language, the direction of their script."""

import re
from dataclasses import dataclass
from functools import cache

from babel import Locale, UnknownLocaleError

from review_app.errors import BadInput
from review_app.locale import N_

HUMAN_ONLY_BY_DEFAULT = frozenset({"fit", "se", "sma", "smj", "sms", "smn", "rom", "rmf", "rmy", "rmn", "yi"})
"""Meänkieli, the Sámi languages, Romani and Yiddish: small languages that machines write badly."""

OWN_NAMES = {
    "fit": "meänkieli",
    "rmf": "kaalengo tšimb",
    "rmn": "romani",
    "rmy": "romani",
    "rom": "romani čhib",
    "sma": "åarjelsaemien gïele",
    "smj": "julevsámegiella",
    "ti": "ትግርኛ",
}
"""Names that CLDR lacks or gives in English."""

NAMES = {
    "sv": {"fit": "meänkieli", "rmf": "finsk romani", "rmn": "balkanromani", "rmy": "vlachromani", "rom": "romani"},
    "en": {"fit": "Meänkieli", "rmf": "Finnish Romani", "rmn": "Balkan Romani", "rmy": "Vlax Romani", "rom": "Romani"},
}
"""Names that CLDR lacks, by interface language."""

RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "syr", "ug", "ur", "yi"})

LONGEST_TAG = 35
"""Characters that the database has room for: as many as RFC 5646, 4.4.1, asks to be."""

_SUBTAG = re.compile("[A-Za-z0-9]{1,8}")


@dataclass(frozen=True, slots=True)
class Language:
    """A language as pages name it: ``tag`` in the spelling of BCP 47, ``own_name`` as its speakers write it."""

    tag: str
    own_name: str
    direction: str


@cache
def get_language(tag: str) -> Language:
    """Return a language by its tag; raises ``BadInput`` naming the tag when there is none."""
    parts = tag.strip().replace("_", "-").split("-")
    known = parts[0].lower() in NAMES["sv"] or _locale(parts[0].lower()) is not None
    is_tag = len(tag.strip()) <= LONGEST_TAG and all(_SUBTAG.fullmatch(part) for part in parts)
    if not is_tag or not known:
        raise BadInput(N_("“{tag}” is not a language tag that is known here. Use one like en, ar or zh-Hant."), tag=tag)
    normal = "-".join(_part(index, part) for index, part in enumerate(parts))
    return Language(normal, own_name(normal), direction(normal))


def own_name(tag: str) -> str:
    """Return a language's name in itself, with a capital: ``English``."""
    locale = _locale(tag)
    name = OWN_NAMES.get(tag) or (locale.get_display_name() if locale else None) or tag
    return name[:1].upper() + name[1:]


def name_in(tag: str, interface: str) -> str:
    """Return a language's name in the interface's language: ``engelska``."""
    locale = _locale(tag)
    name = locale.get_display_name(interface) if locale else None
    return NAMES.get(interface, {}).get(tag) or name or Locale.parse(interface).languages.get(tag) or tag


def direction(tag: str) -> str:
    """Return ``rtl`` for languages written from right to left, else ``ltr``."""
    return "rtl" if tag.split("-", maxsplit=1)[0].lower() in RIGHT_TO_LEFT else "ltr"


def _locale(tag: str) -> Locale | None:
    try:
        return Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return None


def _part(index: int, part: str) -> str:
    if index == 0:
        return part.lower()
    return part.title() if len(part) == 4 else part.upper()
