"""Scores systems on the same texts, as anyone's files hold them: together, group by group, and two by two."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from review_app.scoring import bootstrap
from review_app.scoring.comparison import Comparison, compare, holm
from review_app.scoring.metrics import PLAIN_METRICS, Metric, Statistics

MOST_EXAMPLES = 5
EXAMPLES_BY = "chrF2++"
"""The metric by which segments differ most: of the three it says most of a single one."""


@dataclass(frozen=True, slots=True)
class System:
    """A translation of all segments, and what it is called."""

    name: str
    texts: Sequence[str]


@dataclass(frozen=True, slots=True)
class SystemScore:
    """A system's score by one metric on all segments or those of a ``group``; ``n`` is how many.

    ``low`` and ``high`` bound its 95 % interval, if that was asked for.
    """

    system: str
    metric: str
    score: float
    signature: str
    low: float | None
    high: float | None
    n: int
    group: str | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """A segment on which two systems differ, with their scores by ``EXAMPLES_BY``; ``place`` counts from 0."""

    place: int
    score_a: float
    score_b: float


@dataclass(frozen=True, slots=True)
class Pair:
    """Two systems by one metric: ``low`` and ``high`` bound the 95 % interval of their difference.

    Both, and the examples, only where pairs were asked for; examples only by the metric they are chosen by.
    """

    comparison: Comparison
    low: float | None = None
    high: float | None = None
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """All there is to say of some systems: whole files first, then every group in the order it first came."""

    scores: tuple[SystemScore, ...]
    groups: tuple[SystemScore, ...]
    pairs: tuple[Pair, ...]


def score_systems(
    systems: Sequence[System],
    reference: Sequence[str],
    *,
    confidence: bool = False,
    paired: bool = False,
    labels: Sequence[str] | None = None,
) -> Result:
    """Score systems against a reference; ``labels`` names each segment's group. All must be equally long."""
    rows = {
        name: [metric.statistics_many(system.texts, reference) for system in systems]
        for name, metric in PLAIN_METRICS.items()
    }
    whole: list[list[SystemScore]] = [[] for _ in systems]
    for name, metric in PLAIN_METRICS.items():
        for found, system, own in zip(whole, systems, rows[name], strict=True):
            found.append(_score(system.name, metric, own, confidence))
    return Result(
        scores=tuple(score for found in whole for score in found),
        groups=tuple(_by_group(systems, rows, labels, confidence)) if labels is not None else (),
        pairs=_pairs(systems, rows, paired=paired),
    )


def _by_group(
    systems: Sequence[System], rows: Mapping[str, Sequence[Statistics]], labels: Sequence[str], confidence: bool
) -> list[SystemScore]:
    of_all = np.asarray(labels, dtype=object)
    return [
        _score(system.name, metric, rows[name][place][of_all == label], confidence, label)
        for label in dict.fromkeys(labels)
        for place, system in enumerate(systems)
        for name, metric in PLAIN_METRICS.items()
    ]


def _score(name: str, metric: Metric, rows: Statistics, confidence: bool, group: str | None = None) -> SystemScore:
    low, high = bootstrap.interval(metric, rows.astype(float)) if confidence else (None, None)
    total = rows.sum(axis=0)
    return SystemScore(name, metric.name, metric.score(total), metric.signature, low, high, len(rows), group)


def _pairs(systems: Sequence[System], rows: Mapping[str, Sequence[Statistics]], *, paired: bool) -> tuple[Pair, ...]:
    compared, more = [], []
    for name, metric in PLAIN_METRICS.items():
        for (a, of_a), (b, of_b) in combinations(zip(systems, rows[name], strict=True), 2):
            compared.append(compare(metric, a.name, b.name, of_a, of_b))
            bounds = bootstrap.interval_of_difference(metric, of_a, of_b) if paired else (None, None)
            more.append((*bounds, _examples(metric, of_a, of_b) if paired and name == EXAMPLES_BY else ()))
    return tuple(Pair(one, *rest) for one, rest in zip(holm(compared), more, strict=True))


def _examples(metric: Metric, of_a: Statistics, of_b: Statistics) -> tuple[Example, ...]:
    """Return the segments on which two systems differ most, whoever is better."""
    each_a: NDArray[np.float64] = metric.scores(of_a)
    each_b: NDArray[np.float64] = metric.scores(of_b)
    apart = np.abs(each_a - each_b)
    first = np.argsort(-apart, kind="stable")[:MOST_EXAMPLES]
    return tuple(Example(int(one), float(each_a[one]), float(each_b[one])) for one in first if apart[one] > 0)
