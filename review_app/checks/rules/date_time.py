"""A month, a weekday or a time of day differs.

Wrong when a translation gives a month as a number, or leaves a weekday out that the date says already.
"""

from collections.abc import Iterator, Sequence

from review_app.checks.finding import Check, Found, Severity
from review_app.checks.pair import Pair
from review_app.checks.rules.number import differences, is_time, told
from review_app.locale import N_
from review_app.text.dates import Named, knows, months, weekdays


def look(pair: Pair) -> Iterator[Found]:
    """Find times that differ, and months and weekdays that only one side names."""
    for missing, surplus in differences(pair):
        if is_time(missing, surplus):
            yield told(missing, surplus)
    source, target = pair.languages
    if not (knows(source) and knows(target)):
        return
    numbers = {value for number in pair.target_numbers for value in number.values}
    wanted = months(pair.source_text, source)
    given = months(pair.target_text, target)
    yield from _differences([month for month in wanted if month.number not in numbers], wanted, given)
    days = weekdays(pair.source_text, source)
    yield from _differences(days, days, weekdays(pair.target_text, target))


def _differences(required: Sequence[Named], wanted: Sequence[Named], given: Sequence[Named]) -> Iterator[Found]:
    known = {name.number for name in wanted}
    found = {name.number for name in given}
    missing = [name for name in required if name.number not in found]
    surplus = [name for name in given if name.number not in known]
    for index, name in enumerate(missing):
        if index < len(surplus):
            other = surplus[index]
            values = {"expected": name.written, "found": other.written}
            yield Found("date_differs", (name.start, name.end), (other.start, other.end), values)
        else:
            yield Found("date_missing", (name.start, name.end), None, {"expected": name.written}, Severity.MAJOR)


CHECK = Check(N_("Date or time"), Severity.CRITICAL, "accuracy/mistranslation", look)
