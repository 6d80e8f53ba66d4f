"""How much people changed."""

from hypothesis import given
from hypothesis import strategies as st

from review_app.reports.edits import EditShares, edit_shares


def test_small_and_large_edits_part_at_three_words_in_ten() -> None:
    assert edit_shares([(0, 10), (1, 10), (3, 10), (4, 10), (1, 1)]) == EditShares(unchanged=1, small=2, large=2)


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40))))
def test_every_segment_is_in_one_share(edits: list[tuple[int, int]]) -> None:
    shares = edit_shares(edits)
    assert shares.total == len(edits)
    assert shares.unchanged == sum(edited == 0 for edited, _ in edits)
