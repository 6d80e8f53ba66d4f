"""The whole site from strata: shares that are known come out, and the interval holds the truth as often as it says."""

import numpy as np
import pytest

from review_app.reports.estimate import joined, stratified


def test_a_stratum_counts_as_much_as_it_holds_texts() -> None:
    """90 of 100 texts are of low risk, and 1 in 10 of these is edited; of the other 10 it is 8 in 10."""
    found = stratified(np.array([900.0, 100.0]), np.array([50.0, 50.0]), np.array([5.0, 40.0]))
    assert found.share == pytest.approx(0.9 * 10 + 0.1 * 80)
    assert found.low < found.share < found.high


def test_what_is_read_in_full_is_known() -> None:
    found = stratified(np.array([40.0, 10.0]), np.array([40.0, 10.0]), np.array([10.0, 10.0]))
    assert (found.low, found.share, found.high) == pytest.approx((40, 40, 40))


def test_strata_with_too_few_judged_texts_join_their_neighbour() -> None:
    sizes, counts = joined(np.array([5.0, 7.0, 11.0, 13.0]), np.array([[1.0, 3.0, 0.0, 2.0], [0.0, 1.0, 1.0, 2.0]]))
    assert sizes.tolist() == [5 + 7 + 11, 13]
    assert counts.tolist() == [[4, 2], [2, 2]]


def test_the_interval_holds_the_truth_though_the_risky_were_chosen() -> None:
    random = np.random.default_rng(7)
    population, truth = np.array([8_000.0, 2_000.0]), np.array([0.1, 0.7])
    judged = np.array([60.0, 240.0])  # four of five were chosen because their risk was high
    whole = 100 * float((population * truth).sum() / population.sum())
    held = 0
    for _ in range(1_000):
        found = stratified(population, judged, random.binomial(judged.astype(int), truth).astype(float))
        held += found.low <= whole <= found.high
    assert 0.90 <= held / 1_000 <= 0.98
