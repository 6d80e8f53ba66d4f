"""A date, a month, a weekday or a time of day differs.

Wrong when a translation leaves a weekday out that the date says already, or tells the night to
Saturday by the Friday.
"""

from collections.abc import Iterator, Sequence

from review_app.checks.finding import Check, Found, Severity
from review_app.checks.pair import Pair
from review_app.checks.quantities import quantities
from review_app.checks.rules.number import is_time, told
from review_app.locale import N_
from review_app.text.dates import COMPLETE, MONTHS, WEEKDAYS, Date, Named, knows, written_like


def look(pair: Pair) -> Iterator[Found]:
    """Find dates and times that differ, and months and weekdays that only one side names."""
    compared = pair.once(quantities)
    for wanted, given in compared.dates:
        yield _date_differs(pair, wanted, given)
    for missing, surplus in compared.numbers:
        if is_time(missing, surplus):
            yield told(missing, surplus)
    source, target = pair.languages
    if not (knows(source) and knows(target)):
        return
    months = compared.source_months, compared.target_months
    if any(months):
        numbers = {value for number in pair.target_numbers for value in number.values}
        required = [month for month in months[0] if month.number not in numbers]
        yield from _differences(required, *months, MONTHS[target], all_seen=target in COMPLETE)
    yield from _weekdays(pair, target)


def _weekdays(pair: Pair, target: str) -> Iterator[Found]:
    wanted, given = pair.source_named[1], pair.target_named[1]
    if wanted:
        certain = [day for day in wanted if day.certain]
        yield from _differences(certain, wanted, given, WEEKDAYS[target], all_seen=target in COMPLETE)


def _date_differs(pair: Pair, wanted: Date, given: Date) -> Found:
    expected, found = pair.source_prose[wanted.start : wanted.end], pair.target_prose[given.start : given.end]
    values = {"expected": expected, "found": found}
    named = next((month for month in pair.target_named[0] if given.start <= month.start < given.end), None)
    if named and wanted.day == given.day and given.year in {0, wanted.year}:  # only the month is wrong
        fix = written_like(named.written, wanted, named._replace(start=0, end=len(named.written)))
        return Found("date_differs", (wanted.start, wanted.end), (named.start, named.end), values, fix=fix)
    place = named._replace(start=named.start - given.start, end=named.end - given.start) if named else None
    fix = written_like(found, wanted, place)
    return Found("date_differs", (wanted.start, wanted.end), (given.start, given.end), values, fix=fix)


def _differences(
    required: Sequence[Named], wanted: Sequence[Named], given: Sequence[Named], names: Sequence[str], *, all_seen: bool
) -> Iterator[Found]:
    known = {name.number for name in wanted}
    found = {name.number for name in given}
    missing = [name for name in required if name.number not in found]
    surplus = [name for name in given if name.number not in known]
    for index, name in enumerate(missing):
        if index < len(surplus):
            other = surplus[index]
            values = {"expected": name.written, "found": other.written}
            fix = names[name.number - 1] if other.written == names[other.number - 1] else None
            yield Found("date_differs", (name.start, name.end), (other.start, other.end), values, fix=fix)
        elif all_seen:
            yield Found("date_missing", (name.start, name.end), None, {"expected": name.written}, Severity.MAJOR)


CHECK = Check(N_("Date or time"), Severity.CRITICAL, "accuracy/mistranslation", look)
