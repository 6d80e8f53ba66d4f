"""What blocks an approval and what it is warned of: a table of cases."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_app.review.gate import Gate, Obstacle, Passage, gate
from review_app.sites.policy import ContentClass

READ, UNREAD = Passage(1, read=True), Passage(2, read=False)
WRONG = Passage(3, read=True, critical=1)
NUMBER = Passage(4, read=False, copied=True)
NORMAL, RIGHTS, NEWS = ContentClass.NORMAL, ContentClass.RIGHTS, ContentClass.NEWS
FLAGS, UNREAD_RIGHTS = Obstacle.CRITICAL_FLAGS, Obstacle.UNREAD_RIGHTS


@pytest.mark.parametrize(
    ("passages", "content_class", "least", "blocking", "little_read"),
    [
        ([READ, READ], NORMAL, 100, (), False),
        ([READ, UNREAD], NORMAL, 50, (), False),  # as much as is asked for
        ([READ, UNREAD], NORMAL, 51, (), True),
        ([UNREAD], NORMAL, 0, (), False),  # the site asks for nothing
        ([UNREAD], NEWS, 50, (), True),
        ([UNREAD], RIGHTS, 50, (UNREAD_RIGHTS,), True),
        ([READ], RIGHTS, 50, (), False),
        ([READ, NUMBER], RIGHTS, 50, (), False),  # a telephone number reads the same in every language
        ([WRONG], NORMAL, 50, (FLAGS,), False),  # a person read it, and the flag is still open
        ([WRONG, UNREAD], RIGHTS, 0, (FLAGS, UNREAD_RIGHTS), False),
        ([], RIGHTS, 100, (), False),
    ],
)
def test_the_table_of_the_gate(passages, content_class, least, blocking, little_read) -> None:
    met = gate(passages, content_class, least)
    assert met.blocking({}) == blocking
    assert met.little_read is little_read


def test_a_reason_holds_for_what_was_in_the_way_and_no_more() -> None:
    met = gate([WRONG, Passage(5, read=True, critical=2)], NORMAL, 50)
    assert met.blocking({FLAGS: [3]}) == (FLAGS,)
    assert met.blocking({FLAGS: [3, 5, 9]}) == ()
    assert met.blocking({UNREAD_RIGHTS: [3, 5]}) == (FLAGS,)


@given(st.lists(st.booleans(), max_size=200), st.integers(0, 100))
def test_it_warns_exactly_below_the_share(read: list[bool], least: int) -> None:
    met: Gate = gate([Passage(number, read=one) for number, one in enumerate(read)], NORMAL, least)
    assert met.little_read == (bool(read) and sum(read) / len(read) < least / 100 - 1e-12)
