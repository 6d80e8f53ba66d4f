"""A mark inside the sentence is wrong: a space stands before it, or it stands where no mark belongs.

Wrong for trade names that hold a mark ("Yahoo! groups").
"""

import re
from collections.abc import Iterator

from review_app.checks.finding import Check, Found, Severity
from review_app.checks.pair import Pair
from review_app.locale import N_

SPACED = re.compile(r"(?<=\w) +(?:[,;!?]|[.:](?=\s|$))(?![\w./])")
"""A space before a mark, as engines leave that cut texts into words."""

STRAY = re.compile(r"(?<=\w)[!?~](?= [a-zà-ÿ])|(?<=[a-zà-ÿ])[:;](?= [a-zà-ÿ])")
"""A mark that ends sentences or parts them, before a word that goes on."""

BEFORE_MARKS = tuple(f" {mark}" for mark in ",;!?.:")
AFTER_STRAY = tuple(f"{mark} " for mark in "!?~:;")
DASHES = frozenset("–-")
"""What a colon or semicolon may stand for."""

SPACING = frozenset({"fr"})
"""Languages that put a space before some marks."""


def look(pair: Pair) -> Iterator[Found]:
    """Find spaces before marks and stray marks that the source has not."""
    text = pair.target_text
    if pair.languages[1] not in SPACING and _holds(text, BEFORE_MARKS) and not SPACED.search(pair.source_text):
        for match in SPACED.finditer(text):
            mark = match[0].strip()
            yield Found("space_before_mark", None, match.span(), {"found": mark}, fix=mark)
    if _holds(text, AFTER_STRAY):
        for match in STRAY.finditer(text):
            if match[0] not in pair.source and not (match[0] in ":;" and not DASHES.isdisjoint(pair.source)):
                yield Found("stray_mark", None, match.span(), {"found": match[0]}, fix="")


def _holds(text: str, parts: tuple[str, ...]) -> bool:
    """Say whether a text holds what the pattern needs; most hold none of it, and are not searched."""
    for part in parts:  # noqa: SIM110 - half the time of any()
        if part in text:
            return True
    return False


CHECK = Check(N_("Punctuation"), Severity.MINOR, "fluency/punctuation", look)
