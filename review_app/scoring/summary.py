"""A slice of segments in one figure that can be defended: score, signature, interval, and how much it rests on."""

from collections.abc import Sequence
from dataclasses import dataclass

from review_app.scoring.bootstrap import intervals
from review_app.scoring.metrics import METRICS, AnyStatistics, Metric
from review_app.scoring.rows import COLUMNS
from review_app.scoring.units import TOO_FEW, Unit, Units, grouped


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


def summarise(metric: Metric, statistics: AnyStatistics, units: Units | None = None) -> Score:
    """Return the score of segments from their statistics, shape (n, width); ``units`` names the page of each."""
    unit, rows = grouped(statistics, units)
    (score,) = _scores([(metric, slice(None))], rows, len(statistics), unit, sure=True)
    return score


def summarise_all(
    names: Sequence[str], statistics: AnyStatistics, units: Units | None = None, *, sure: bool = True
) -> dict[str, Score]:
    """Return the scores by these metrics from the statistics of all, shape (n, WIDTH), resampled together.

    Not ``sure``: without intervals.
    """
    first, last = min(COLUMNS[name].start for name in names), max(COLUMNS[name].stop for name in names)
    unit, rows = grouped(statistics[:, first:last], units)
    chosen = [(METRICS[name], slice(COLUMNS[name].start - first, COLUMNS[name].stop - first)) for name in names]
    return {score.metric: score for score in _scores(chosen, rows, len(statistics), unit, sure=sure)}


def _scores(
    metrics: Sequence[tuple[Metric, slice]], rows: AnyStatistics, n: int, unit: Unit, *, sure: bool
) -> list[Score]:
    too_few = n < TOO_FEW
    bounds: Sequence[tuple[float | None, float | None]] = [(None, None)] * len(metrics)
    if sure and not too_few:
        bounds = intervals(rows, [(columns, metric.scores) for metric, columns in metrics])
    total = rows.sum(axis=0)
    return [
        Score(metric.name, metric.score(total[columns]), metric.signature, low, high, n, unit, too_few)
        for (metric, columns), (low, high) in zip(metrics, bounds, strict=True)
    ]
