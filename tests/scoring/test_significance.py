import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_app.scoring import significance
from review_app.scoring.metrics import METRICS
from review_app.scoring.significance import TRIALS, holm, randomisation_p

TER = METRICS["TER"]


def edits(*counts: int) -> np.ndarray:
    """Statistics of TER: these edits in sentences of ten words."""
    return np.array([[count, 10] for count in counts], dtype=float)


def test_alike_systems_do_not_differ() -> None:
    assert randomisation_p(TER, edits(1, 4, 2), edits(1, 4, 2)) == 1.0


def test_p_counts_the_swaps_that_go_as_far() -> None:
    """Five units, all better: 2 of the 32 ways to swap them go as far."""
    assert randomisation_p(TER, edits(1, 1, 1, 1, 1), edits(3, 3, 3, 3, 3)) == pytest.approx(2 / 32, abs=0.01)


def test_a_clear_difference_is_never_certain() -> None:
    assert randomisation_p(TER, edits(*[1] * 100), edits(*[5] * 100)) == 1 / (TRIALS + 1)


def test_p_does_not_depend_on_who_comes_first() -> None:
    a, b = edits(1, 5, 2, 8, 3, 3), edits(2, 5, 4, 7, 6, 4)
    assert randomisation_p(TER, a, b) == pytest.approx(randomisation_p(TER, b, a), abs=0.02)


def test_same_seed_same_p_whatever_the_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    a, b = edits(1, 5, 2, 8, 3, 3, 1, 0), edits(2, 5, 4, 7, 6, 4, 1, 1)
    p = randomisation_p(TER, a, b)
    monkeypatch.setattr(significance, "rows_at_once", lambda units: 1000)
    assert randomisation_p(TER, a, b) == p


def test_other_units_are_refused() -> None:
    with pytest.raises(ValueError, match="same units"):
        randomisation_p(TER, edits(1, 2), edits(1))


def test_holm_by_hand() -> None:
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert holm([0.5, 0.9]) == [1.0, 1.0]
    assert holm([]) == []


@given(st.lists(st.floats(0, 1), max_size=12))
def test_holm_keeps_the_order_and_never_lowers_p(ps: list[float]) -> None:
    corrected = holm(ps)
    assert all(p <= q <= 1 for p, q in zip(ps, corrected, strict=True))
    by_p = [corrected[index] for index in sorted(range(len(ps)), key=ps.__getitem__)]
    assert by_p == sorted(by_p)
