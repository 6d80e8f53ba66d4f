"""A bracket or a quotation mark has no partner, or all those of the source are gone.

Wrong where a list is numbered "a)", and where quotation marks run over several sentences.
"""

import re
from collections.abc import Iterator

from review_app.checks.finding import Check, Found, Severity
from review_app.checks.pair import Pair
from review_app.locale import N_

BRACKETS = (("(", ")"), ("[", "]"), ("{", "}"))
PAIRED_QUOTES = (("“", "”"), ("«", "»"), ("„", "“"))
QUOTES = frozenset("\"”“„«»‟″'’‘‹›「」『』")
"""Marks that may stand for Swedish quotation marks in some language."""

DOUBLE_QUOTES = frozenset('"”“„«»‟″')
"""Those of them that stand in twos."""

_INCHES = re.compile(r'(?<=\d)"')

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
    if '"' in target and _lacks_one(target, source):
        place = target.rfind('"')
        yield Found("bracket_unpaired", None, (place, place + 1), {"found": '"'})
    for mark in SWEDISH_QUOTES:
        place = source.find(mark)
        last = source.rfind(mark)
        if place > 0 and last > place and QUOTES.isdisjoint(target):
            yield Found("quotes_lost", (place, last + 1))
            break


def _lacks_one(target: str, source: str) -> bool:
    """Say whether a text has one quotation mark more or less than the source, where each has a partner."""
    wanted, given = _quotes(source), _quotes(target)
    return wanted > 0 and wanted % 2 == 0 and abs(wanted - given) == 1


def _quotes(text: str) -> int:
    """Return how many quotation marks a text has that stand in twos; inches are none."""
    return sum(mark in DOUBLE_QUOTES for mark in _INCHES.sub("", text))


CHECK = Check(N_("Brackets and quotation marks"), Severity.MINOR, "fluency/punctuation", look)
