"""An engine's error message stands where the translation should be.

Wrong when the page itself is about such a message; the source then holds it too, and nothing is flagged.
"""

from collections.abc import Iterator

from review_app.checks.finding import Check, Found, Severity
from review_app.checks.pair import Pair
from review_app.engines.judging import ERROR_TEXTS
from review_app.locale import N_

_TELLING = frozenset("error mymemory limit invalid translations requests quota languages content unavailable".split())
"""A word of each of the messages: most texts have none, and need not be searched."""


def look(pair: Pair) -> Iterator[Found]:
    """Find a known error message that the source does not have."""
    if _TELLING.isdisjoint(pair.target_lower):
        return
    found = ERROR_TEXTS.search(pair.target_text)
    if found and not ERROR_TEXTS.search(pair.source_text):
        yield Found("engine_error", target_span=found.span(), values={"found": found[0]})


CHECK = Check(N_("Engine's error message"), Severity.CRITICAL, "accuracy/mistranslation", look)
