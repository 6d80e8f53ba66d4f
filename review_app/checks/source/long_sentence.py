"""A sentence is longer than 40 words.

Wrong for lists that are written as one sentence.
"""

from collections.abc import Iterator

from review_app.checks.reading import WORD
from review_app.checks.source.note import Note, SourceCheck
from review_app.locale import N_
from review_app.text.sentences import split_sentences

MOST_WORDS = 40
"""Words of a sentence that can still be read at one go."""


def look(text: str) -> Iterator[Note]:
    """Count the words of each sentence."""
    for start, end in split_sentences(text):
        words = len(WORD.findall(text, start, end))
        if words > MOST_WORDS:
            yield Note((start, end), "source_long", {"words": words, "most": MOST_WORDS})


CHECK = SourceCheck(N_("Long sentence"), look)
