"""A personal number or an organisation number differs; its check digit tells a slip from another number.

Wrong when the source itself has a slip that the translation mends.
"""

from collections.abc import Iterator

from review_app.checks.codes import differences
from review_app.checks.finding import Check, Found, Severity
from review_app.checks.pair import Pair
from review_app.locale import N_
from review_app.text.codes import Kind


def look(pair: Pair) -> Iterator[Found]:
    """Compare personal and organisation numbers, with or without the century."""
    for wanted, given in differences(pair, Kind.IDENTITY):
        if wanted and given:
            message = "identity_differs" if given.valid or not wanted.valid else "identity_slip"
            values = {"expected": wanted.written, "found": given.written}
            yield Found(message, wanted.span, given.span, values, fix=wanted.written)
        elif wanted:
            yield Found("identity_missing", wanted.span, None, {"expected": wanted.written}, Severity.MAJOR)
        elif given:
            yield Found("identity_added", None, given.span, {"found": given.written}, Severity.MAJOR)


CHECK = Check(N_("Personal or organisation number"), Severity.CRITICAL, "accuracy/mistranslation", look)
