"""Adds up the characters of requests to an engine, and asks before more are sent than were set aside for them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager


def _freely(_characters: int) -> None:
    """Let anything be sent: for a sentence by hand, and for tests."""


class Meter:
    """What may be sent, and what was answered, in characters.

    ``set_aside``: how much has been counted already; ``more`` is called with how much a request wants beyond that, and
    raises ``BudgetUsedUp`` when there is no more. A request that failed leaves what was set aside for it to the next;
    one whose answer came too late is added to ``answered``: it is billed, for all that is known here.
    """

    def __init__(self, set_aside: int = 0, more: Callable[[int], None] = _freely) -> None:
        self.set_aside = set_aside
        self.answered = 0
        self._more = more

    @contextmanager
    def request(self, characters: int) -> Iterator[None]:
        """Send a request of so many characters, if that may be; it counts once it is answered, as providers bill it."""
        wanted = self.answered + characters - self.set_aside
        if wanted > 0:
            self._more(wanted)
            self.set_aside += wanted
        yield
        self.answered += characters
