"""How likely a word translates another, learned from pairs of texts: IBM model 2 by expectation maximisation.

The prior of an alignment falls with its distance from the diagonal, as in Dyer, Chahuneau and Smith 2013
("A Simple, Fast, and Effective Reparameterization of IBM Model 2").
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

TENSION = 4.0  # how steeply the prior falls from the diagonal; Dyer et al. start from 4
NULL_SHARE = 0.08  # prior that a word has no counterpart, Dyer et al. 2013
ROUNDS = 6
LONGEST = 50  # tokens of the longest sentence that is learned from
LEAST = 0.004  # probability below which a translation is forgotten
SMOOTHING = 0.01  # counts added to each translation seen together


@dataclass(frozen=True, slots=True)
class Cells:
    """Every source token against every target token of each pair; ``word`` numbers the distinct pairs of words."""

    pair_of_words: Ints
    source: Ints
    target: Ints
    place: Ints
    prior: Floats


def learn(pairs: Iterable[tuple[Sequence[str], Sequence[str]]], least: float = LEAST) -> dict[tuple[str, str], float]:
    """Return the probability of each target word given a source word; a source word of "" is no counterpart."""
    source_ids: dict[str, int] = {"": 0}
    target_ids: dict[str, int] = {}
    numbered = [
        (
            [0, *(source_ids.setdefault(word, len(source_ids)) for word in source)],
            [target_ids.setdefault(word, len(target_ids)) for word in target],
        )
        for source, target in pairs
        if 0 < len(source) <= LONGEST and 0 < len(target) <= LONGEST
    ]
    if not numbered:
        return {}
    cells = _cells(numbered, len(target_ids))
    chances = _maximised(cells)
    kept = chances >= least
    source_words, target_words = list(source_ids), list(target_ids)
    found = zip(cells.source[kept].tolist(), cells.target[kept].tolist(), chances[kept].tolist(), strict=True)
    return {(source_words[s], target_words[t]): chance for s, t, chance in found}


def _cells(numbered: list[tuple[list[int], list[int]]], width: int) -> Cells:
    """Lay out the cells of all pairs, a target token's source tokens side by side."""
    keys, places, priors = [], [], []
    tokens = 0
    for source, target in numbered:
        s, t = np.array(source), np.array(target)
        keys.append((s[None, :] * width + t[:, None]).ravel())
        places.append(np.repeat(np.arange(tokens, tokens + len(t)), len(s)))
        priors.append(_prior(len(s) - 1, len(t)).ravel())
        tokens += len(t)
    distinct, word = np.unique(np.concatenate(keys), return_inverse=True)
    return Cells(
        word.astype(np.int32), distinct // width, distinct % width,
        np.concatenate(places).astype(np.int32), np.concatenate(priors),
    )  # fmt: skip


def _prior(sources: int, targets: int) -> Floats:
    """Return, for each target token (row), the prior of its counterpart: none first, then each source token."""
    off = np.abs((np.arange(sources) + 0.5)[None, :] / sources - (np.arange(targets) + 0.5)[:, None] / targets)
    weight = np.exp(-TENSION * off)
    weight *= (1 - NULL_SHARE) / weight.sum(axis=1, keepdims=True)
    return np.column_stack([np.full(targets, NULL_SHARE), weight])


def _maximised(cells: Cells) -> Floats:
    """Return the probability of each distinct pair of words after some rounds."""
    counts = _weighed(cells.pair_of_words, cells.prior)
    for _ in range(ROUNDS):
        counts = counts + SMOOTHING
        chances = counts / _weighed(cells.source, counts)[cells.source]
        share = chances[cells.pair_of_words] * cells.prior
        share /= _weighed(cells.place, share)[cells.place]
        counts = _weighed(cells.pair_of_words, share)
    result: Floats = counts / _weighed(cells.source, counts)[cells.source]
    return result


def _weighed(numbers: Ints, weights: Floats) -> Floats:
    """Return the sum of the weights of each number."""
    return np.bincount(numbers, weights=weights).astype(np.float64)
