"""Two spaces stand in a row.

Wrong where a text is laid out with spaces; what the source has is not flagged.
"""

import re
from collections.abc import Iterator

from review_app.checks.finding import Check, Found, Severity
from review_app.checks.pair import Pair
from review_app.locale import N_

_DOUBLE = re.compile(r"(?<=\S) {2,}(?=\S)")


def look(pair: Pair) -> Iterator[Found]:
    """Find runs of spaces inside the target."""
    if "  " not in pair.target or "  " in pair.source:
        return
    for match in _DOUBLE.finditer(pair.target):
        yield Found("double_space", None, match.span(), fix=" ")


CHECK = Check(N_("Spacing"), Severity.MINOR, "fluency/punctuation", look)
