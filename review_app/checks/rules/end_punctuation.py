"""The sentence ends with another mark than the source: the full stop is gone, or one was added.

Wrong when two sentences were joined, or the language has marks that are not known here. Labels of a few words are not
judged, nor are question marks, which have a check of their own.
"""

from collections.abc import Iterator

from review_app.checks.finding import Check, Found, Severity
from review_app.checks.pair import Pair
from review_app.locale import N_
from review_app.text.sentences import MAY_BE_LAST, NEVER_LAST

MARKS = {
    ".": ".", "。": ".", "।": ".", "۔": ".", "።": ".", "!": "!", "！": "!", "?": "?", "؟": "?", "？": "?", ";": ".",
    ":": ":", "：": ":", "…": "…",
}  # fmt: skip
"""End marks of many scripts, by the one of ours they are."""

FEWEST_WORDS = 6
"""Words from which a text is a sentence, and its last mark says something."""

MILD = ({".", "!"}, {"…", ""}, {":", ""}, {":", "."})
"""Marks that good translations exchange."""

CLOSERS = "\"'”’»)]“ \u00a0"


def look(pair: Pair) -> Iterator[Found]:
    """Compare the last marks."""
    source, target = pair.source_text.rstrip(CLOSERS), pair.target_text.rstrip(CLOSERS)
    if not source or not target:
        return
    wanted, given = MARKS.get(source[-1], ""), MARKS.get(target[-1], "")
    if wanted == given or "?" in {wanted, given} or {wanted, given} in MILD or _is_label(pair):
        return
    if target.endswith("...") or source.endswith("...") or _last_is_short(source) or _last_is_short(target):
        return
    spans = (len(source) - 1, len(source)), (len(target) - 1, len(target))
    values = {"expected": source[-1] if wanted else "", "found": target[-1] if given else ""}
    message = "end_differs" if wanted and given else "end_missing" if wanted else "end_added"
    yield Found(message, spans[0] if wanted else None, spans[1], values)


def _is_label(pair: Pair) -> bool:
    """Say whether either text is too short to be a sentence; scripts without spaces are judged by the source alone."""
    shortest = min(len(pair.source_tokens), len(pair.target_tokens) if " " in pair.target.strip() else FEWEST_WORDS)
    return shortest < FEWEST_WORDS


def _last_is_short(text: str) -> bool:
    """Say whether a text ends with an abbreviation, whose full stop need not end the sentence."""
    last = text[-LONGEST_SHORT:].rsplit(" ", 1)[-1].lower().rstrip(".")
    return text[-1] == "." and (last in MAY_BE_LAST or last in NEVER_LAST or "." in last)


LONGEST_SHORT = 12
"""Characters of the longest abbreviation that is looked for."""

CHECK = Check(N_("End of sentence"), Severity.MINOR, "fluency/punctuation", look)
