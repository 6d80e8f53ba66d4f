"""How far a score could be off: percentile bootstrap (Koehn 2004, "Statistical Significance Tests for MT Evaluation").

Seed, random stream and percentiles are those of sacreBLEU 2.6.0's own bootstrap, so its intervals come out the same;
but a resample is a row of counts multiplied with the statistics, not a copy of them.
"""

import numpy as np
from numpy.typing import NDArray

from review_app.scoring.metrics import Metric
from review_app.scoring.units import rows_at_once

RESAMPLES = 1_000
SEED = 12_345
LEVEL = 0.95


def resampled_scores(
    metric: Metric, rows: NDArray[np.float64], resamples: int = RESAMPLES, seed: int = SEED
) -> NDArray[np.float64]:
    """Return the scores of resamples of the rows (units, width), drawn with replacement."""
    count = len(rows)
    random = np.random.default_rng(seed)
    scores = []
    for first in range(0, resamples, rows_at_once(count)):
        size = min(rows_at_once(count), resamples - first)
        drawn = random.integers(0, count, size=(size, count))
        drawn += np.arange(size)[:, None] * count
        counts = np.bincount(drawn.ravel(), minlength=size * count).reshape(size, count)
        scores.append(metric.scores(counts.astype(np.float64) @ rows))
    return np.concatenate(scores)


def interval(metric: Metric, rows: NDArray[np.float64]) -> tuple[float, float]:
    """Return the bounds of the 95 % interval: 2.5 % of the resampled scores lie below it and 2.5 % above."""
    scores = np.sort(resampled_scores(metric, rows))
    outside = int(len(scores) * (1 - LEVEL) / 2 + 1e-9)
    return float(scores[outside]), float(scores[-1 - outside])
