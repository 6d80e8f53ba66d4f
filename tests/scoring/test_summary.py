import json
from dataclasses import asdict

import numpy as np
import pytest

from review_app.scoring.metrics import METRICS
from review_app.scoring.summary import summarise
from review_app.scoring.units import TOO_FEW

TER = METRICS["TER"]


def edits(segments: int) -> np.ndarray:
    return np.array([[number % 4, 10] for number in range(segments)])


def test_a_score_names_what_it_rests_on() -> None:
    score = summarise(TER, edits(60), [number // 5 for number in range(60)])
    assert (score.metric, score.signature, score.n, score.unit) == ("TER", TER.signature, 60, "page")
    assert score.score == pytest.approx(15)
    assert score.low is not None
    assert score.high is not None
    assert score.low < score.score < score.high


@pytest.mark.parametrize(("segments", "too_few"), [(1, True), (TOO_FEW - 1, True), (TOO_FEW, False)])
def test_few_segments_get_no_interval(segments: int, too_few: bool) -> None:
    score = summarise(TER, edits(segments))
    assert score.too_few is too_few
    assert (score.low is None) is (score.high is None) is too_few


def test_one_page_still_has_an_interval_of_some_width() -> None:
    score = summarise(TER, edits(40), ["/one-page"] * 40)
    assert score.unit == "segment"
    assert score.low != score.high


def test_statistics_read_as_floats_score_the_same() -> None:
    assert summarise(TER, edits(40).astype(float)) == summarise(TER, edits(40))


def test_a_score_is_made_of_plain_numbers() -> None:
    assert json.loads(json.dumps(asdict(summarise(TER, edits(40)))))["n"] == 40
