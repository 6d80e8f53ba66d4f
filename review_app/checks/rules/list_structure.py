"""A point of a list lost its mark or number, or lines were joined.

Wrong when a translation writes the points as a sentence.
"""

import re
from collections.abc import Iterator

from review_app.checks.finding import Check, Found, Severity
from review_app.checks.pair import Pair
from review_app.locale import N_

_POINT = re.compile(r"\s{0,8}(?:([•·▪◦*–—-])[ \t\u00a0]|(\d{1,2}|[a-zA-Z])([.)])[ \t\u00a0])")


def look(pair: Pair) -> Iterator[Found]:
    """Compare what a text begins with, and how many lines it has."""
    wanted, given = _POINT.match(pair.source_text), _POINT.match(pair.target_text)
    if wanted and not given:
        yield Found("point_lost", wanted.span(), None, {"expected": wanted[0].strip()})
    elif given and not wanted:
        yield Found("point_added", None, given.span(), {"found": given[0].strip()})
    lines = pair.source.strip().count("\n") + 1, pair.target.strip().count("\n") + 1
    if lines[0] != lines[1]:
        yield Found("lines_differ", None, (0, len(pair.target)), {"expected": lines[0], "found": lines[1]})


CHECK = Check(N_("List"), Severity.MINOR, "design/markup", look)
