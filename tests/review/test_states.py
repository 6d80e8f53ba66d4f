"""Where a page stands follows from facts alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_app.review.states import Facts, PageState, Verdict, page_state


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
