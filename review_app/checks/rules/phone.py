"""A telephone number differs.

Wrong when a translation gives another number on purpose, for callers from abroad.
"""

from collections.abc import Iterator

from review_app.checks.codes import differences
from review_app.checks.finding import Check, Found, Severity
from review_app.checks.pair import Pair
from review_app.locale import N_
from review_app.text.codes import Kind


def look(pair: Pair) -> Iterator[Found]:
    """Compare telephone numbers, however they are grouped and with or without the country's code."""
    for wanted, given in differences(pair, Kind.PHONE):
        if wanted and given:
            fix = wanted.written if wanted.written[0] == given.written[0] else None
            yield Found("phone_differs", wanted.span, given.span, _values(wanted.written, given.written), fix=fix)
        elif wanted:
            yield Found("phone_missing", wanted.span, None, {"expected": wanted.written}, Severity.MAJOR)
        elif given:
            yield Found("phone_added", None, given.span, {"found": given.written}, Severity.MAJOR)


def _values(expected: str, found: str) -> dict[str, str]:
    return {"expected": expected, "found": found}


CHECK = Check(N_("Telephone number"), Severity.CRITICAL, "accuracy/mistranslation", look)
