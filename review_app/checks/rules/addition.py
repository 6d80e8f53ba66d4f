"""The translation says something that the Swedish does not.

Wrong for free translations, and for texts with many words that the lexicon does not know.
"""

from collections.abc import Iterator

from review_app.checks.finding import Check, Found, Severity
from review_app.checks.lexical.coverage import loose_parts_of
from review_app.checks.pair import Pair
from review_app.locale import N_

SHARE, GRAVE_SHARE = 0.50, 0.60
"""Shares of the text, by rarity, from which too much is added, and surely so."""

FEWEST = 3
"""Words that must be added: one or two are too often the translation of a word the lexicon does not know."""


def look(pair: Pair) -> Iterator[Found]:
    """Point at the longest run of words without a counterpart."""
    _missing, added = pair.once(loose_parts_of)
    if added.share > SHARE and added.words >= FEWEST and added.span is not None:
        severity = None if added.share > GRAVE_SHARE else Severity.MINOR
        yield Found("put_in", None, added.span, {"found": pair.target[slice(*added.span)]}, severity)


CHECK = Check(N_("Addition"), Severity.MAJOR, "accuracy/addition", look, frozenset({"en"}))
