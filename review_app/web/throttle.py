"""Slows down guessing of passwords: after a few failures an address has to wait, longer each time.

Kept in memory: it is per process, forgets when it restarts, and holds a bounded number of names.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import cast

from flask import current_app
from flask_babel import gettext

from review_app.db import utc_now
from review_app.locale import N_
from review_app.web.language import clock

FREE_TRIES = 5
FIRST_WAIT_SECONDS = 30
LONGEST_WAIT_SECONDS = 15 * 60
FORGET_SECONDS = 60 * 60
"""Failures older than this count no more."""

MOST_KEYS = 10_000

WRONG_TOO_OFTEN = N_("That was wrong too many times. Try again at {time}.")
ASKED_TOO_OFTEN = N_("That was asked for too many times. Try again at {time}.")


@dataclass(slots=True)
class _Failures:
    count: int
    last: float


class Throttle:
    """Counts failures per key and says how long to wait."""

    def __init__(self, now: Callable[[], float] = time.monotonic, most_keys: int = MOST_KEYS) -> None:
        self._now = now
        self._most_keys = most_keys
        self._failures: OrderedDict[str, _Failures] = OrderedDict()
        self._lock = threading.Lock()

    def seconds_to_wait(self, key: str, free_tries: int = FREE_TRIES) -> int:
        """Return how many seconds are left before this key may try again; 0 when it may."""
        with self._lock:
            failures = self._failures.get(key)
            if failures is None or failures.count < free_tries:
                return 0
            wait = min(FIRST_WAIT_SECONDS << (failures.count - free_tries), LONGEST_WAIT_SECONDS)
            return max(0, round(failures.last + wait - self._now()))

    def failed(self, key: str) -> None:
        """Count a failure."""
        with self._lock:
            now = self._now()
            failures = self._failures.pop(key, None)
            if failures is None or now - failures.last > FORGET_SECONDS:
                failures = _Failures(0, now)
            failures.count, failures.last = min(failures.count + 1, 1000), now
            self._failures[key] = failures
            while len(self._failures) > self._most_keys:
                self._failures.popitem(last=False)

    def succeeded(self, key: str) -> None:
        """Forget a key's failures."""
        with self._lock:
            self._failures.pop(key, None)


def throttle(name: str = "throttle") -> Throttle:
    """Return this app's counter of one kind of tries."""
    return cast(Throttle, current_app.extensions.setdefault(f"review_app.{name}", Throttle()))


def told_to_wait(seconds: int, why: str = WRONG_TOO_OFTEN) -> str:
    """Return the sentence that says when the next try is taken."""
    time_of_day = clock(utc_now() + timedelta(seconds=seconds + 59)).striptags()
    return gettext(why).format(time=time_of_day)
