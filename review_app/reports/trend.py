"""Is it getting better? The scores of what people judged, week by week or month by month."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import partial

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from review_app.pages.changes import changes_of
from review_app.reports.edits import EditShares
from review_app.reports.shares import SIZES, Shares, edit_sizes, share_of, shares_of
from review_app.scoring.bootstrap import Floats, intervals
from review_app.scoring.layout import day_of
from review_app.scoring.metrics import METRICS
from review_app.scoring.service import Segments
from review_app.scoring.summary import Score, summarise
from review_app.scoring.units import MIN_PAGES, TOO_FEW

MOST_PERIODS = 104
"""Periods that are shown, the newest: two years of weeks."""

WORDS = 1
"""The place of the words among HTER's numbers, after the edits."""


class Step(StrEnum):
    """How long a period is."""

    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Period:
    """What people judged between two days, both included; ``changes`` counts new versions of pages meanwhile.

    Without a judged text there is no score.
    """

    first: date
    last: date
    score: Score | None
    shares: Shares
    changes: int


def trend(
    session: Session, site_id: int, segments: Segments, page_ids: Collection[int] | None, step: Step
) -> list[Period]:
    """Return the periods from the first to the last in which a draft was judged, none left out, scored by HTER."""
    drafted = segments.drafted()
    if not len(drafted):
        return []
    judged = np.flatnonzero(np.bincount(drafted.rows["judged"]))
    starts = _periods(start_of(day_of(judged[0]), step), start_of(day_of(judged[-1]), step), step)
    numbers = {start: number for number, start in enumerate(starts)}
    period_of_day = np.zeros(judged[-1] + 1, dtype=np.int64)
    period_of_day[judged] = [numbers.get(start_of(day_of(day), step), -1) for day in judged]
    period_of = period_of_day[drafted.rows["judged"]]
    kept = period_of >= 0
    figures = _figures(drafted.where(kept), period_of[kept], len(starts))
    changes = Counter(start_of(day, step) for day in changes_of(session, site_id, page_ids))
    return [
        Period(start, _next(start, step) - timedelta(days=1), score, shares, changes[start])
        for start, (score, shares) in zip(starts, figures, strict=True)
    ]


def start_of(day: date, step: Step) -> date:
    """Return the Monday of a day's week, or the first of its month."""
    return day.replace(day=1) if step is Step.MONTH else day - timedelta(days=day.weekday())


def _next(start: date, step: Step) -> date:
    return start_of(start + timedelta(days=32 if step is Step.MONTH else 7), step)


def _periods(first: date, last: date, step: Step) -> list[date]:
    found = [first]
    while found[-1] < last:
        found.append(_next(found[-1], step))
    return found[-MOST_PERIODS:]


def _figures(drafted: Segments, period_of: NDArray[np.int64], count: int) -> list[tuple[Score | None, Shares]]:
    """Return score and shares of every period; the pages of all are drawn once, not anew for each period.

    Where a period has few pages it stands alone: its sentences are drawn.
    """
    page_of = np.cumsum(np.concatenate([[False], drafted.pages[1:] != drafted.pages[:-1]]))
    pages = int(page_of[-1]) + 1
    statistics = drafted.statistics("HTER")
    kinds = edit_sizes(statistics)[:, None] == np.arange(len(SIZES))
    cells = page_of * count + period_of
    sums = np.stack(
        [
            np.bincount(cells, weights=column, minlength=pages * count).astype(np.float64)
            for column in (*statistics.T.astype(np.float64), *kinds.T)
        ],
        axis=-1,
    ).reshape(pages, count, -1)

    together = np.flatnonzero((sums[:, :, WORDS + 1 :].sum(axis=2) > 0).sum(axis=0) >= MIN_PAGES)
    found = dict(zip(together.tolist(), _together(sums[:, together]), strict=True))
    return [found.get(number) or _alone(drafted.where(period_of == number)) for number in range(count)]


def _together(sums: Floats) -> Iterator[tuple[Score, Shares]]:
    """Yield the figures of periods from the sums of pages in them, shape (pages, periods, edits + words + kinds)."""
    width, periods = sums.shape[2], range(sums.shape[1])
    measures: list[Callable[[Floats], Floats]] = [_hter, *(partial(_share, kind) for kind in range(len(SIZES)))]
    parts = [(slice(width * one, width * (one + 1)), measure) for one in periods for measure in measures]
    bounds = intervals(sums.reshape(len(sums), -1), parts) if parts else []
    for one in periods:
        total = sums[:, one].sum(axis=0)
        counts = EditShares(*(int(number) for number in total[WORDS + 1 :]))
        own = bounds[len(measures) * one : len(measures) * (one + 1)]
        sure = counts.total >= TOO_FEW
        low, high = own[0] if sure else (None, None)
        metric = METRICS["HTER"]
        score = metric.score(total[: WORDS + 1])
        yield (
            Score(metric.name, score, metric.signature, low, high, counts.total, "page", not sure),
            Shares(counts, tuple(own[1:]) if sure else (), "page"),
        )


def _alone(drafted: Segments) -> tuple[Score | None, Shares]:
    score = summarise(METRICS["HTER"], drafted.statistics("HTER"), drafted.pages) if len(drafted) else None
    return score, shares_of(drafted)


def _hter(sums: Floats) -> Floats:
    return METRICS["HTER"].scores(sums[:, : WORDS + 1])


def _share(kind: int, sums: Floats) -> Floats:
    return share_of(kind, sums[:, WORDS + 1 :])
