"""What a person changed in a machine's text, and whether it was where a flag stood. Pure."""

import re

from rapidfuzz.distance import Levenshtein

from review_app.text.diff import word_diff

_WORD = re.compile(r"\w+")

Span = tuple[int, int]


def word_edits(machine: str, text: str) -> int:
    """Return how many words were put in, taken out or replaced; space and punctuation alone are trivial, and none."""
    return Levenshtein.distance(_WORD.findall(machine), _WORD.findall(text))


def touches(span: Span, machine: str, text: str) -> bool:
    """Say whether the edits from a machine's text to a person's touch a span of the machine's text."""
    start, end = span
    at = 0
    for change in word_diff(machine, text):
        if change.op == "insert":
            if start <= at <= end:
                return True
            continue
        after = at + len(change.text)
        if change.op == "delete" and at < max(end, start + 1) and after > start:
            return True
        at = after
    return False
