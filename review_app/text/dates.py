"""Months and weekdays by name, in the languages that checks know."""

import re
from collections.abc import Mapping
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
_SHORT_WEEKDAYS = {"en": {"mon": 1, "tue": 2, "tues": 2, "wed": 3, "thu": 4, "thurs": 4, "fri": 5, "sat": 6, "sun": 7}}
_WITH_CAPITAL = frozenset({"may", "march", "mon", "wed", "sat", "sun", "fri", "mar"})
"""English names that are other words when written small."""


@dataclass(frozen=True, slots=True)
class Named:
    """A month (1–12) or weekday (1–7, Monday first) named in a text, with its half-open span."""

    start: int
    end: int
    written: str
    number: int


def months(text: str, language: str) -> list[Named]:
    """Return the months a text names. English "may" counts only with a capital, Swedish "mars" only without."""
    return _named(text, _MONTHS[language]) if language in _MONTHS else []


def weekdays(text: str, language: str) -> list[Named]:
    """Return the weekdays a text names, inflected and compounded: "måndagar", "fredagskvällen", "Mondays"."""
    return _named(text, _WEEKDAYS[language]) if language in _WEEKDAYS else []


def knows(language: str) -> bool:
    """Say whether months and weekdays of the language are known."""
    return language in MONTHS


_Names = tuple[re.Pattern[str], Mapping[str, int], str]
"""How to find names, the number of each, and the language."""


def _names(language: str, names: tuple[str, ...], short: Mapping[str, int], ending: str) -> _Names:
    numbers = {name: index for index, name in enumerate(names, 1)}
    longest_first = sorted({*numbers, *short}, key=len, reverse=True)
    pattern = re.compile(rf"(?<!\w)({'|'.join(longest_first)}){ending}(?!\w)", re.IGNORECASE)
    return pattern, {**short, **numbers}, language


_MONTHS = {language: _names(language, names, _SHORT_MONTHS[language], "s?") for language, names in MONTHS.items()}
_WEEKDAYS = {
    language: _names(language, names, _SHORT_WEEKDAYS.get(language, {}), r"\w{0,40}" if language == "sv" else "s?")
    for language, names in WEEKDAYS.items()
}


def _named(text: str, names: _Names) -> list[Named]:
    pattern, numbers, language = names
    return [
        Named(match.start(), match.end(), match[0], numbers[match[1].lower()])
        for match in pattern.finditer(text)
        if not (match[1].lower() in _WITH_CAPITAL and language == "en" and match[1].islower())
        and not (language == "sv" and match[1] == "Mars")  # the planet
    ]
