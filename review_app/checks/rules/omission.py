"""Words of the Swedish seem to be left out of the translation.

Wrong for free translations, and for texts with many words that the lexicon does not know.
"""

from collections.abc import Iterator

from review_app.checks.finding import Check, Found, Severity
from review_app.checks.lexical.coverage import limits_for, loose_parts_of
from review_app.checks.pair import Pair
from review_app.locale import N_

SURELY = 0.1
"""Share of a text, by rarity, above the limit, from which the fault is sure: free translations come near the limit."""

FEWEST = 3
"""Words that must be missing: one or two are too often translated in a way the lexicon does not know."""


def look(pair: Pair) -> Iterator[Found]:
    """Point at the longest run of words without a counterpart."""
    missing, _added = pair.once(loose_parts_of)
    limit = limits_for(pair).missing
    if missing.share > limit and missing.words >= FEWEST:
        severity = None if missing.share > limit + SURELY else Severity.MINOR
        span = missing.span
        yield Found("left_out", span, None, {"expected": pair.source[slice(*span)]}, severity)


CHECK = Check(N_("Omission"), Severity.MAJOR, "accuracy/omission", look, frozenset({"en"}), by_lexicon=True)
