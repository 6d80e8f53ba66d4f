import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_app.scoring.metrics import METRICS

CER = METRICS["CER"]


@pytest.mark.parametrize(
    ("hypothesis", "reference", "score"),
    [("kaka", "kaka", 0), ("kaka", "kako", 25), ("", "abcd", 100), ("", "", 0), ("x", "", 100), ("مكتبة", "مكتبه", 20)],
)
def test_edits_per_hundred_characters(hypothesis: str, reference: str, score: float) -> None:
    assert CER.score(CER.statistics(hypothesis, reference)) == score


@given(st.lists(st.tuples(st.text(max_size=9), st.text(max_size=9)), min_size=1, max_size=6))
def test_the_fast_formula_is_the_exact_one(pairs: list[tuple[str, str]]) -> None:
    total = CER.statistics_many(*map(list, zip(*pairs, strict=True))).sum(axis=0)
    assert CER.scores(total[None, :])[0] == pytest.approx(CER.score(total))
