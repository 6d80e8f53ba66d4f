"""Whether two systems differ by more than chance: paired approximate randomisation, and Holm's correction.

If the systems were alike, swapping their outputs for some units would change nothing. So every trial swaps each unit by
the toss of a coin, and p is the share of trials whose difference is at least the real one (Riezler and Maxwell 2005,
"On Some Pitfalls in Automatic Evaluation and Significance Testing for MT"); with 1 added above and below, p is never 0.
"""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from review_app.scoring.metrics import AnyStatistics
from review_app.scoring.units import rows_at_once

TRIALS = 10_000
SEED = 12_345

_ROUNDING = 1e-9
"""Differences closer than this are equal: the same sums in another order differ in the last digits."""


class Scoring(Protocol):
    """What takes sums of statistics to scores."""

    def scores(self, totals: AnyStatistics) -> NDArray[np.float64]:
        """Return the scores of many sums, shape (m, width) to (m,)."""
        ...


def randomisation_p(
    metric: Scoring, a: NDArray[np.float64], b: NDArray[np.float64], trials: int = TRIALS, seed: int = SEED
) -> float:
    """Return the two-sided p of the difference between two systems on the same units, each (units, width)."""
    if a.shape != b.shape:
        raise ValueError(f"the systems must cover the same units: {a.shape} and {b.shape}")
    both = a.sum(axis=0) + b.sum(axis=0)
    real = _difference(metric, a.sum(axis=0, keepdims=True), both)[0]
    random = np.random.default_rng(seed)
    as_far = 0
    for first in range(0, trials, rows_at_once(len(a))):
        size = min(rows_at_once(len(a)), trials - first)
        swapped = _coins(random, size, len(a))
        as_far += int((_difference(metric, a.sum(axis=0) + swapped @ (b - a), both) >= real - _ROUNDING).sum())
    return (as_far + 1) / (trials + 1)


def holm(ps: Sequence[float]) -> list[float]:
    """Return p values corrected for how many there are (Holm 1979), in the order given."""
    corrected = [0.0] * len(ps)
    highest = 0.0
    for rank, index in enumerate(sorted(range(len(ps)), key=ps.__getitem__)):
        highest = max(highest, min(1.0, (len(ps) - rank) * ps[index]))
        corrected[index] = highest
    return corrected


def _difference(metric: Scoring, a: NDArray[np.float64], both: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how far apart the systems are when one has these sums and the other has the rest."""
    return np.abs(metric.scores(a) - metric.scores(both - a))


def _coins(random: np.random.Generator, rows: int, columns: int) -> NDArray[np.float64]:
    """Return zeros and ones, as likely as each other."""
    drawn = np.frombuffer(random.bytes((rows * columns + 7) // 8), dtype=np.uint8)
    return np.unpackbits(drawn, count=rows * columns).reshape(rows, columns).astype(np.float64)
