"""A slice of segments in one figure that can be defended: score, signature, interval, and how much it rests on."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from review_app.scoring.bootstrap import interval
from review_app.scoring.metrics import AnyStatistics, Metric
from review_app.scoring.units import TOO_FEW, Unit, grouped


@dataclass(frozen=True, slots=True)
class Score:
    """One metric over ``n`` segments, with its 95 % interval; with ``too_few`` segments there is no interval.

    ``score`` is given even then, since it is a fact of these texts; whoever shows it says "too few" instead.
    """

    metric: str
    score: float
    signature: str
    low: float | None
    high: float | None
    n: int
    unit: Unit
    too_few: bool


def summarise(metric: Metric, statistics: AnyStatistics, units: Sequence[Hashable] | None = None) -> Score:
    """Return the score of segments from their statistics, shape (n, width); ``units`` names the page of each."""
    unit, rows = grouped(statistics, units)
    too_few = len(statistics) < TOO_FEW
    low, high = (None, None) if too_few else interval(metric, rows)
    return Score(
        metric=metric.name,
        score=metric.score(statistics.sum(axis=0)),
        signature=metric.signature,
        low=low,
        high=high,
        n=len(statistics),
        unit=unit,
        too_few=too_few,
    )
