"""Rows as bytes, and what a slice of them sums to."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_app.scoring.filling import PageRows
from review_app.scoring.layout import BANDS, NARROW, WIDE, read_rows
from review_app.scoring.rows import COLUMNS, WIDTH
from review_app.scoring.service import _together
from review_app.scoring.units import sums_by


def stored(page_id: int, rows: np.ndarray) -> PageRows:
    count = len(rows)
    return PageRows(page_id, count, count, count, bytes(4 * BANDS), (("e", str(page_id)),), rows.tobytes())


def rows_of(numbers: list[int], kind: np.dtype = NARROW) -> np.ndarray:
    rows = np.zeros(len(numbers), dtype=kind)
    rows["statistics"] = np.array(numbers)[:, None]
    rows["machine"] = range(len(numbers))
    return rows


def test_a_row_takes_as_much_as_the_documentation_says() -> None:
    assert NARROW.itemsize == 104
    assert sum(columns.stop - columns.start for columns in COLUMNS.values()) == WIDTH


@pytest.mark.parametrize("kind", [NARROW, WIDE])
def test_what_was_stored_comes_back(kind: np.dtype) -> None:
    rows = rows_of([1, 2, 65_535], kind)
    np.testing.assert_array_equal(read_rows(rows.tobytes(), 3), rows)
    with pytest.raises(ValueError, match="no stored statistics"):
        read_rows(rows.tobytes()[:-1], 3)


def test_a_page_with_larger_numbers_stands_beside_others() -> None:
    found = _together([stored(1, rows_of([1, 2])), stored(4, rows_of([70_000], WIDE))])
    assert found.statistics("TER")[:, 0].tolist() == [1, 2, 70_000]
    assert found.pages.tolist() == [1, 1, 4]
    assert [found.systems[number].version for number in found.system] == ["1", "1", "4"]


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 60_000)), min_size=1, max_size=40), st.randoms())
def test_parts_add_up_to_the_whole_in_any_order(pairs: list[tuple[int, int]], random: object) -> None:
    keys, numbers = map(np.array, zip(*pairs, strict=True))
    found, sums = sums_by(keys, numbers.astype(np.uint16)[:, None])
    assert sums.sum() == numbers.sum()
    order = np.array(random.sample(range(len(pairs)), len(pairs)))  # type: ignore[attr-defined]
    again, same = sums_by(keys[order], numbers.astype(np.uint16)[order][:, None])
    assert (found.tolist(), sums.tolist()) == (again.tolist(), same.tolist())
