"""Two systems side by side on the same segments: by how much they differ, and how sure that is."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from review_app.scoring import significance
from review_app.scoring.metrics import AnyStatistics
from review_app.scoring.units import Unit, Units, grouped

AT_ONCE = 50_000
"""Segments whose own scores are computed at a time."""


class Measured(Protocol):
    """What systems are compared by: a metric of texts, or a figure of what people said of them."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def higher_is_better(self) -> bool:
        """Which way it counts."""

    def score(self, total: AnyStatistics) -> float:
        """Return the score of one sum of statistics."""
        ...

    def scores(self, totals: AnyStatistics) -> NDArray[np.float64]:
        """Return the scores of many sums, shape (m, width) to (m,)."""
        ...


@dataclass(frozen=True, slots=True)
class Comparison:
    """The difference of two systems by one metric: the score of ``a`` less that of ``b``.

    ``wins`` counts the segments on which ``a`` alone is better, whichever way the metric counts. ``p_holm`` is ``p``
    corrected for all comparisons made together; alone it is ``p`` itself.
    """

    metric: str
    a: str
    b: str
    difference: float
    p: float
    p_holm: float
    n: int
    unit: Unit
    wins: int
    ties: int
    losses: int

    def as_json(self) -> dict[str, Any]:
        """Return what a JSON file says of it."""
        return asdict(self)


def compare(
    metric: Measured,
    a: str,
    b: str,
    of_a: AnyStatistics,
    of_b: AnyStatistics,
    units: Units | None = None,
) -> Comparison:
    """Compare two systems from their statistics, row by row of the same segments; ``units`` names each row's page."""
    unit, rows_a = grouped(of_a, units)
    _, rows_b = grouped(of_b, units)
    better = np.sign(gains(metric, of_a, of_b))
    p = significance.randomisation_p(metric, rows_a, rows_b)
    return Comparison(
        metric=metric.name,
        a=a,
        b=b,
        difference=metric.score(of_a.sum(axis=0)) - metric.score(of_b.sum(axis=0)),
        p=p,
        p_holm=p,
        n=len(of_a),
        unit=unit,
        wins=int((better > 0).sum()),
        ties=int((better == 0).sum()),
        losses=int((better < 0).sum()),
    )


def gains(metric: Measured, of_a: AnyStatistics, of_b: AnyStatistics) -> NDArray[np.float64]:
    """Return by how much ``a`` is better than ``b`` on each segment, whichever way the metric counts."""
    difference: NDArray[np.float64] = np.round(_each(metric, of_a) - _each(metric, of_b), 9)
    return difference if metric.higher_is_better else -difference


def _each(metric: Measured, statistics: AnyStatistics) -> NDArray[np.float64]:
    """Return every segment's own score; a part at a time, as the formulas need several times the memory."""
    parts = [statistics[start : start + AT_ONCE] for start in range(0, len(statistics), AT_ONCE)]
    return np.concatenate([metric.scores(part) for part in parts])


def holm(comparisons: Sequence[Comparison]) -> tuple[Comparison, ...]:
    """Return the comparisons with ``p_holm`` corrected for all of them, whatever their metric."""
    corrected = significance.holm([comparison.p for comparison in comparisons])
    return tuple(replace(comparison, p_holm=p) for comparison, p in zip(comparisons, corrected, strict=True))
