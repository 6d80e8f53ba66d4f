"""What is resampled and swapped: whole pages where there are enough of them, else segments.

Sentences of one page share their subject and their translator, so they are not independent draws; pages are. But a few
pages cannot show how much pages differ: with one page every resample is that page, and the interval has no width.
"""

from collections.abc import Hashable, Sequence
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from review_app.scoring.metrics import AnyStatistics

TOO_FEW = 30
"""Below this many segments a score says "too few" instead of a figure."""

MIN_PAGES = 10
"""From this many pages on, whole pages are resampled."""

ROWS_SUMMED = 4_000
"""Rows of statistics that are summed at a time: as floats they stay in the processor's cache."""

Unit: TypeAlias = Literal["page", "segment"]

Units: TypeAlias = Sequence[Hashable] | NDArray[Any]
"""The page of each row: numbers or names, all of one kind."""


def grouped(statistics: AnyStatistics, units: Units | None = None) -> tuple[Unit, NDArray[np.float64]]:
    """Return the unit of resampling and a row of summed statistics for each, by rising number or name of the page.

    ``units`` names the page of each row of ``statistics``; without it segments are the unit. Raises ``ValueError`` when
    there is nothing to resample, or not one page for each row.
    """
    if not len(statistics):
        raise ValueError("there are no statistics to score")
    if units is not None:
        if len(units) != len(statistics):
            raise ValueError(f"{len(statistics)} rows of statistics, but {len(units)} units")
        names, sums = sums_by(np.asarray(units), statistics)
        if len(names) >= MIN_PAGES:
            return "page", sums
    return "segment", np.asarray(statistics, dtype=np.float64)


def sums_by(keys: NDArray[Any], statistics: AnyStatistics) -> tuple[NDArray[Any], NDArray[np.float64]]:
    """Return the different keys, rising, and the sum of the rows of each, shape (keys, width)."""
    if not len(keys):
        return keys, np.zeros((0, statistics.shape[1]))
    if (keys[1:] < keys[:-1]).any():
        order = np.argsort(keys, kind="stable")
        keys, statistics = keys[order], statistics[order]
    starts = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]]))
    sums, first = np.empty((len(starts), statistics.shape[1])), 0
    while first < len(starts):  # a part at a time: NumPy would turn all rows into floats at once, and takes longer
        last = max(first + 1, int(np.searchsorted(starts, starts[first] + ROWS_SUMMED)))
        end = starts[last] if last < len(starts) else len(keys)
        rows = statistics[starts[first] : end].astype(np.float64)
        sums[first:last] = np.add.reduceat(rows, starts[first:last] - starts[first], axis=0)
        first = last
    return keys[starts], sums


def rows_at_once(units: int) -> int:
    """Return how many resamples of so many units to hold in memory at once: about 32 MB of counts."""
    return max(1, 4_000_000 // max(units, 1))
