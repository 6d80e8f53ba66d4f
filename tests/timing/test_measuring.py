"""What is believed of what a browser says, and what others are told."""

from datetime import timedelta

import pytest

from review_app.timing.measuring import MOST, believed, told_minutes

MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("said", "since", "counted"),
    [
        (20, None, 20),
        (20, MINUTE, 20),
        (90, MINUTE, 60),  # nobody is active for longer than has passed since their last save
        (99_999, None, MOST),
        (99_999, timedelta(days=1), MOST),
        (-5, MINUTE, 0),
        (5, timedelta(seconds=-3), 0),  # a clock that was put back
    ],
)
def test_no_more_than_has_passed_is_believed(said: int, since: timedelta | None, counted: int) -> None:
    assert believed(said, since) == counted


@pytest.mark.parametrize(
    ("seconds", "people", "told"),
    [(3_600, 1, None), (3_600, 2, None), (3_600, 3, 60), (3_700, 3, 60), (3_800, 4, 65), (10, 3, 5)],
)
def test_others_are_told_of_three_people_at_least_and_roughly(seconds: int, people: int, told: int | None) -> None:
    assert told_minutes(seconds, people) == told
