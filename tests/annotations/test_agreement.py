"""Agreement comes out as published, and as an independent implementation computes it.

The worked example of Krippendorff 2011 ("Computing Krippendorff's Alpha-Reliability", four observers, twelve units) and
the older one with three coders and fifteen units; the random data was computed with the package krippendorff 0.8.
"""

import math
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_app.annotations.agreement import Said, agreement, alpha, interval, nominal, ordinal, severities
from tests.annotations.said import BOOKS, mark

OBSERVERS = (
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
)
CODERS = (
    ". . . . . 3 4 1 2 1 1 3 3 . 3",
    "1 . 2 1 3 3 4 3 . . . . . . .",
    ". . 2 1 3 4 4 . 2 1 1 3 3 . 4",
)
SCORES = (
    "95 63 69 90 58 78 84 22 5 30 28 88 92 0 50 82 13 80 12 47 82 30 34 28 72",
    "80 67 79 95 47 79 77 36 17 20 28 100 100 6 54 68 20 79 0 39 83 37 34 32 84",
    ". 52 . . . . 83 . 44 51 26 50 38 . 100 . 9 . 97 . 89 . 72 37 .",
)

HALF = Said((mark(BOOKS, "30 books", "major"),), 50)


def units(rows: Sequence[str]) -> list[list[float]]:
    return [[float(value) for value in unit if value != "."] for unit in zip(*map(str.split, rows), strict=True)]


@pytest.mark.parametrize(
    ("rows", "difference", "published"),
    [
        (OBSERVERS, nominal, 0.743421052631579),
        (OBSERVERS, ordinal, 0.8153875037548814),
        (OBSERVERS, interval, 0.8491071428571428),
        (CODERS, nominal, 0.691358024691358),
        (CODERS, ordinal, 0.8067214199413153),
        (CODERS, interval, 0.8108448928121059),
        (SCORES, nominal, 0.02071465561885022),
        (SCORES, ordinal, 0.6031963318881832),
        (SCORES, interval, 0.6215258282674947),
    ],
)
def test_alpha_is_as_published(rows: Sequence[str], difference: Callable, published: float) -> None:
    found = alpha(units(rows), difference)
    assert found is not None
    assert math.isclose(found, published, rel_tol=1e-12)


@pytest.mark.parametrize("data", [[], [[1.0]], [[1.0], [2.0]], [[3.0, 3.0], [3.0, 3.0]]])
def test_where_nothing_differs_or_nobody_shares_a_text_alpha_is_not_said(data: list[list[float]]) -> None:
    assert alpha(data, interval) is None


@given(st.lists(st.lists(st.integers(0, 4).map(float), min_size=2, max_size=4), min_size=1, max_size=12))
def test_alpha_asks_not_who_said_what_nor_in_which_order(data: list[list[float]]) -> None:
    found = alpha(data, ordinal)
    turned = alpha([unit[::-1] for unit in reversed(data)], ordinal)
    assert (found is None) is (turned is None)
    if found is not None and turned is not None:
        assert math.isclose(found, turned, abs_tol=1e-9)
        assert found <= 1 + 1e-9
        assert math.isclose(alpha([[unit[0]] * 2 for unit in data] + [[0.0, 0.0], [9.0, 9.0]], ordinal) or 0, 1)


def test_spans_agree_by_the_characters_that_both_marked() -> None:
    less = Said((mark(BOOKS, "30"),), 80)
    found = agreement([(BOOKS, [HALF, less]), (BOOKS, [HALF])])
    assert found.texts == 1
    assert found.spans == 2 * 2 / (8 + 2)
    missing = Said((mark(BOOKS, ""),), 80)
    assert agreement([(BOOKS, [missing, missing])]).spans == 1
    assert agreement([(BOOKS, [missing, HALF])]).spans == 0
    assert agreement([(BOOKS, [Said((), 100), Said((), 90)])]).spans is None


def test_every_word_has_a_severity_and_so_has_what_is_missing() -> None:
    both = severities(BOOKS, [HALF, Said((mark(BOOKS, "books"), mark(BOOKS, "")), 60)])
    assert both == [[0, 0]] * 3 + [[2, 0], [2, 1]] + [[0, 0]] * 4 + [[0, 1]]


def test_people_who_say_the_same_agree_fully_and_three_are_compared_two_by_two() -> None:
    right = Said((), 100)
    full = agreement([(BOOKS, [HALF] * 3), (BOOKS, [right] * 3)])
    assert (full.texts, full.spans, full.scores, full.severities) == (2, 1, 1, 1)
    part = agreement([(BOOKS, [HALF, HALF, right])])
    assert part.spans == 2 * 8 / (16 + 8 + 8)
