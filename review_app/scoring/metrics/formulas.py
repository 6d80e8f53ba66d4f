"""sacreBLEU's formulas over many sums at once, for resampling: shape (m, k) to (m,).

They follow ``compute_bleu``, ``_compute_f_score`` and TER's division step by step; tests hold them together.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

BETA_SQUARED = 4  # recall weighs beta = 2 times as much as precision (Popović 2016, "chrF deconstructed")


def bleu_scores(totals: Floats) -> Floats:
    """Return BLEU with exponential smoothing of n-gram orders without a match (Papineni et al. 2002)."""
    produced, expected = totals[:, 0], totals[:, 1]
    matches, possible = totals[:, 2:6], totals[:, 6:10]
    unmatched = (matches == 0) & (possible > 0)
    smoothing = np.exp2(np.cumsum(unmatched, axis=1))
    counted = np.where(unmatched, 1 / smoothing, matches)
    precisions = 100 * _divide(counted, possible)
    with np.errstate(divide="ignore"):
        mean_log = np.log(precisions).mean(axis=1)  # an order without n-grams makes it minus infinity: BLEU is 0
    brevity = np.exp(np.minimum(0, 1 - expected / np.maximum(produced, 1)))
    scores: Floats = np.where(matches.any(axis=1), brevity * np.exp(mean_log), 0.0)
    return scores


def chrf_scores(totals: Floats) -> Floats:
    """Return chrF over the orders that both sides have (Popović 2017, "chrF++")."""
    triples = totals.reshape(len(totals), -1, 3)
    produced, expected, matches = triples[:, :, 0], triples[:, :, 1], triples[:, :, 2]
    counts = (produced > 0) & (expected > 0)
    orders = counts.sum(axis=1)
    precision = _divide((_divide(matches, produced) * counts).sum(axis=1), orders)
    recall = _divide((_divide(matches, expected) * counts).sum(axis=1), orders)
    return 100 * _divide((1 + BETA_SQUARED) * precision * recall, BETA_SQUARED * precision + recall)


def ter_scores(totals: Floats) -> Floats:
    """Return edits per hundred words of the reference; edits of an empty reference count as 100."""
    edits, words = totals[:, 0], totals[:, 1]
    scores: Floats = 100 * np.where(words > 0, _divide(edits, words), edits > 0)
    return scores


def _divide(above: NDArray[np.float64], below: NDArray[np.float64] | NDArray[np.int64]) -> Floats:
    """Divide, giving 0 where there is nothing to divide by."""
    result: Floats = np.divide(above, below, out=np.zeros_like(above), where=below > 0)
    return result
