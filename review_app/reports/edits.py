"""Plain words for plain facts: of the sentences people read, how many were left as the machine wrote them?"""

from collections.abc import Sequence
from dataclasses import dataclass

SMALL_EDIT = 0.3
"""Edits per word of the corrected text (HTER) up to which an edit counts as small.

An assumption, said in the report: about one word in three.
"""


@dataclass(frozen=True, slots=True)
class EditShares:
    """How many segments were left unchanged, edited a little, and edited a lot."""

    unchanged: int
    small: int
    large: int

    @property
    def sizes(self) -> tuple[int, int, int]:
        """The three counts, as ``shares.SIZES`` names them."""
        return self.unchanged, self.small, self.large

    @property
    def total(self) -> int:
        """All segments counted."""
        return self.unchanged + self.small + self.large


def of_hundred(counts: Sequence[int]) -> tuple[int, ...]:
    """Return shares of a hundred as whole numbers that add up to a hundred (largest remainder); zeros of nothing."""
    total = sum(counts)
    if not total:
        return (0,) * len(counts)
    whole = [100 * count // total for count in counts]
    by_remainder = sorted(range(len(counts)), key=lambda index: -(100 * counts[index] % total))
    for index in by_remainder[: 100 - sum(whole)]:
        whole[index] += 1
    return tuple(whole)
