"""What annotations come to: means of annotators, then of texts, with intervals where there are enough."""

import math

from hypothesis import given
from hypothesis import strategies as st

from review_app.annotations.agreement import Said
from review_app.annotations.figures import ESA, PENALTY, WRONG, errors, figures, on_the_same
from review_app.annotations.weights import PUBLISHED, Weights
from tests.annotations.said import BOOKS, annotated, mark

GOOD = Said((), 100)
BAD = Said((mark(BOOKS, "30", "major"), mark(BOOKS, "time")), 40)


def test_a_text_counts_once_however_many_marked_it() -> None:
    found = figures([annotated(GOOD, BAD), annotated(GOOD, segment=2)], PUBLISHED)
    assert found[ESA].score == (70 + 100) / 2
    assert found[PENALTY].score == 100 * (6 / 2) / 14  # seven words each
    assert found[PENALTY].per_text == 1.5
    assert found[WRONG].score == 25
    assert (found[ESA].n, found[ESA].words, found[ESA].pages, found[ESA].too_few) == (2, 14, 1, True)
    assert found[ESA].low is None
    assert figures([], PUBLISHED) == {}


def test_from_thirty_texts_there_are_intervals_of_pages_where_there_are_ten() -> None:
    texts = [annotated(BAD if place % 3 == 0 else GOOD, segment=place, page=place % 10) for place in range(30)]
    by_page = figures(texts, PUBLISHED)
    assert (by_page[WRONG].unit, by_page[WRONG].too_few) == ("page", False)
    few_pages = [annotated(*text.said, segment=text.segment_id, page=text.page_id % 9) for text in texts]
    assert figures(few_pages, PUBLISHED)[WRONG].unit == "segment"
    assert figures(texts[:29], PUBLISHED)[WRONG].too_few
    for one in by_page.values():
        assert one.low is not None
        assert one.high is not None
        assert one.low <= one.score <= one.high


@given(st.lists(st.tuples(st.sampled_from([GOOD, BAD]), st.integers(1, 12)), min_size=1, max_size=40))
def test_order_does_not_matter_and_weights_scale_the_penalty(rows: list[tuple[Said, int]]) -> None:
    texts = [annotated(said, page=page, segment=place) for place, (said, page) in enumerate(rows)]
    twice = Weights(minor=2, major=10, critical=50, minor_punctuation=0.2, non_translation=50)
    once, back, doubled = figures(texts, PUBLISHED), figures(texts[::-1], PUBLISHED), figures(texts, twice)
    assert all(math.isclose(once[name].score, back[name].score) for name in once)
    assert math.isclose(doubled[PENALTY].score, 2 * once[PENALTY].score)
    assert doubled[ESA].score == once[ESA].score


def test_errors_are_counted_by_kind_and_severity() -> None:
    said = Said((mark(BOOKS, "30", "major", "accuracy/mistranslation"), mark(BOOKS, "time")), 40)
    counts = errors([annotated(said, said), annotated(GOOD)])
    assert counts == {("accuracy/mistranslation", "major"): 2, ("", "minor"): 2}


def test_engines_are_compared_on_sentences_that_all_of_them_translated() -> None:
    texts = [
        annotated(GOOD, segment=1, engine="a"),
        annotated(BAD, segment=1, engine="b"),
        annotated(GOOD, segment=2, engine="a"),  # noise: b has none of it
    ]
    assert [(text.segment_id, text.engine) for text in on_the_same(texts)] == [(1, "a"), (1, "b")]
    assert on_the_same(texts[2:]) == texts[2:]
