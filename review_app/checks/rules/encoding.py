"""Characters are damaged: a text was read in the wrong encoding on its way ("Ã¤" for "ä").

Wrong on pages about encodings; the source then holds the same, and nothing is flagged.
"""

import re
from collections.abc import Iterator

from review_app.checks.finding import Check, Found, Severity
from review_app.checks.pair import Pair
from review_app.locale import N_

_SUSPECT = re.compile(r"[ÃÂâÅÄÐÑØÙÎÏ][^\x00-\x7f]{1,3}")
"""Two to four characters that may be the bytes of one, read as Windows-1252."""

REPLACEMENT = "\ufffd"
"""What a decoder writes for bytes that it cannot read; what stood there is lost."""


def look(pair: Pair) -> Iterator[Found]:
    """Find damaged characters that the source does not have."""
    if pair.target.isascii():
        return
    if REPLACEMENT in pair.target and REPLACEMENT not in pair.source:
        start = pair.target.index(REPLACEMENT)
        yield Found("encoding", None, (start, start + 1), {"found": REPLACEMENT})
    for match in _SUSPECT.finditer(pair.target):
        read = _read_again(match[0])
        if read and match[0] not in pair.source:
            damaged, fix = read
            span = match.start(), match.start() + len(damaged)
            yield Found("encoding", None, span, {"found": damaged}, fix=fix)


def _read_again(suspect: str) -> tuple[str, str] | None:
    """Return how much of a suspect is damaged, and the character that was meant."""
    for length in range(len(suspect), 1, -1):
        try:
            meant = suspect[:length].encode("cp1252").decode("utf-8")
        except UnicodeError:
            continue
        if len(meant) == 1:
            return suspect[:length], meant
    return None


CHECK = Check(N_("Damaged characters"), Severity.MAJOR, "design/markup", look)
