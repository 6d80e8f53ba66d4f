"""Words by match band, as agencies count what is to be translated. Pure.

A sentence that stood earlier in the commission is a repetition; any other is counted by the best match that the memory
has of it. Words are what white space parts and has a letter or a digit; placeholders are none.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from review_app.locale import N_
from review_app.text.placeholders import PLACEHOLDER

LEAST_ALIKE = 75
"""Percent from which a match saves work; below that agencies count a sentence as new."""


class Band(StrEnum):
    """How much of a sentence is there already."""

    REPETITION = "repetition"
    SAME = "same"
    ALIKE = "alike"
    NEW = "new"


BAND_NAMES = {
    Band.REPETITION: N_("repetition"),
    Band.SAME: N_("100 %%"),
    Band.ALIKE: N_("75–99 %%"),
    Band.NEW: N_("new"),
}


@dataclass(frozen=True, slots=True)
class Count:
    """Sentences and their words."""

    segments: int = 0
    words: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(self.segments + other.segments, self.words + other.words)


Counts = Mapping[Band, Count]


def word_count(text: str) -> int:
    """Return how many words a sentence has."""
    return sum(any(map(str.isalnum, word)) for word in PLACEHOLDER.sub(" ", text).split())


def band_of(percent: float | None, *, repeated: bool) -> Band:
    """Return the band of a sentence; ``percent``: how alike the memory's best match is."""
    if repeated:
        return Band.REPETITION
    if percent is None or percent < LEAST_ALIKE:
        return Band.NEW
    return Band.SAME if percent >= 100 else Band.ALIKE


def counted(sentences: Iterable[tuple[Band, int]]) -> Counts:
    """Add up the words of sentences by band."""
    counts = dict.fromkeys(Band, Count())
    for band, words in sentences:
        counts[band] += Count(1, words)
    return counts


def together(all_counts: Iterable[Counts]) -> Counts:
    """Add up the counts of several pages."""
    total = dict.fromkeys(Band, Count())
    for counts in all_counts:
        for band in Band:
            total[band] += counts[band]
    return total


def words_of(counts: Counts) -> int:
    """Return the words of every band together."""
    return sum(count.words for count in counts.values())
