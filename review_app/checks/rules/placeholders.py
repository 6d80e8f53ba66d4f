"""A link or other markup of the sentence is lost, doubled or broken.

Wrong when the translation needs no emphasis where the Swedish has it; for links it never is.
"""

from collections.abc import Iterator

from review_app.checks.finding import Check, Found, Severity
from review_app.checks.pair import Pair
from review_app.locale import N_
from review_app.text.placeholders import is_well_nested, lost_and_added


def look(pair: Pair) -> Iterator[Found]:
    """Find placeholders that one side alone has, and pairs that cross."""
    if "<" not in pair.source and "<" not in pair.target:
        return
    lost, added = lost_and_added(pair.source, pair.target)
    for placeholder in lost:
        start = pair.source.find(placeholder)
        yield Found("placeholder_lost", (start, start + len(placeholder)), None, {"expected": placeholder})
    for placeholder in added:
        start = pair.target.rfind(placeholder)
        yield Found("placeholder_added", None, (start, start + len(placeholder)), {"found": placeholder}, fix="")
    if not lost and not added and is_well_nested(pair.source) and not is_well_nested(pair.target):
        yield Found("placeholder_crossed")


CHECK = Check(N_("Link or markup"), Severity.CRITICAL, "design/markup", look)
