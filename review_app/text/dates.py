"""Months and weekdays by name, in the languages that checks know."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

MONTHS = {
    "sv": ("januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober",
           "november", "december"),
    "en": ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
           "november", "december"),
}  # fmt: skip
WEEKDAYS = {
    "sv": ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"),
    "en": ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
}
_SHORT_MONTHS = {
    "sv": {"jan": 1, "feb": 2, "febr": 2, "apr": 4, "aug": 8, "sept": 9, "sep": 9, "okt": 10, "nov": 11, "dec": 12},
    "en": {"jan": 1, "feb": 2, "mar": 3, "apr": 4, "aug": 8, "sept": 9, "sep": 9, "oct": 10, "nov": 11, "dec": 12},
}
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Named:
    """A month (1–12) or weekday (1–7, Monday first) named in a text, with its half-open span."""

    start: int
    end: int
    written: str
    number: int


def months(text: str, language: str) -> list[Named]:
    """Return the months a text names. English "may" and "march" count only with a capital."""
    return list(_named(text, _month_table(language), capital={"may", "march"} if language == "en" else set()))


def weekdays(text: str, language: str) -> list[Named]:
    """Return the weekdays a text names, in any inflection: "måndagar", "Mondays", "måndagen"."""
    names = WEEKDAYS.get(language, ())
    table = {name + ending: index for index, name in enumerate(names, 1) for ending in _ENDINGS[language]}
    return list(_named(text, table, capital=set()))


def knows(language: str) -> bool:
    """Say whether months and weekdays of the language are known."""
    return language in MONTHS


_ENDINGS = {"sv": ("", "en", "ar", "arna", "s", "ens"), "en": ("", "s")}


def _month_table(language: str) -> dict[str, int]:
    table = {name: index for index, name in enumerate(MONTHS.get(language, ()), 1)}
    return table | _SHORT_MONTHS.get(language, {})


def _named(text: str, table: dict[str, int], capital: set[str]) -> Iterator[Named]:
    for match in _WORD.finditer(text):
        word = match[0].lower()
        if word in table and not (word in capital and match[0].islower()):
            yield Named(match.start(), match.end(), match[0], table[word])
