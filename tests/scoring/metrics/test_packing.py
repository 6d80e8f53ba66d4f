import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_app.scoring.metrics import METRICS, pack, unpack


@given(st.lists(st.integers(0, 2**62), max_size=24))
def test_what_was_packed_comes_back(numbers: list[int]) -> None:
    assert unpack(pack(np.array(numbers, dtype=np.int64))).tolist() == numbers


def test_stored_bytes_never_change_their_meaning() -> None:
    assert pack(np.array([3, 255])) == bytes([1, 3, 255])
    assert pack(np.array([3, 256])) == bytes([2, 3, 0, 0, 1])
    assert unpack(bytes([4, 1, 2, 0, 0])).tolist() == [513]


def test_floats_that_hold_whole_numbers_are_packed_as_such() -> None:
    assert pack(np.array([4.0, 9.0])) == pack(np.array([4, 9]))


@pytest.mark.parametrize("numbers", [[-1], [0.5]])
def test_other_numbers_are_refused(numbers: list[float]) -> None:
    with pytest.raises(ValueError, match="whole numbers"):
        pack(np.array(numbers))


@pytest.mark.parametrize("stored", [b"", b"\x03\x01\x02\x03", b"\x02\x01"])
def test_other_bytes_are_refused(stored: bytes) -> None:
    with pytest.raises(ValueError, match=r"no packed statistics|buffer size"):
        unpack(stored)


def test_a_sentence_takes_few_bytes() -> None:
    sizes = {name: len(pack(metric.statistics("Pay it.", "Pay the fee."))) for name, metric in METRICS.items()}
    assert sizes == {"BLEU": 11, "chrF2++": 25, "TER": 3, "HTER": 3}
