"""A word stands twice in a row: "the the".

Wrong where a language doubles words on purpose ("had had", "Baden Baden"); what the source doubles is not flagged.
"""

from collections.abc import Iterator
from itertools import islice, pairwise
from operator import eq

from review_app.checks.finding import Check, Found, Severity
from review_app.checks.pair import Pair
from review_app.locale import N_

FINE = frozenset({"had", "that", "her", "so", "very", "bye", "ha", "blah", "knock"})
"""English words that stand twice in good sentences."""


def look(pair: Pair) -> Iterator[Found]:
    """Find words that the target doubles and the source does not."""
    if not _doubled(pair.target_reading.small) or _doubled(pair.source_reading.small):
        return
    for one, other in pairwise(pair.target_words):
        if one.text.lower() == other.text.lower() and one.text.lower() not in FINE:
            between = pair.target[one.end : other.start]
            if between.isspace():
                found = pair.target[one.start : other.end]
                yield Found("repeated_word", None, (one.start, other.end), {"found": found}, fix=one.text)


def _doubled(lowered: list[str]) -> bool:
    return any(map(eq, lowered, islice(lowered, 1, None)))


CHECK = Check(N_("Repeated word"), Severity.MINOR, "fluency/grammar", look)
