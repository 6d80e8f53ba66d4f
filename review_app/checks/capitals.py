"""Words that are written with a capital, and whether only because a sentence begins there."""

import re

_UPPER = "".join(letter for letter in map(chr, range(0x41, 0x590)) if letter.isupper())
CAPITALISED = re.compile(rf"[{_UPPER}](?<!\w[{_UPPER}])[^\W\d_]+(?:['’-][^\W\d_]+)*")
"""A word of two letters or more that begins with a capital of Latin, Greek or Cyrillic script."""

LOOK_BACK = 40
"""Characters before a word that tell whether it begins a sentence."""
_INITIAL = re.compile(r"(?<!\w)[^\W\d_]\.$")
"""What stands before a family name: "A. Lindgren"."""

OPENERS = frozenset("\"“”»«‘’'")
"""Quotation marks: what begins behind one may be a title."""


def begins_sentence(text: str, start: int) -> bool:
    """Say whether a word that starts here is the first of a sentence, a quotation or a point of a list."""
    if text[start - 1 : start] in OPENERS:
        return True
    before = text[max(0, start - LOOK_BACK) : start].rstrip(" ([–-•\u00a0")
    return not before or (before[-1] in ".!?:;>" and not _INITIAL.search(before))
