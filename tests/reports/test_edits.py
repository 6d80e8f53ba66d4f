"""How much people changed."""

import numpy as np

from review_app.reports.shares import edit_sizes


def test_small_and_large_edits_part_at_three_words_in_ten() -> None:
    edits = np.array([(0, 10), (1, 10), (3, 10), (4, 10), (1, 1), (0, 0), (1, 0)], dtype=np.uint16)
    assert edit_sizes(edits).tolist() == [0, 1, 1, 2, 2, 0, 2]
