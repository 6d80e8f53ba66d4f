"""Figures over time: every period that has any, and the gaps between."""

from datetime import date

import numpy as np
import pytest

from review_app.reports.shares import shares_of
from review_app.reports.trend import Step, _figures, _periods, start_of
from review_app.scoring.layout import NARROW
from review_app.scoring.rows import COLUMNS
from review_app.scoring.service import Segments, System
from review_app.scoring.units import TOO_FEW


def drafts(count: int, pages: int) -> Segments:
    rows = np.zeros(count, dtype=NARROW)
    rows["drafted"] = 1
    rows["statistics"][:, COLUMNS["HTER"]] = np.column_stack([np.arange(count) % 5, np.full(count, 10)])
    return Segments(rows, np.arange(count) * pages // count, np.zeros(count, dtype=np.int64), (System("e", "1"),))


def test_periods_begin_on_mondays_and_firsts() -> None:
    assert start_of(date(2026, 11, 27), Step.WEEK) == date(2026, 11, 23)
    assert start_of(date(2026, 11, 27), Step.MONTH) == date(2026, 11, 1)
    months = _periods(date(2025, 12, 1), date(2026, 2, 1), Step.MONTH)
    assert months == [date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1)]


@pytest.mark.parametrize("pages", [3, 20])
def test_every_period_has_its_own_figure_whether_pages_are_drawn_or_sentences(pages: int) -> None:
    segments = drafts(400, pages)
    period_of = np.arange(400) % 2
    found = _figures(segments, period_of, 3)
    for number in (0, 1):
        score, shares = found[number]
        own = segments.where(period_of == number)
        assert score is not None
        assert (score.n, score.unit) == (200, "page" if pages >= 10 else "segment")
        assert score.score == pytest.approx(100 * own.statistics("HTER")[:, 0].sum() / 2_000)
        assert score.low is not None
        assert score.low <= score.score <= (score.high or 0)
        assert shares.counts == shares_of(own).counts
        assert len(shares.intervals) == 3
    assert found[2][0] is None


def test_few_sentences_on_many_pages_get_no_interval() -> None:
    ((score, shares),) = _figures(drafts(TOO_FEW - 1, 12), np.zeros(TOO_FEW - 1, dtype=np.int64), 1)
    assert score is not None
    assert score.too_few
    assert (score.low, shares.intervals) == (None, ())
