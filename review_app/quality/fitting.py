"""How a model of risk is learned from judged translations: penalised logistic regression by Newton's method."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from review_app.quality.model import Floats, RiskModel, logistic, standardised
from review_app.quality.reasons import PLUGIN

PENALTY = 100.0  # pull of each weight towards its start, in judged segments' worth of squared logits
FREE = 0.01  # share of that pull on the bias
SIMPLE = frozenset("critical grave minor short long words brief copied sizes_0 sizes_1 sizes_2 sizes_3".split())
"""Features of the whole text, which need less evidence than counts of odd words."""

RAISING = frozenset({"critical"})
"""Features that never speak for a text: a check that is often wrong at a site is switched off, not turned round."""

FROM_NOTHING = (1.0, 0.3)
HOLDS = ((100.0, 30.0), (30.0, 3.0), (10.0, 0.3), (1.0, 0.3))
"""Shares of that pull on the counts and on the simple features, where there is no start; and those that are tried where
there is one: as much as the judgements that were left out bear out."""

FOLDS = 5  # parts of the judgements that are left out in turn
LEAST_TRIED = 50  # judgements below which there is nothing to leave out: the first of the holds then holds
HEADS = 2  # rows of weights: without and with another engine's translation
STEPS = 50  # Newton steps at most; it settles in about six
LONGEST_STEP = 2.0  # logits a weight moves at once, so that a start far off does not overshoot
SETTLED = 1e-5  # logits


def fit(
    matrix: Floats,
    labels: NDArray[np.bool_],
    start: RiskModel | None = None,
    *,
    version: str,
    languages: tuple[str, str],
    features: tuple[str, ...],
) -> RiskModel:
    """Learn from rows of features and whether a person changed the text; ``start`` is what holds without evidence.

    What is learned is added to the start, whether or not another engine's translation stands beside a text. How
    strongly the start is held to is chosen by cross-validation.
    """
    mean, scale = (start.mean, start.scale) if start else spread(matrix)
    design = with_bias(standardised(matrix, mean, scale))
    known = start.logits(matrix) if start else np.zeros(len(matrix))
    truth = labels.astype(np.float64)
    hold = _best_hold(design, truth, known, features) if start else FROM_NOTHING
    added = _added(design, truth, known, _pulls(hold, features), features)
    weights = added[:-1] + (start.weights if start else np.zeros((HEADS, 1)))
    bias = added[-1] + (start.bias if start else np.zeros(HEADS))
    return RiskModel(version, *languages, features, mean, scale, weights, bias)


def widened(model: RiskModel, matrix: Floats, features: tuple[str, ...]) -> RiskModel:
    """Return the same model over features more, the last columns of a matrix; they weigh nothing."""
    more = len(features) - len(model.features)
    mean, scale = spread(matrix[:, -more:])
    weights = np.hstack([model.weights, np.zeros((HEADS, more))])
    scales = np.concatenate([model.mean, mean]), np.concatenate([model.scale, scale])
    return replace(model, features=features, mean=scales[0], scale=scales[1], weights=weights)


def _best_hold(design: Floats, truth: Floats, known: Floats, features: tuple[str, ...]) -> tuple[float, float]:
    """Return how strongly to hold to the start: what explains best the judgements it has not learned from."""
    if len(truth) < LEAST_TRIED:
        return HOLDS[0]
    fold = np.arange(len(truth)) % FOLDS
    losses = {hold: _loss_unseen(design, truth, known, hold, fold, features) for hold in HOLDS}
    return min(losses, key=losses.__getitem__)


def _loss_unseen(
    design: Floats,
    truth: Floats,
    known: Floats,
    hold: tuple[float, float],
    fold: NDArray[np.int64],
    features: tuple[str, ...],
) -> float:
    """Return the sum of the negative log-likelihoods (nats) of judgements, each left out of what is learned."""
    loss, pulls = 0.0, _pulls(hold, features)
    for at in range(FOLDS):
        unseen = fold == at
        added = _added(design[~unseen], truth[~unseen], known[~unseen], pulls, features)
        logits = known[unseen] + design[unseen] @ added
        loss += float(np.sum(np.logaddexp(0.0, logits) - truth[unseen] * logits))
    return loss


def _pulls(hold: tuple[float, float], features: tuple[str, ...]) -> Floats:
    """Return the pull of each weight and of the bias."""
    counts, simple = hold
    shares = [simple if name in SIMPLE or name.startswith(PLUGIN) else counts for name in features]
    return PENALTY * np.array([*shares, counts * FREE])


def _added(design: Floats, truth: Floats, known: Floats, pulls: Floats, features: tuple[str, ...]) -> Floats:
    found = descend(design, truth, np.zeros(design.shape[1]), pulls, known=known)
    raising = [at for at, name in enumerate(features) if name in RAISING]
    found[raising] = np.maximum(found[raising], 0.0)
    return found


def descend(
    design: Floats,
    labels: Floats,
    prior: Floats,
    penalty: Floats,
    *,
    importance: Floats | float = 1.0,
    known: Floats | float = 0.0,
) -> Floats:
    """Return the weights that explain the labels best without leaving the prior for little.

    ``known`` are logits that the weights come on top of.
    """
    weights = prior.copy()
    for _ in range(STEPS):
        chance = logistic(design @ weights + known)
        slope = design.T @ (importance * (chance - labels)) + penalty * (weights - prior)
        curve = (design.T * (importance * chance * (1 - chance))) @ design + np.diag(penalty)
        step = np.linalg.solve(curve, slope)
        step *= min(1.0, LONGEST_STEP / max(float(np.abs(step).max()), SETTLED))
        weights = weights - step
        if np.abs(step).max() < SETTLED:
            break
    return weights


def with_bias(rows: Floats) -> Floats:
    """Return rows with a column of ones."""
    return np.column_stack([rows, np.ones(len(rows))])


def spread(matrix: Floats) -> tuple[Floats, Floats]:
    """Return mean and standard deviation of each feature's known values; 1 where it never varies."""
    known = ~np.isnan(matrix)
    count = np.maximum(known.sum(axis=0), 1)
    mean = np.where(known, matrix, 0).sum(axis=0) / count
    variance = (np.where(known, matrix - mean, 0) ** 2).sum(axis=0) / count
    return mean, np.where(variance > 0, np.sqrt(variance), 1.0)
