"""The translation says something that the Swedish does not.

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
"""Words that must be added: one or two are too often the translation of a word the lexicon does not know."""


def look(pair: Pair) -> Iterator[Found]:
    """Point at the longest run of words without a counterpart."""
    _missing, added = pair.once(loose_parts_of)
    limit = limits_for(pair).added
    if added.share > limit and added.words >= FEWEST:
        severity = None if added.share > limit + SURELY else Severity.MINOR
        span = added.span
        yield Found("put_in", None, span, {"found": pair.target[slice(*span)]}, severity)


CHECK = Check(N_("Addition"), Severity.MAJOR, "accuracy/addition", look, frozenset({"en"}), by_lexicon=True)
