"""A bracket or a quotation mark has no partner, or all those of the source are gone.

Wrong where a list is numbered "a)", and where quotation marks run over several sentences.
"""

from collections.abc import Iterator

from review_app.checks.finding import Check, Found, Severity
from review_app.checks.pair import Pair
from review_app.locale import N_

BRACKETS = (("(", ")"), ("[", "]"), ("{", "}"))
PAIRED_QUOTES = (("“", "”"), ("«", "»"), ("„", "“"))
QUOTES = frozenset("\"”“„«»‟″'’‘‹›「」『』")
"""Marks that may stand for Swedish quotation marks in some language."""

SWEDISH_QUOTES = ('"', "”", "»")


def look(pair: Pair) -> Iterator[Found]:
    """Find brackets without a partner, and brackets and quotation marks that were lost."""
    source, target = pair.source_text, pair.target_text
    for opening, closing in BRACKETS:
        count = source.count(opening)
        opened, closed = target.count(opening), target.count(closing)
        if opened != closed and count == source.count(closing):
            mark = opening if opened > closed else closing
            place = target.rfind(opening) if opened > closed else target.find(closing)
            yield Found("bracket_unpaired", None, (place, place + 1), {"found": mark})
    for mark in SWEDISH_QUOTES:
        place = source.find(mark)
        last = source.rfind(mark)
        if place > 0 and last > place and QUOTES.isdisjoint(target):
            yield Found("quotes_lost", (place, last + 1))
            break


CHECK = Check(N_("Brackets and quotation marks"), Severity.MINOR, "fluency/punctuation", look)
