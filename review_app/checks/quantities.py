"""Which numbers, times and dates of a pair have no equal on the other side; several checks tell of them."""

import re
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import NamedTuple

from review_app.checks.codes import source_codes, target_codes
from review_app.checks.pair import Pair
from review_app.checks.units import without_conversions
from review_app.text.codes import Code
from review_app.text.dates import Date, Named, find_dates
from review_app.text.number_words import WORDS
from review_app.text.numbers import Number, western

SMALL = 12
"""Numbers up to here are told in words in many languages; where the words are not known, nothing is said of them."""

PAIR = 2
"""Numbers up to here have words that mean something else, too: "andra", "ett par"."""

MOST = 200
"""Numbers of a side that are compared with one another; a text with more is a table."""

_GLUED = re.compile(r"[^\W\d_](\d{1,12})(?!\d)")
"""Digits that end a name: "CG4684", "E4"."""


class Quantities(NamedTuple):
    """What differs between a pair's numbers and dates: those of the source beside those of the target.

    ``source_months`` and ``target_months`` are the months that belong to no date that was compared.
    """

    numbers: tuple[tuple[Number | None, Number | None], ...] = ()
    dates: tuple[tuple[Date, Date], ...] = ()
    source_months: tuple[Named, ...] = ()
    target_months: tuple[Named, ...] = ()


NONE = Quantities()


def quantities(pair: Pair) -> Quantities:
    """Compare the numbers, times and dates of a pair."""
    source_months, target_months = pair.source_named[0], pair.target_named[0]
    if not (pair.source_numbers or pair.target_numbers or source_months or target_months):
        return NONE
    wanted = find_dates(
        pair.source_prose, pair.languages[0], source_months, has_digits=_has_digits(pair.source_numbers)
    )
    given = find_dates(pair.target_prose, pair.languages[1], target_months, has_digits=_has_digits(pair.target_numbers))
    dates = _compare_dates(wanted, given)
    return Quantities(
        tuple(_differences(pair, dates.source, dates.target)),
        tuple(dates.differing),
        tuple(_outside(source_months, dates.source)),
        tuple(_outside(target_months, dates.target)),
    )


def _has_digits(numbers: Sequence[Number]) -> bool:
    return any(number.numeral for number in numbers)


class _Dates(NamedTuple):
    """The dates of each side that were compared, and the pairs of them that differ."""

    source: list[Date]
    target: list[Date]
    differing: list[tuple[Date, Date]]


_NO_DATES = _Dates([], [], [])


def _compare_dates(wanted: Sequence[Date], given: Sequence[Date]) -> _Dates:
    if not wanted and not given:
        return _NO_DATES
    wanted, given = wanted[:MOST], given[:MOST]
    source = [date for date in wanted if any(date.agrees(other) for other in given)]
    target = [date for date in given if any(date.agrees(other) for other in wanted)]
    missing = [date for date in wanted if date.certain and date not in source]
    surplus = [date for date in given if date.certain and date not in target]
    differing = list(zip(missing, surplus, strict=False))
    return _Dates([*source, *(one for one, _ in differing)], [*target, *(other for _, other in differing)], differing)


def _outside(named: Iterable[Named], dates: Sequence[Date]) -> list[Named]:
    return [month for month in named if not any(date.start <= month.start < date.end for date in dates)]


def _differences(
    pair: Pair, source_dates: Sequence[Date], target_dates: Sequence[Date]
) -> list[tuple[Number | None, Number | None]]:
    """Return missing numbers beside the surplus ones that probably stand in their place.

    Numerals come first; a number word is only worth telling when another number stands in its place.
    """
    source, target = pair.source_numbers, pair.target_numbers
    missing = _unmatched(source, target, source_dates)
    surplus = _unmatched(target, source, target_dates)
    if not missing and not surplus:
        return []
    missing, surplus = _without_codes(missing[:MOST], surplus[:MOST], pair)
    missing, surplus = without_conversions(missing, surplus, pair)
    if pair.languages[1] not in WORDS:
        missing = [number for number in missing if not _may_be_told_in_words(number)]
    if len(surplus) > len(missing):
        missing = [*missing, *_loose(source, target)]
    return [both for both in _side_by_side(missing, surplus) if _is_worth_telling(*both)]


def _loose(numbers: Sequence[Number], others: Sequence[Number]) -> list[Number]:
    """Return the words a translation may put another way that no number of the other side agrees with: "tredje"."""
    known = {value for other in others for value in other.values}
    words = (number for number in numbers if not number.numeral and not number.counts)
    return [number for number in words if min(number.values) > PAIR and known.isdisjoint(number.values)]


def _side_by_side(missing: list[Number], surplus: list[Number]) -> Iterable[tuple[Number | None, Number | None]]:
    wanted, given = ([n for n in some if n.numeral] for some in (missing, surplus))
    wanted += [n for n in missing if not n.numeral][: max(len(surplus) - len(wanted), 0)]
    given += [n for n in surplus if not n.numeral][: max(len(missing) - len(given), 0)]
    return zip_longest(wanted, given)


def _may_be_told_in_words(number: Number) -> bool:
    return min(number.values) <= SMALL and min(number.values).is_integer()


def _is_worth_telling(missing: Number | None, surplus: Number | None) -> bool:
    if missing and surplus:
        return True
    if surplus and surplus.values in _EMPHATIC:
        return False
    alone = missing or surplus
    return alone is not None and alone.numeral


_EMPHATIC = frozenset({frozenset({1.0}), frozenset({100.0})})
"""Numbers that say nothing when they are added: "100 percent certain", "No. 1"."""


def _unmatched(wanted: Sequence[Number], given: Sequence[Number], dates: Sequence[Date]) -> list[Number]:
    """Return the numerals and counting words, outside of these dates, that no number of the other side agrees with."""
    known: set[float] | None = None
    unmatched = []
    for number in wanted:
        if not (number.numeral or number.counts):
            continue
        if known is None:
            clocks = {other.clock for other in given if other.clock is not None}
            known = {value for other in given for value in other.values}
            uncertain = {value for other in given if other.clock is None for value in other.values} if clocks else known
        values = known if number.clock is None else uncertain
        if number.clock not in clocks and values.isdisjoint(number.values) and not _is_in_date(number, dates):
            unmatched.append(number)
    return unmatched


def _is_in_date(number: Number, dates: Sequence[Date]) -> bool:
    return any(date.start <= number.start < date.end for date in dates)


def _without_codes(missing: list[Number], surplus: list[Number], pair: Pair) -> tuple[list[Number], list[Number]]:
    """Leave out digits of telephone numbers and the like, which other checks compare, and digits that end a name."""
    source, target = source_codes(pair)[:MOST], target_codes(pair)[:MOST]
    return (
        _amounts(missing, source, target, pair.target_prose),
        _amounts(surplus, target, source, pair.source_prose),
    )


def _amounts(numbers: list[Number], own: Sequence[Code], others: Sequence[Code], other_text: str) -> list[Number]:
    if not numbers:
        return numbers
    glued = {float(digits) for digits in _GLUED.findall(western(other_text))}
    digits = [code.digits for code in others]
    return [
        number
        for number in numbers
        if glued.isdisjoint(number.values)
        and not any(code.start <= number.start < code.end for code in own)
        and not (number.numeral and any(_digits(number) in code for code in digits))
    ]


def _digits(number: Number) -> str:
    return "".join(filter(str.isdigit, western(number.written)))
