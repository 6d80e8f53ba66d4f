"""How a model of risk is learned from judged translations: penalised logistic regression by Newton's method."""

import numpy as np
from numpy.typing import NDArray

from review_app.quality.model import Floats, RiskModel, logistic

PENALTY = 3.0  # pull of each weight towards its start, in judged segments' worth of squared logits
STEPS = 50  # Newton steps at most; it settles in about six
LONGEST_STEP = 2.0  # logits a weight moves at once, so that a start far off does not overshoot
SETTLED = 1e-6  # logits


def fit(
    matrix: Floats,
    labels: NDArray[np.bool_],
    start: RiskModel | None = None,
    *,
    version: str,
    languages: tuple[str, str],
    features: tuple[str, ...],
) -> RiskModel:
    """Learn from rows of features and whether a person changed the text; ``start`` is what holds without evidence."""
    mean, scale = (start.mean, start.scale) if start else _spread(matrix)
    rows = np.nan_to_num((matrix - mean) / scale, nan=0.0, posinf=0.0, neginf=0.0)
    design = np.column_stack([rows, np.ones(len(rows))])
    prior = np.append(start.weights, start.bias) if start else np.zeros(design.shape[1])
    penalty = np.append(np.full(rows.shape[1], PENALTY), PENALTY / 100)
    weights = prior.copy()
    for _ in range(STEPS):
        chance = logistic(design @ weights)
        slope = design.T @ (chance - labels) + penalty * (weights - prior)
        curve = (design.T * (chance * (1 - chance))) @ design + np.diag(penalty)
        step = np.linalg.solve(curve, slope)
        step *= min(1.0, LONGEST_STEP / max(float(np.abs(step).max()), SETTLED))
        weights = weights - step
        if np.abs(step).max() < SETTLED:
            break
    return RiskModel(version, *languages, features, mean, scale, weights[:-1], float(weights[-1]))


def _spread(matrix: Floats) -> tuple[Floats, Floats]:
    """Return mean and standard deviation of each feature's known values; 1 where it never varies."""
    known = ~np.isnan(matrix)
    count = np.maximum(known.sum(axis=0), 1)
    mean = np.where(known, matrix, 0).sum(axis=0) / count
    variance = (np.where(known, matrix - mean, 0) ** 2).sum(axis=0) / count
    return mean, np.where(variance > 0, np.sqrt(variance), 1.0)
