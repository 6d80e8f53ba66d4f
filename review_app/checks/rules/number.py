"""A number differs: digits, amounts, times of day, decades.

Wrong when units were converted (8 cm, 3 inches) or a number is told in words that are not known here.
"""

import re
from collections.abc import Iterator, Sequence

from review_app.checks.finding import Check, Found, Severity
from review_app.checks.pair import Pair
from review_app.locale import N_
from review_app.text.dates import knows, months
from review_app.text.numbers import Number

IMPERIAL = re.compile(
    r"\b(?:miles?|mph|mi|inch(?:es)?|feet|foot|ft|yards?|pounds?|lbs?|ounces?|acres?|gallons?)\b|°?F\b"
)
"""Units that a translation for English readers may convert to."""

CONVERSIONS = (0.6214, 0.3937, 3.2808, 1.0936, 2.2046, 0.0353, 2.4711, 0.2642)
"""Miles a kilometre, inches a centimetre, feet and yards a metre, pounds a kilogram, ounces a gram, acres a hectare,
gallons a litre."""

ROUNDED = 0.15
"""How far a converted number may be rounded."""


def look(pair: Pair) -> Iterator[Found]:
    """Find numerals that have no equal on the other side; a missing and a surplus one are told together."""
    missing = _unmatched(pair.source_numbers, pair.target_numbers, _month_numbers(pair, target=True))
    surplus = _unmatched(pair.target_numbers, pair.source_numbers, _month_numbers(pair, target=False))
    if missing and surplus and IMPERIAL.search(pair.target_text):
        missing, surplus = _without_conversions(missing, surplus)
    for index, number in enumerate(missing):
        if index < len(surplus):
            other = surplus[index]
            values = {"expected": number.written.strip(), "found": other.written.strip()}
            yield Found("number_differs", (number.start, number.end), (other.start, other.end), values)
        else:
            values = {"expected": number.written.strip()}
            yield Found("number_missing", (number.start, number.end), None, values, Severity.MAJOR)
    for number in surplus[len(missing) :]:
        values = {"found": number.written.strip()}
        yield Found("number_added", None, (number.start, number.end), values, Severity.MAJOR)


def _without_conversions(missing: list[Number], surplus: list[Number]) -> tuple[list[Number], list[Number]]:
    """Leave out pairs of numbers that are one measure in two units."""
    rest = list(surplus)
    kept = []
    for number in missing:
        match = next((other for other in rest if _is_converted(number, other)), None)
        if match is None:
            kept.append(number)
        else:
            rest.remove(match)
    return kept, rest


def _is_converted(number: Number, other: Number) -> bool:
    metric, imperial = min(number.values), min(other.values)
    if metric <= 0:
        return False
    known = [metric * factor for factor in CONVERSIONS] + [metric * 1.8 + 32]
    return any(abs(imperial - value) <= max(ROUNDED * value, 0.5) for value in known)


def _unmatched(wanted: Sequence[Number], given: Sequence[Number], others: frozenset[float]) -> list[Number]:
    """Return the numerals that no number of the other side agrees with; each is used once while there are enough."""
    free = list(given)
    unmatched = []
    for number in wanted:
        if not number.numeral:
            continue
        match = next((other for other in free if number.agrees(other)), None)
        if match is not None:
            free.remove(match)
        elif not any(number.agrees(other) for other in given) and number.values.isdisjoint(others):
            unmatched.append(number)
    return unmatched


def _month_numbers(pair: Pair, *, target: bool) -> frozenset[float]:
    """Return the numbers of the months that a side names: "2014-06-23" may be told with "June"."""
    language = pair.languages[1 if target else 0]
    text = pair.target_text if target else pair.source_text
    return frozenset(float(month.number) for month in months(text, language)) if knows(language) else frozenset()


CHECK = Check(N_("Number"), Severity.CRITICAL, "accuracy/mistranslation", look)
