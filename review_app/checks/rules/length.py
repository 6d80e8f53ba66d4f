"""The translation is far shorter or longer than the source.

Wrong for headings and for languages that say much with few characters; short texts are not judged.
"""

from collections.abc import Iterator

from review_app.checks.finding import Check, Found, Severity
from review_app.checks.pair import Pair
from review_app.locale import N_

SHORTEST = 30
"""Characters of the longer text from which its length says something."""

USUAL = (0.42, 2.4)
EXTREME = (0.25, 4.0)
"""Target characters for each of the source; 99.8 % of human sv-en pairs lie within the usual range."""

DENSE = frozenset({"zh", "ja", "ko", "yue", "th"})


def look(pair: Pair) -> Iterator[Found]:
    """Compare the lengths."""
    source, target = len(pair.source_text.strip()), len(pair.target_text.strip())
    if max(source, target) < SHORTEST or not source or not target or pair.languages[1] in DENSE:
        return
    share = target / source
    if USUAL[0] <= share <= USUAL[1]:
        return
    severity = None if EXTREME[0] <= share <= EXTREME[1] else Severity.MAJOR
    values = {"percent": round(100 * share)}
    yield Found("too_short" if share < 1 else "too_long", None, (0, len(pair.target)), values, severity)


CHECK = Check(N_("Length"), Severity.MINOR, "accuracy/omission", look)
