"""Marking words: neighbours become one mark, a new mark takes the place of what it overlaps."""

from collections.abc import Collection
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_app.annotations.marks import Mark, read_marks, with_words, without
from review_app.annotations.weights import PUBLISHED, Weights, checked, is_wrong, read_weights
from review_app.annotations.words import words_of
from review_app.checks.finding import Severity
from review_app.errors import BadInput
from tests.annotations.said import BOOKS, mark

WORDS = words_of(BOOKS)  # You may borrow 30 books at a time .
MISSING = len(WORDS)


def marked(marks: tuple[Mark, ...], words: Collection[int], severity: str = "minor") -> tuple[Mark, ...]:
    return with_words(marks, WORDS, words, Severity(severity), None)


def shown(marks: tuple[Mark, ...]) -> list[str]:
    return [BOOKS[slice(*one.span)] if one.span else "[MISSING]" for one in marks]


def test_neighbours_are_one_mark_and_others_marks_of_their_own() -> None:
    assert shown(marked((), {3, 4, 6})) == ["30 books", "a"]


def test_a_new_mark_takes_the_place_of_what_it_overlaps() -> None:
    first = marked((), {2, 3})
    again = marked(first, {3, 4}, "major")
    assert [(*shown((one,)), one.severity) for one in again] == [("30 books", "major")]


def test_what_is_missing_is_marked_once_and_stands_last() -> None:
    both = marked(marked((), {MISSING}), {0})
    assert shown(both) == ["You", "[MISSING]"]
    assert [one.severity for one in marked(both, {MISSING}, "major")] == ["minor", "major"]


def test_what_is_missing_is_an_omission_where_kinds_are_told() -> None:
    (found,) = with_words((), WORDS, {MISSING}, Severity.MAJOR, "style")
    assert found.category == "accuracy/omission"


def test_a_mark_is_taken_away_by_its_place() -> None:
    both = marked((), {0, 2})
    assert shown(without(both, 0)) == ["borrow"]
    assert without(both, 5) == both


@given(st.lists(st.tuples(st.sets(st.integers(-2, MISSING + 2)), st.sampled_from(Severity)), max_size=6))
def test_marks_never_overlap_and_are_read_as_they_are_stored(steps: list[tuple[set[int], Severity]]) -> None:
    marks: tuple[Mark, ...] = ()
    for words, severity in steps:
        marks = with_words(marks, WORDS, words, severity, None)
    spans = [one.span for one in marks if one.span]
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    assert sum(one.missing for one in marks) <= 1
    assert read_marks([one.as_json() for one in marks]) == marks


# ---------------------------------------------------------------------------------------- what errors cost


@pytest.mark.parametrize(
    ("severity", "category", "cost"),
    [
        ("minor", "style", 1),
        ("major", "style", 5),
        ("critical", None, 25),
        ("minor", "fluency/punctuation", 0.1),
        ("major", "fluency/punctuation", 5),
        ("minor", "non-translation", 25),
        ("critical", "non-translation", 25),
    ],
)
def test_an_error_costs_what_was_published(severity: str, category: str | None, cost: float) -> None:
    assert PUBLISHED.of(mark(BOOKS, "30", severity, category)) == cost


def test_a_site_weighs_in_its_own_way_and_every_figure_says_so() -> None:
    own = checked(Weights(minor=0.5))
    assert own.penalty([mark(BOOKS, "30"), mark(BOOKS, "books", "major")]) == 5.5
    assert "minor:0.5|major:5" in own.signature
    assert own.signature != PUBLISHED.signature
    assert read_weights(own.as_json()) == own
    assert read_weights(None) == PUBLISHED


@pytest.mark.parametrize("weights", [Weights(minor=-1), Weights(critical=1000), Weights(minor=6), Weights(major=26)])
def test_weights_that_make_no_sense_are_refused(weights: Weights) -> None:
    with pytest.raises(BadInput):
        checked(weights)


def test_wrong_is_what_has_more_than_minor_errors() -> None:
    assert not is_wrong([])
    assert not is_wrong([mark(BOOKS, "30")])
    assert is_wrong([mark(BOOKS, "30"), mark(BOOKS, "time", "major")])
    assert is_wrong([mark(BOOKS, "", "critical")])
    assert is_wrong([mark(BOOKS, BOOKS, "minor", "non-translation")])
