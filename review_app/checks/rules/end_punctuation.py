"""The sentence ends with another mark than the source: a question became a statement, the full stop is gone.

Wrong when two sentences were joined, or the language has marks that are not known here.
"""

from collections.abc import Iterator

from review_app.checks.finding import Check, Found, Severity
from review_app.checks.pair import Pair
from review_app.locale import N_

MARKS = {
    ".": ".", "。": ".", "।": ".", "۔": ".", "።": ".", "!": "!", "！": "!", "?": "?", "؟": "?", "？": "?", ";": ".",
    ":": ":", "：": ":", "…": "…",
}  # fmt: skip
"""End marks of many scripts, by the one of ours they are."""

CLOSERS = "\"'”’»)]“ \u00a0"


def look(pair: Pair) -> Iterator[Found]:
    """Compare the last marks."""
    source, target = pair.source_text.rstrip(CLOSERS), pair.target_text.rstrip(CLOSERS)
    if not source or not target or target.endswith("...") or source.endswith("..."):
        return
    wanted, given = MARKS.get(source[-1], ""), MARKS.get(target[-1], "")
    if wanted == given or {wanted, given} <= {".", "!"} or {wanted, given} <= {"…", ""}:
        return
    spans = (len(source) - 1, len(source)), (len(target) - 1, len(target))
    values = {"expected": source[-1] if wanted else "", "found": target[-1] if given else ""}
    message = "end_differs" if wanted and given else "end_missing" if wanted else "end_added"
    yield Found(message, spans[0] if wanted else None, spans[1], values)


CHECK = Check(N_("End of sentence"), Severity.MINOR, "fluency/punctuation", look)
