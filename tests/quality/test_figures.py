"""Figures against hand-made cases and against what defines them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_app.quality.figures import (
    area_interval,
    area_under_curve,
    arrays,
    brier,
    calibration,
    ratio,
    triage_curve,
)

rows = st.lists(st.tuples(st.sampled_from([0.1, 0.2, 0.5, 0.9]), st.integers(0, 4)), min_size=2, max_size=40)


@given(rows)
def test_the_area_is_how_often_a_changed_text_has_the_higher_risk(pairs: list[tuple[float, int]]) -> None:
    risk, _, changed = arrays(pairs)
    wins = [(a > b) + (a == b) / 2 for a in risk[changed] for b in risk[~changed]]
    expected = float(np.mean(wins)) if wins else None
    found = area_under_curve(risk, changed)
    assert found == (None if expected is None else pytest.approx(expected))


def test_the_brier_score_of_the_sure_and_right_is_nothing() -> None:
    assert brier(np.array([1.0, 0.0]), np.array([True, False])) == 0
    assert brier(np.array([0.5, 0.5]), np.array([True, False])) == 0.25


def test_an_interval_of_a_share_is_wilson_s() -> None:
    found = ratio(8, 10)  # 0.490-0.943: Newcombe 1998, table I, method 3, for 81/263 gives 0.255-0.366
    assert (round(found.low, 3), round(found.high, 3)) == (0.490, 0.943)
    other = ratio(81, 263)
    assert (round(other.low, 4), round(other.high, 4)) == (0.2553, 0.3662)
    assert (ratio(0, 0).low, ratio(0, 0).high) == (0.0, 1.0)


def test_an_area_s_interval_is_narrower_with_more_texts() -> None:
    few, many = area_interval(0.8, 10, 10), area_interval(0.8, 200, 200)
    assert few[0] < many[0] < 0.8 < many[1] < few[1] <= 1


def test_calibration_bins_hold_enough_texts_or_there_are_none() -> None:
    risk = np.linspace(0, 1, 64)
    changed = risk > 0.5
    bins = calibration(risk, changed, least=15)
    assert [found.changed.total for found in bins] == [16, 16, 16, 16]
    assert [found.changed.share for found in bins] == [0, 0, 1, 1]
    assert calibration(risk[:14], changed[:14], least=15) == []


def test_the_curve_of_a_perfect_risk_is_the_perfect_one() -> None:
    edits = np.array([5.0, 3.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0])
    curve = triage_curve(edits / 10, edits)
    assert curve is not None
    assert curve.by_risk == pytest.approx(curve.perfect)
    assert curve.found_by(0.1) == pytest.approx(0.5)
    assert curve.found_by(0.2) == pytest.approx(0.8)


def test_the_curve_of_a_risk_that_tells_nothing_is_chance_in_whatever_order_the_rows_are() -> None:
    edits = np.array([9.0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
    for order in (edits, edits[::-1]):
        curve = triage_curve(np.full(10, 0.3), order)
        assert curve is not None
        assert curve.by_risk == pytest.approx(curve.reviewed)


@given(rows)
def test_no_order_beats_the_perfect_one_and_all_is_found_in_the_end(pairs: list[tuple[float, int]]) -> None:
    risk, edits, changed = arrays(pairs)
    curve = triage_curve(risk, edits)
    assert (curve is None) is not bool(changed.any())
    if curve is not None:
        assert all(best >= found - 1e-9 for best, found in zip(curve.perfect, curve.by_risk, strict=True))
        assert curve.by_risk[-1] == pytest.approx(1)
        assert list(curve.by_risk) == sorted(curve.by_risk)
