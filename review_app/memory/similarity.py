"""How alike two texts are, in percent, and the words by which like ones are found. Pure."""

import re
from collections.abc import Iterable, Sequence

from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist

from review_app.text.normalise import normalise

IDENTICAL = 100
MOST_OF_DIFFERENT = 99
"""Percent of two texts that differ in nothing but case, white space, numbers or the numbers of placeholders."""

LONGEST_WORD = 40
"""Characters by which a word is known; no more of a longer one."""

_NUMBER, _OPEN, _CLOSE, _VOID = "0", "<>", "</>", "</"
_TOKEN = re.compile(
    r"</?[1-9][0-9]{0,3}/?>"  # a placeholder
    r"|\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d+(?:[.,:]\d+)*"  # a number
    r"|[^\W\d_]+(?:['’][^\W\d_]+)*"  # a word
    r"|\S"
)


def tokens(text: str) -> list[str]:
    """Cut a text into what is compared: words without case, numbers, punctuation marks and placeholders.

    Every number is the same token (``0``: "2 500", "14.30", "3,5"), and so is every placeholder of a kind: opening,
    closing or standing alone. A punctuation mark is a token of its own.
    """
    return [token if token[0].isalpha() else _unlettered(token) for token in _TOKEN.findall(text.casefold())]


def _unlettered(token: str) -> str:
    if token[0].isdigit():
        return _NUMBER
    if len(token) == 1:
        return token
    return _CLOSE if token[1] == "/" else _VOID if token[-2] == "/" else _OPEN


def words(text: str) -> list[str]:
    """Return the words of a text by which it is found, in its order, without case: no numbers, no marks."""
    return words_of(tokens(text))


def words_of(found: Iterable[str]) -> list[str]:
    """Return the words among tokens."""
    return [token[:LONGEST_WORD] for token in found if token[0].isalpha()]


def percents(text: str, others: Sequence[str]) -> list[float]:
    """Return how alike each of the other texts is to one, in percent from 0 to 100.

    100 means the same text as it is normalised (Unicode NFC, white space collapsed). Else it is 100 · (1 − d / n), at
    most 99: d is the edit distance on tokens (Levenshtein 1966: a token put in, taken out or replaced counts 1) and n
    the number of tokens of the longer text. So texts that differ only in numbers, in case or in how placeholders are
    numbered have 99.
    """
    sought, same = tokens(text), normalise(text)
    alike = cdist([sought], [tokens(other) for other in others], scorer=Levenshtein.normalized_similarity)
    return [
        float(IDENTICAL) if normalise(other) == same else min(100 * float(found), MOST_OF_DIFFERENT)
        for other, found in zip(others, alike[0], strict=True)
    ]


def percent(text: str, other: str) -> float:
    """Return how alike two texts are, as ``percents`` does."""
    return percents(text, [other])[0]
