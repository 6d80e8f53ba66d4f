"""How far a score could be off: percentile bootstrap (Koehn 2004, "Statistical Significance Tests for MT Evaluation").

Seed, random stream and percentiles are those of sacreBLEU 2.6.0's own bootstrap, so its intervals come out the same;
but a resample is a row of counts multiplied with the statistics, not a copy of them. The draws depend only on how many
units there are: scores of the same units share them.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from review_app.scoring.metrics import AnyStatistics, Metric
from review_app.scoring.units import rows_at_once

RESAMPLES = 1_000
SEED = 12_345
LEVEL = 0.95

Floats: TypeAlias = NDArray[np.float64]

Interval: TypeAlias = tuple[float, float]

DRAWN_AT_ONCE = 50_000
"""Draws that are counted together: they and their counts stay in the processor's cache."""

KEPT_FROM, KEPT_UP_TO = 1_000_000, 30_000_000
"""Draws (units times resamples, a byte each) that are kept for the next figures of as many units: they take longest."""

Part: TypeAlias = tuple[slice, Callable[[Floats], Floats]]
"""Columns of the statistics, and what takes many sums of them, shape (m, width), to as many scores."""


def resampled_sums(rows: Floats, resamples: int = RESAMPLES, seed: int = SEED) -> Iterator[Floats]:
    """Yield the sums of resamples of the rows (units, width), drawn with replacement, some at a time."""
    count = len(rows)
    draws = _remembered if KEPT_FROM <= count * resamples <= KEPT_UP_TO else _draws
    for counts in draws(count, resamples, seed):
        yield counts.astype(np.float64) @ rows


def _draws(count: int, resamples: int, seed: int) -> Iterator[NDArray[np.integer[Any]]]:
    """Yield how often each unit is drawn, shape (resamples, units), some resamples at a time."""
    random = np.random.default_rng(seed)
    for first in range(0, resamples, rows_at_once(count)):
        counts = np.empty((min(rows_at_once(count), resamples - first), count), dtype=np.uint16)
        step = max(1, DRAWN_AT_ONCE // count)
        for part in np.split(counts, range(step, len(counts), step)):
            drawn = random.integers(0, count, size=part.shape)
            drawn += np.arange(len(part))[:, None] * count
            part[:] = np.bincount(drawn.ravel(), minlength=part.size).reshape(part.shape)
        yield counts


@lru_cache(maxsize=2)
def _remembered(count: int, resamples: int, seed: int) -> tuple[NDArray[np.integer[Any]], ...]:
    """Return the draws as bytes: of thousands of units none is drawn 256 times."""
    return tuple(counts.astype(np.uint8) for counts in _draws(count, resamples, seed))


def resampled_scores(metric: Metric, rows: Floats, resamples: int = RESAMPLES, seed: int = SEED) -> Floats:
    """Return the scores of resamples of the rows (units, width), drawn with replacement."""
    return np.concatenate([metric.scores(sums) for sums in resampled_sums(rows, resamples, seed)])


def interval(metric: Metric, rows: Floats) -> Interval:
    """Return the bounds of the 95 % interval: 2.5 % of the resampled scores lie below it and 2.5 % above."""
    return _bounds(resampled_scores(metric, rows))


def intervals(rows: Floats, parts: Sequence[Part]) -> list[Interval]:
    """Return the 95 % interval of every part, all from the same draws of the rows (units, width)."""
    sums = np.concatenate(list(resampled_sums(rows)))
    return [_bounds(scores(sums[:, columns])) for columns, scores in parts]


def interval_of_difference(metric: Metric, a: AnyStatistics, b: AnyStatistics) -> Interval:
    """Return the 95 % interval of one system's score less another's, from resamples of the units they share.

    Both have a row a unit, shape (units, width), and are drawn together (Koehn 2004).
    """
    width = a.shape[1]

    def differences(sums: Floats) -> Floats:
        return metric.scores(sums[:, :width]) - metric.scores(sums[:, width:])

    (found,) = intervals(np.hstack([a, b]).astype(np.float64), [(slice(None), differences)])
    return found


def _bounds(scores: Floats) -> Interval:
    scores = np.sort(scores)
    outside = int(len(scores) * (1 - LEVEL) / 2 + 1e-9)
    return float(scores[outside]), float(scores[-1 - outside])
