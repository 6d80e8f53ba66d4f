"""Two changes of one text: nothing that either person wrote is lost where they touched different words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_app.text.merging import merge

BASE = "You may borrow 30 books at a time."


@pytest.mark.parametrize(
    ("mine", "theirs", "merged"),
    [
        ("You may borrow 20 books at a time.", "You can borrow 30 books at a time.",
         "You can borrow 20 books at a time."),
        ("You may borrow 20 books at a time.", BASE, "You may borrow 20 books at a time."),
        (BASE, "Borrow 30 books at a time.", "Borrow 30 books at a time."),
        ("You may borrow 20 books at a time.", "You may borrow 20 books a time.", "You may borrow 20 books a time."),
        (BASE + " Ask us.", "Hello. " + BASE, "Hello. " + BASE + " Ask us."),
        ("You may borrow <1>30</1> books at a time.", "You may borrow 30 books each time.",
         "You may borrow <1>30</1> books each time."),
    ],
)  # fmt: skip
def test_changes_of_different_words_come_together(mine: str, theirs: str, merged: str) -> None:
    assert merge(BASE, mine, theirs) == (merged, True)
    assert merge(BASE, theirs, mine).text == merged


def test_where_both_changed_the_same_words_mine_stand_and_it_is_said() -> None:
    assert merge(BASE, "You may borrow 20 books at once.", "You may borrow 40 books at a time.") == (
        "You may borrow 20 books at once.",
        False,
    )


@given(st.text("ab <1>.", max_size=20), st.text("ab <1>.", max_size=20))
def test_a_change_of_one_alone_is_taken_as_it_is(base: str, changed: str) -> None:
    assert merge(base, changed, base) == (changed, True)
    assert merge(base, changed, changed) == (changed, True)
    assert merge(base, base, changed).clean
