"""Of the sentences that people read, how many were left, edited a little, edited a lot: with intervals."""

from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from review_app.quality.sampling import Sample
from review_app.reports.edits import SMALL_EDIT, EditShares
from review_app.scoring.bootstrap import Floats, Interval, Part, intervals
from review_app.scoring.layout import SAMPLES
from review_app.scoring.metrics import AnyStatistics
from review_app.scoring.service import Segments
from review_app.scoring.units import TOO_FEW, Unit, grouped

SIZES = ("unchanged", "small", "large")
"""The sizes of an edit, by the number that ``edit_sizes`` gives."""


@dataclass(frozen=True, slots=True)
class Shares:
    """How many sentences had which size of edit, and the 95 % intervals in per cent; none when there are too few."""

    counts: EditShares
    intervals: tuple[Interval, ...]
    unit: Unit


def edit_sizes(statistics: AnyStatistics) -> NDArray[np.int64]:
    """Return 0 for every draft left unchanged, 1 for a small edit, 2 for a large one, from HTER's (edits, words)."""
    edits = statistics.astype(np.float64)
    return np.where(edits[:, 0] == 0, 0, np.where(edits[:, 0] <= SMALL_EDIT * edits[:, 1], 1, 2))


def shares_of(segments: Segments, *, sure: bool = True) -> Shares:
    """Return the shares of drafts; outputs that nobody started from do not count. Not ``sure``: without intervals."""
    drafted = segments.drafted()
    return _shares(edit_sizes(drafted.statistics("HTER")), drafted.pages, sure=sure)


def shares_by_sample(segments: Segments) -> dict[Sample, Shares]:
    """Return the shares of drafts that were seen for each reason; without copying the records of any."""
    drafted = segments.drafted()
    sizes, samples = edit_sizes(drafted.statistics("HTER")), drafted.rows["sample"]
    chosen = {sample: samples == SAMPLES.index(sample) for sample in Sample}
    return {sample: _shares(sizes[own], drafted.pages[own], sure=True) for sample, own in chosen.items()}


def _shares(sizes: NDArray[np.int64], pages: NDArray[np.int64], *, sure: bool) -> Shares:
    """Return the shares of drafts from the size of each one's edit and its page."""
    if not len(sizes):
        return Shares(EditShares(0, 0, 0), (), "segment")
    unit, rows = grouped(sizes[:, None] == np.arange(len(SIZES)), pages)
    unchanged, small, large = np.bincount(sizes, minlength=len(SIZES)).tolist()
    parts: list[Part] = [(slice(None), partial(share_of, kind)) for kind in range(len(SIZES))]
    bounds = intervals(rows, parts) if sure and len(sizes) >= TOO_FEW else []
    return Shares(EditShares(unchanged, small, large), tuple(bounds), unit)


def share_of(kind: int, sums: Floats) -> Floats:
    """Return the share of one kind, in per cent, from how many there are of each, shape (m, kinds); of nothing 0."""
    shares: Floats = 100 * sums[:, kind] / np.maximum(sums.sum(axis=1), 1)
    return shares
