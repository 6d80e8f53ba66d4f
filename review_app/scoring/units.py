"""What is resampled and swapped: whole pages where there are enough of them, else segments.

Sentences of one page share their subject and their translator, so they are not independent draws; pages are. But a few
pages cannot show how much pages differ: with one page every resample is that page, and the interval has no width.
"""

from collections.abc import Hashable, Sequence
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from review_app.scoring.metrics import AnyStatistics

TOO_FEW = 30
"""Below this many segments a score says "too few" instead of a figure."""

MIN_PAGES = 10
"""From this many pages on, whole pages are resampled."""

Unit: TypeAlias = Literal["page", "segment"]


def grouped(statistics: AnyStatistics, units: Sequence[Hashable] | None = None) -> tuple[Unit, NDArray[np.float64]]:
    """Return the unit of resampling and a row of summed statistics for each.

    ``units`` names the page of each row of ``statistics``; without it segments are the unit. Raises ``ValueError`` when
    there is nothing to resample, or not one page for each row.
    """
    rows = np.asarray(statistics, dtype=np.float64)
    if not len(rows):
        raise ValueError("there are no statistics to score")
    if units is None:
        return "segment", rows
    if len(units) != len(rows):
        raise ValueError(f"{len(rows)} rows of statistics, but {len(units)} units")
    numbers: dict[Hashable, int] = {}
    index = [numbers.setdefault(unit, len(numbers)) for unit in units]
    if len(numbers) < MIN_PAGES:
        return "segment", rows
    sums = np.zeros((len(numbers), rows.shape[1]))
    np.add.at(sums, index, rows)
    return "page", sums


def rows_at_once(units: int) -> int:
    """Return how many resamples of so many units to hold in memory at once: about 32 MB of counts."""
    return max(1, 4_000_000 // max(units, 1))
