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
    def total(self) -> int:
        """All segments counted."""
        return self.unchanged + self.small + self.large


def edit_shares(edits: Sequence[tuple[float, float]]) -> EditShares:
    """Sort segments by their edits; each is (edits, words of the corrected text), the statistics of HTER."""
    unchanged = sum(edited == 0 for edited, _ in edits)
    small = sum(0 < edited <= SMALL_EDIT * words for edited, words in edits)
    return EditShares(unchanged, small, len(edits) - unchanged - small)
