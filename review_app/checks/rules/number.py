"""A number differs: digits, amounts, times of day, decades.

Wrong when units were converted (8 cm, 3 inches) or a number is told in words that are not known here.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from review_app.checks.finding import Check, Found, Severity
from review_app.checks.pair import Pair
from review_app.locale import N_
from review_app.text.dates import knows, months
from review_app.text.numbers import Number

IMPERIAL = re.compile(
    r"\b(?:miles?|mph|mi|inch(?:es)?|feet|foot|ft|yards?|pounds?|lbs?|ounces?|acres?|gallons?|degrees?)\b|°?F\b"
)
"""Units that a translation for English readers may convert to."""

CONVERSIONS = (0.6214, 0.3937, 3.2808, 1.0936, 2.2046, 0.0353, 2.4711, 0.2642)
"""Miles a kilometre, inches a centimetre, feet and yards a metre, pounds a kilogram, ounces a gram, acres a hectare,
gallons a litre."""

ROUNDED = 0.15
"""How far a converted number may be rounded."""

MOST_MEASURES = 50
"""Numbers of a text that are tried as measures in another unit."""


def look(pair: Pair) -> Iterator[Found]:
    """Find numbers that have no equal on the other side; times of day are told by the check of dates."""
    for missing, surplus in differences(pair):
        if not is_time(missing, surplus):
            yield told(missing, surplus)


def is_time(missing: Number | None, surplus: Number | None) -> bool:
    """Say whether a difference is one between times of day."""
    return bool((missing and missing.is_time) or (surplus and surplus.is_time))


def told(missing: Number | None, surplus: Number | None) -> Found:
    """Return what is told of a difference."""
    source_span = (missing.start, missing.end) if missing else None
    target_span = (surplus.start, surplus.end) if surplus else None
    values = {"expected": missing.written.strip()} if missing else {}
    values |= {"found": surplus.written.strip()} if surplus else {}
    if missing and surplus:
        severity = Severity.CRITICAL if missing.numeral and surplus.numeral else Severity.MAJOR
        return Found("number_differs", source_span, target_span, values, severity)
    return Found("number_missing" if missing else "number_added", source_span, target_span, values, Severity.MAJOR)


def differences(pair: Pair) -> list[tuple[Number | None, Number | None]]:
    """Return missing numbers beside the surplus ones that probably stand in their place.

    Numerals come first; a number word is only worth telling when another number stands in its place.
    """
    source, target = pair.source_numbers, pair.target_numbers
    if not source and not target:
        return []
    missing = _unmatched(source, target, pair, target=True)
    surplus = _unmatched(target, source, pair, target=False)
    if surplus and IMPERIAL.search(pair.target_text):
        missing, surplus = _without_conversions(missing, surplus, pair)
    wanted, given = ([n for n in some if n.numeral] for some in (missing, surplus))
    wanted += [n for n in missing if not n.numeral][: max(len(surplus) - len(wanted), 0)]
    given += [n for n in surplus if not n.numeral][: max(len(missing) - len(given), 0)]
    return [pair for pair in zip_longest(wanted, given) if _is_worth_telling(*pair)]


def _is_worth_telling(missing: Number | None, surplus: Number | None) -> bool:
    if missing and surplus:
        return True
    alone = missing or surplus
    return alone is not None and alone.numeral


def _without_conversions(missing: list[Number], surplus: list[Number], pair: Pair) -> tuple[list[Number], list[Number]]:
    """Leave out measures that the translation gives in another unit, instead of the source's or beside it."""
    metric = [number for number in pair.source_numbers if number.numeral][:MOST_MEASURES]
    told = [number for number in surplus if any(_is_converted(other, number) for other in metric)]
    if not told:
        return missing, surplus
    return (
        [number for number in missing if not any(_is_converted(number, other) for other in told[:MOST_MEASURES])],
        [number for number in surplus if number not in told],
    )


def _is_converted(number: Number, other: Number) -> bool:
    metric, imperial = min(number.values), min(other.values)
    if metric <= 0:
        return False
    known = [metric * factor for factor in CONVERSIONS] + [metric * 1.8 + 32]
    return any(abs(imperial - value) <= max(ROUNDED * value, 0.5) for value in known)


def _unmatched(wanted: Sequence[Number], given: Sequence[Number], pair: Pair, *, target: bool) -> list[Number]:
    """Return the numerals and counting words that no number of the other side agrees with."""
    clocks = {number.clock for number in given if number.clock is not None}
    any_time = {value for number in given for value in number.values}
    uncertain = {value for number in given if number.clock is None for value in number.values} if clocks else any_time
    unmatched = []
    for number in wanted:
        known = any_time if number.clock is None else uncertain
        if (number.numeral or number.counts) and number.clock not in clocks and known.isdisjoint(number.values):
            unmatched.append(number)
    if unmatched:
        others = _month_numbers(pair, target=target)
        text = pair.source_text if target else pair.target_text
        unmatched = [n for n in unmatched if others.isdisjoint(n.values) and not _is_dialling_code(n, text)]
    return unmatched


def _is_dialling_code(number: Number, text: str) -> bool:
    """Say whether a number is the +46 (0) before a telephone number, which only foreigners need."""
    return text[max(0, number.start - 1) : number.start] == "+" or text[number.start - 1 : number.end + 1] == "(0)"


def _month_numbers(pair: Pair, *, target: bool) -> frozenset[float]:
    """Return the numbers of the months that a side names: "2014-06-23" may be told with "June"."""
    language = pair.languages[1 if target else 0]
    text = pair.target_text if target else pair.source_text
    return frozenset(float(month.number) for month in months(text, language)) if knows(language) else frozenset()


CHECK = Check(N_("Number"), Severity.CRITICAL, "accuracy/mistranslation", look)
