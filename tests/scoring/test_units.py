import numpy as np
import pytest

from review_app.scoring.units import MIN_PAGES, grouped, rows_at_once

ROWS = np.arange(40).reshape(20, 2)


def test_whole_pages_from_ten_on() -> None:
    unit, rows = grouped(ROWS, [f"/page-{number % MIN_PAGES}" for number in range(20)])
    assert unit == "page"
    assert rows.tolist() == (ROWS[:10] + ROWS[10:]).tolist()


def test_segments_while_pages_are_few() -> None:
    unit, rows = grouped(ROWS, [number % (MIN_PAGES - 1) for number in range(20)])
    assert unit == "segment"
    assert rows.tolist() == ROWS.tolist()


def test_segments_when_no_pages_are_named() -> None:
    assert grouped(ROWS)[0] == "segment"


def test_grouping_loses_nothing() -> None:
    _, rows = grouped(ROWS, [number // 2 for number in range(20)])
    assert rows.sum(axis=0).tolist() == ROWS.sum(axis=0).tolist()


@pytest.mark.parametrize(("rows", "units"), [(ROWS, [1, 2]), (ROWS[:0], []), (ROWS[:0], None)])
def test_rows_without_pages_and_nothing_at_all_are_refused(rows: np.ndarray, units: list[int] | None) -> None:
    with pytest.raises(ValueError, match="statistics"):
        grouped(rows, units)


def test_memory_stays_small() -> None:
    assert rows_at_once(10) * 10 * 8 <= 32_000_000
    assert rows_at_once(10**9) == 1
