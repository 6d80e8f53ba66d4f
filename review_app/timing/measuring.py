"""How much of what a browser says of a person's editing time is believed, and what of it others are told. Pure.

A browser counts the seconds from one sign of life to the next and leaves pauses out (``web/static/timing.js``); it says
them with a save. It can say anything: nobody is active for longer than the time since their last save.
"""

from datetime import timedelta

PAUSE = 30
"""Seconds without a key, a click or a scroll from which nothing of the time is counted."""

MOST = 1_800
"""Seconds that one sentence takes at most, however long it was open."""

FEWEST_PEOPLE = 3
"""How many people must have worked on something for their time together to be told to others."""

ROUNDED_TO = 5
"""Minutes: what others are told is not exact to the sentence."""


def believed(said: int, since: timedelta | None) -> int:
    """Return the seconds that are counted; ``since``: how long ago the person's last ones were, if there are any."""
    passed = MOST if since is None else int(since.total_seconds())
    return max(0, min(said, MOST, passed))


def told_minutes(seconds: int, people: int) -> int | None:
    """Return the minutes that people took together as others are told of them; none when the people are too few."""
    if people < FEWEST_PEOPLE:
        return None
    return max(ROUNDED_TO, round(seconds / 60 / ROUNDED_TO) * ROUNDED_TO)
