"""Figures of reports, turned the way their tables and sentences tell them."""

from collections.abc import Mapping
from dataclasses import dataclass

from review_app.annotations.comparing import MEASURES
from review_app.reports.edits import of_hundred
from review_app.reports.shares import SIZES, Shares
from review_app.reports.slices import Extent
from review_app.scoring.bootstrap import Interval
from review_app.scoring.comparison import Comparison
from review_app.scoring.metrics import METRICS
from review_app.web.report_charts import edit_labels

CERTAIN = 0.05
"""Below this p, corrected for all comparisons, chance is no good explanation."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Two engines by one metric, told from the better one's side; ``certain`` when chance does not explain it."""

    metric: str
    better: str
    worse: str
    difference: float
    p: float
    certain: bool
    n: int
    wins: int
    ties: int
    losses: int


@dataclass(frozen=True, slots=True)
class SharePart:
    """A row of the table beside the share bar; no interval when too few sentences were read."""

    size: str
    label: str
    count: int
    of_hundred: int
    interval: Interval | None


def by_extent(extents: Mapping[str, Extent]) -> list[tuple[list[str], Extent]]:
    """Return what scores rest on, with the metrics that rest on the same."""
    found: dict[Extent, list[str]] = {}
    for name, extent in extents.items():
        found.setdefault(extent, []).append(name)
    return [(names, extent) for extent, names in found.items()]


def verdict(one: Comparison) -> Verdict:
    """Turn a comparison so that its better engine comes first."""
    metric = METRICS.get(one.metric) or MEASURES[one.metric]
    forward = (one.difference >= 0) is metric.higher_is_better
    return Verdict(
        metric=one.metric,
        better=one.a if forward else one.b,
        worse=one.b if forward else one.a,
        difference=abs(one.difference),
        p=one.p_holm,
        certain=one.p_holm < CERTAIN,
        n=one.n,
        wins=one.wins if forward else one.losses,
        ties=one.ties,
        losses=one.losses if forward else one.wins,
    )


def share_parts(shares: Shares) -> list[SharePart]:
    """Return the rows of the table beside a share bar."""
    intervals = shares.intervals or (None, None, None)
    sizes = shares.counts.sizes
    return [SharePart(*row) for row in zip(SIZES, edit_labels(), sizes, of_hundred(sizes), intervals, strict=True)]
