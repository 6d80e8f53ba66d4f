"""Which word of the original goes with a phrase: one that stands by it and rarely elsewhere. Pure."""

import re
from collections import Counter
from collections.abc import Collection, Iterable

LEAST_LETTERS = 4
"""Letters of a word that can be a term; shorter ones hold the sentence together."""

LEAST_TOGETHER = 0.75
"""Share of a phrase's segments whose original has the word."""

LEAST_APART = 0.5
"""By how much that share is above the word's share in all other originals."""

_WORD = re.compile(rf"[^\W\d_]{{{LEAST_LETTERS},}}")


class Companions:
    """The words of originals, by segment; given as (segment, original, corrected text)."""

    def __init__(self, texts: Iterable[tuple[int, str, str]]) -> None:
        self._words = {segment_id: _terms(source, text) for segment_id, source, text in texts}
        self._counts = Counter(word for words in self._words.values() for word in words)

    def of(self, segment_ids: Collection[int]) -> str | None:
        """Return the word that stands out in these segments' originals; of several, the longest."""
        together = Counter(word for segment_id in segment_ids for word in self._words[segment_id])
        elsewhere = max(len(self._words) - len(segment_ids), 1)
        found = []
        for word, count in together.items():
            share = count / len(segment_ids)
            apart = share - (self._counts[word] - count) / elsewhere
            if share >= LEAST_TOGETHER and apart >= LEAST_APART:
                found.append((round(apart, 1), len(word), word))
        return max(found)[2] if found else None


def _terms(source: str, text: str) -> set[str]:
    """Return the words of an original that are not in its translation too, as names are."""
    return {word.casefold() for word in _WORD.findall(source)} - {word.casefold() for word in _WORD.findall(text)}
