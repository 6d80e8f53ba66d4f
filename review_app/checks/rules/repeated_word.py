"""A word stands twice in a row: "the the".

Wrong where a language doubles words on purpose ("had had", "Baden Baden"); what the source doubles is not flagged.
"""

import re
from collections.abc import Iterator

from review_app.checks.finding import Check, Found, Severity
from review_app.checks.pair import Pair
from review_app.locale import N_

_REPEATED = re.compile(r"(?<![\w'’-])([^\W\d_]+)[ \u00a0]+(\1)(?![\w'’-])", re.IGNORECASE)

FINE = frozenset({"had", "that", "her", "so", "very", "bye", "ha", "blah", "knock"})
"""English words that stand twice in good sentences."""


def look(pair: Pair) -> Iterator[Found]:
    """Find words that the target doubles and the source does not."""
    found = [match for match in _REPEATED.finditer(pair.target_text) if match[1].lower() not in FINE]
    if not found or _REPEATED.search(pair.source_text):
        return
    for match in found:
        yield Found("repeated_word", None, match.span(), {"found": match[0]})


CHECK = Check(N_("Repeated word"), Severity.MINOR, "fluency/grammar", look)
