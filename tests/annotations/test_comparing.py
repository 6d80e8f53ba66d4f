"""Engines compared by what people said: both must have a marked text of a sentence, and thirty such are the least."""

from datetime import date

import pytest

from review_app.annotations.agreement import Said
from review_app.annotations.comparing import compare_marked, gained, of_both
from review_app.annotations.marks import Mark
from review_app.annotations.reading import Annotated
from review_app.annotations.weights import PUBLISHED
from review_app.checks.finding import Severity

MAJOR = Mark((0, 3), Severity.MAJOR)


def text(engine: str, sentence: int, score: int = 90, *marks: Mark) -> Annotated:
    said = (Said(marks, score),)
    return Annotated(
        0, 0, 1, 1, sentence, "key", engine, "1", False, "fem ord på svenska här", "five", date(2026, 11, 1), said
    )


def both(count: int, worse_on: int) -> list[Annotated]:
    """Return texts of two engines; the second one errs on the first few sentences."""
    return [
        one
        for n in range(count)
        for one in (text("apt", n), text("bad", n, 30, MAJOR) if n < worse_on else text("bad", n))
    ]


def test_the_score_and_the_points_tell_who_is_better_and_how_sure_that_is() -> None:
    esa, mqm = compare_marked(both(40, worse_on=20), PUBLISHED)
    assert (esa.metric, esa.difference, esa.n, esa.wins, esa.ties, esa.losses) == ("ESA", 30, 40, 20, 20, 0)
    assert (mqm.metric, mqm.difference, mqm.wins) == ("MQM", -100 * (20 * 5) / (40 * 5), 20)
    assert esa.p < 0.001
    assert esa.p_holm == pytest.approx(2 * esa.p)


def test_one_sentence_in_forty_can_be_chance() -> None:
    assert all(one.p_holm == 1 for one in compare_marked(both(40, worse_on=1), PUBLISHED))


def test_engines_that_are_alike_do_not_differ() -> None:
    assert all(one.difference == 0 and one.p == 1 for one in compare_marked(both(30, worse_on=0), PUBLISHED))


def test_fewer_than_thirty_sentences_of_both_are_too_few() -> None:
    noise = [text("bad", 100 + n) for n in range(30)]
    assert compare_marked([*both(29, worse_on=9), *noise], PUBLISHED) == ()


def test_only_sentences_of_both_are_paired_and_gains_are_told_from_the_first() -> None:
    pairs = of_both([*both(3, worse_on=1), text("apt", 9)], "bad", "apt")
    assert [(one.segment_id, other.segment_id) for one, other in pairs] == [(0, 0), (1, 1), (2, 2)]
    assert gained(pairs, "ESA", PUBLISHED).tolist() == [-60, 0, 0]
    assert gained(pairs, "MQM", PUBLISHED).tolist() == [-100, 0, 0]
    assert gained([], "ESA", PUBLISHED).tolist() == []
