"""A postal code differs.

Wrong when a translation gives another address on purpose.
"""

from collections.abc import Iterator

from review_app.checks.codes import differences
from review_app.checks.finding import Check, Found, Severity
from review_app.checks.pair import Pair
from review_app.locale import N_
from review_app.text.codes import Kind


def look(pair: Pair) -> Iterator[Found]:
    """Compare the postal codes before the names of places; one that the translation leaves out is a small thing."""
    for wanted, given in differences(pair, Kind.POSTAL):
        if wanted and given:
            values = {"expected": wanted.written, "found": given.written}
            yield Found("postal_differs", wanted.span, given.span, values, fix=wanted.written)
        elif wanted:
            yield Found("postal_missing", wanted.span, None, {"expected": wanted.written}, Severity.MINOR)


CHECK = Check(N_("Postal code"), Severity.CRITICAL, "accuracy/mistranslation", look)
