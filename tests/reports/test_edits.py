"""How much people changed."""

import numpy as np

from review_app.quality.sampling import Sample
from review_app.reports.shares import edit_sizes, shares_by_sample, shares_of
from review_app.scoring.layout import NARROW, SAMPLES
from review_app.scoring.rows import COLUMNS
from review_app.scoring.service import Segments, System


def test_small_and_large_edits_part_at_three_words_in_ten() -> None:
    edits = np.array([(0, 10), (1, 10), (3, 10), (4, 10), (1, 1), (0, 0), (1, 0)], dtype=np.uint16)
    assert edit_sizes(edits).tolist() == [0, 1, 1, 2, 2, 0, 2]


def test_shares_of_all_samples_at_once_are_those_of_each_alone() -> None:
    rows = np.zeros(900, dtype=NARROW)
    rows["drafted"] = np.arange(900) % 9 != 0
    rows["sample"] = np.where(np.arange(900) % 4 == 0, SAMPLES.index(Sample.AUDIT), SAMPLES.index(Sample.TRIAGE))
    rows["statistics"][:, COLUMNS["HTER"]] = np.column_stack([np.arange(900) % 7, np.full(900, 10)])
    segments = Segments(rows, np.arange(900) // 40, np.zeros(900, dtype=np.int64), (System("e", "1"),))
    found = shares_by_sample(segments)
    assert found == {sample: shares_of(segments.of_sample(sample)) for sample in Sample}
    assert [found[sample].counts.total for sample in SAMPLES] == [200, 600, 0]
