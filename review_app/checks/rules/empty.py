"""The translation is empty though the source is not.

Wrong when a site leaves a text out on purpose; then dismiss it.
"""

from collections.abc import Iterator

from review_app.checks.finding import Check, Found, Severity
from review_app.checks.pair import Pair
from review_app.locale import N_

UNSEEN = " \t\n\r\f\u00a0\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
"""White space, and marks of direction, of which a reader sees nothing."""


def look(pair: Pair) -> Iterator[Found]:
    """Find a translation without text."""
    if pair.source_text.strip() and not pair.target_text.strip(UNSEEN):
        yield Found("empty", source_span=(0, len(pair.source)))


CHECK = Check(N_("Translation missing"), Severity.CRITICAL, "accuracy/omission", look)
