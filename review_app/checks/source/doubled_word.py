"""A word stands twice in a row.

Wrong where Swedish doubles a word on purpose ("mer och mer" is none, "långt långt borta" is).
"""

from collections.abc import Iterator
from itertools import pairwise

from review_app.checks.reading import words
from review_app.checks.source.note import Note, SourceCheck
from review_app.locale import N_

FINE = frozenset("det så mycket långt länge väldigt ha hej nej ja jo kära var om bra".split())
"""Words that stand twice in good sentences."""


def look(text: str) -> Iterator[Note]:
    """Find neighbouring words that are the same."""
    for one, other in pairwise(words(text)):
        lowered = one.text.lower()
        same = lowered == other.text.lower() and lowered not in FINE and not other.text[0].isupper()
        if same and text[one.end : other.start] in {" ", "\u00a0"}:
            yield Note((one.start, other.end), "source_doubled", {"found": text[one.start : other.end]})


CHECK = SourceCheck(N_("Doubled word in the Swedish"), look)
