import numpy as np
import pytest
from hypothesis import given

from review_app.scoring.metrics import METRICS
from tests.scoring.metrics.texts import CORPORA


@pytest.mark.parametrize("name", METRICS)
@given(pairs=CORPORA)
def test_many_at_once_score_as_one_by_one(name: str, pairs: list[tuple[str, str]]) -> None:
    metric = METRICS[name]
    rows = metric.statistics_many(*zip(*pairs, strict=True))
    totals = np.concatenate([rows, rows.sum(axis=0, keepdims=True), np.zeros_like(rows[:1])])
    assert metric.scores(totals) == pytest.approx([metric.score(total) for total in totals], abs=1e-9)


def test_orders_without_a_match_are_smoothed_ever_more() -> None:
    total = np.array([[20, 20, 10, 0, 0, 0, 20, 19, 18, 17]])
    assert METRICS["BLEU"].scores(total)[0] == pytest.approx(METRICS["BLEU"].score(total[0]))


def test_long_sums_lose_nothing() -> None:
    total = np.array([[3 * 10**12, 7 * 10**12]])
    assert METRICS["TER"].scores(total)[0] == METRICS["TER"].score(total[0]) == pytest.approx(300 / 7)
