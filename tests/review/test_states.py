"""Where a page stands follows from facts alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_app.review.states import (
    MOVE_NAMES,
    REFUSED,
    TRANSITIONS,
    Facts,
    Move,
    PageState,
    Verdict,
    leads_to,
    page_state,
)
from tests.review.transitions import DOCUMENT, rewrite


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        (Facts(0, 0, "a", None, None, False), PageState.UNTRANSLATED),
        (Facts(5, 0, "a", None, None, False), PageState.MACHINE),
        (Facts(5, 1, "a", None, None, False), PageState.WORK),
        (Facts(5, 5, "a", "a", None, False), PageState.SUBMITTED),
        (Facts(5, 5, "a", "a", Verdict.RETURNED, False), PageState.RETURNED),
        (Facts(5, 5, "b", "a", Verdict.RETURNED, False), PageState.RETURNED),
        (Facts(5, 5, "a", "a", Verdict.APPROVED, False), PageState.APPROVED),
        (Facts(5, 5, "a", "a", Verdict.APPROVED, True), PageState.PUBLISHED),
        (Facts(5, 5, "b", "a", Verdict.APPROVED, True), PageState.WORK),
        (Facts(5, 5, "b", "a", None, False), PageState.WORK),
        (Facts(5, 5, "b", "a", Verdict.APPROVED, False, wholly_approved=True), PageState.APPROVED),
        (Facts(5, 5, "b", "a", None, False, wholly_approved=True), PageState.WORK),
    ],
)
def test_the_table_of_states(facts: Facts, state: PageState) -> None:
    assert page_state(facts) is state


@given(
    st.integers(0, 9),
    st.integers(0, 9),
    st.sampled_from(["a", "b", None]),
    st.sampled_from([None, *Verdict]),
    st.booleans(),
)
def test_only_what_was_approved_as_it_stands_is_approved(translated, read, submitted, verdict, published) -> None:
    state = page_state(Facts(translated, min(read, translated), "a", submitted, verdict, published))
    approved = state in {PageState.APPROVED, PageState.PUBLISHED}
    assert approved == (submitted == "a" and verdict is Verdict.APPROVED)


def test_the_document_shows_the_table() -> None:
    text = DOCUMENT.read_text("utf-8")
    assert rewrite(text) == text, "run: python -m tests.review.transitions"


def test_every_move_is_named_and_in_the_table() -> None:
    assert set(MOVE_NAMES) == set(Move) == {one.move for one in TRANSITIONS}


def test_what_the_table_does_not_list_is_refused_or_changes_nothing() -> None:
    assert leads_to(Move.SUBMIT, PageState.APPROVED) == frozenset()
    assert leads_to(Move.PUBLISH, PageState.WORK) == {PageState.WORK}
    assert leads_to(Move.CORRECT, PageState.PUBLISHED) == {PageState.WORK}
    assert leads_to(Move.CORRECT, PageState.RETURNED) == {PageState.RETURNED}
    for move in REFUSED:
        assert leads_to(move, PageState.UNTRANSLATED) == frozenset(), move
