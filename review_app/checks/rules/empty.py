"""The translation is empty though the source is not.

Wrong when a site leaves a text out on purpose; then dismiss it.
"""

from collections.abc import Iterator

from review_app.checks.finding import Check, Found, Severity
from review_app.checks.pair import Pair
from review_app.locale import N_


def look(pair: Pair) -> Iterator[Found]:
    """Find a translation without text."""
    if pair.source_text.strip() and not pair.target_text.strip():
        yield Found("empty", source_span=(0, len(pair.source)))


CHECK = Check(N_("Translation missing"), Severity.CRITICAL, "accuracy/omission", look)
