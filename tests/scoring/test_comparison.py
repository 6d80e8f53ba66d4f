import json
from dataclasses import replace

import numpy as np
import pytest

from review_app.scoring.comparison import Comparison, compare, holm
from review_app.scoring.metrics import METRICS

REFERENCES = ["The municipal council decides", "Fees are paid each year", "Apply by post", "The library is closed"] * 3
GOOD = ["The municipal council decides", "Fees are paid every year", "Apply by post", "It shuts"] * 3
POOR = ["A town board resolves", "Yearly charge", "Apply by post", "The library is shut"] * 3


def comparison(name: str, units: list[int] | None = None) -> Comparison:
    metric = METRICS[name]
    good, poor = (metric.statistics_many(texts, REFERENCES) for texts in (GOOD, POOR))
    return compare(metric, "good", "poor", good, poor, units)


@pytest.mark.parametrize(("name", "sign"), [("chrF2++", 1), ("TER", -1)])
def test_winning_means_better_whichever_way_a_metric_counts(name: str, sign: int) -> None:
    found = comparison(name)
    assert np.sign(found.difference) == sign
    assert (found.wins, found.ties, found.losses) == (6, 3, 3)
    assert found.n == 12


def test_swapped_systems_turn_the_difference_round() -> None:
    metric = METRICS["TER"]
    good, poor = (metric.statistics_many(texts, REFERENCES) for texts in (GOOD, POOR))
    there, back = compare(metric, "a", "b", good, poor), compare(metric, "b", "a", poor, good)
    assert there.difference == -back.difference
    assert (there.wins, there.losses) == (back.losses, back.wins)


def test_pages_are_swapped_whole_when_there_are_enough() -> None:
    assert comparison("TER", list(range(12))).unit == "page"
    assert comparison("TER", [1] * 12).unit == "segment"


def test_holm_corrects_for_all_comparisons_whatever_their_metric() -> None:
    one = comparison("TER")
    found = holm([replace(one, p=0.01), replace(one, p=0.04, metric="BLEU"), replace(one, p=0.03)])
    assert [row.p_holm for row in found] == pytest.approx([0.03, 0.06, 0.06])
    assert [row.p for row in found] == [0.01, 0.04, 0.03]


def test_json_holds_plain_numbers() -> None:
    document = json.loads(json.dumps(comparison("BLEU").as_json()))
    assert document["metric"] == "BLEU"
    assert set(document) == {"metric", "a", "b", "difference", "p", "p_holm", "n", "unit", "wins", "ties", "losses"}
