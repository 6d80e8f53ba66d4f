"""Use cases of tries that failed: they are counted, so that guessing has to wait, longer each time.

The counts stand in the database: all processes share them, and a restart forgets none. None makes room for another, so
nobody frees a key by flooding the table; what is an hour old is deleted by the workers.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, case, delete, select, update
from sqlalchemy.orm import Session

from review_app.accounts.signing_in import hash_of
from review_app.accounts.tables import FailedTry
from review_app.db import among, clashing, database_now

FIRST_WAIT_SECONDS = 30
LONGEST_WAIT_SECONDS = 15 * 60

FORGET = timedelta(hours=1)
"""Failures older than this count no more."""

_MOST_DOUBLED = 10
"""Beyond this the wait is the longest anyway."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A try that was counted as a failure at a moment, before anybody knows what comes of it.

    ``earlier``: by the hash of each key it was counted for, when that failed last, without this try.
    """

    at: datetime
    earlier: Mapping[str, datetime]


def seconds_to_wait(session: Session, limits: Mapping[str, int]) -> int:
    """Return how many seconds are left until all of these keys may try again; 0 when they may.

    ``limits``: for each key how many tries are free.
    """
    free = {hash_of(key): tries for key, tries in limits.items()}
    rows = session.execute(select(FailedTry).where(among(FailedTry.key, list(free)))).scalars()
    held = [row.last_at + wait_after(row.count - free[row.key]) for row in rows if row.count >= free[row.key]]
    if not held:
        return 0
    return max(0, math.ceil((max(held) - database_now(session)).total_seconds()))


def wait_after(failures: int) -> timedelta:
    """Return how long to wait after so many failures, 0 or more, beyond those that are free."""
    return timedelta(seconds=min(FIRST_WAIT_SECONDS << min(failures, _MOST_DOUBLED), LONGEST_WAIT_SECONDS))


def count_try(session: Session, limits: Mapping[str, int]) -> Counted | None:
    """Count a try as a failure before it is made, so that of many at once no more are made than are free.

    ``limits``: for each key how many tries are free. Returns None when one of them has to wait: no count has grown,
    though keys that had no row have one of count 0 then, until the workers delete it. A try under way is a failure
    until ``take_back``: near the limit, even whoever is right may be told to wait while others' are being checked.
    """
    hashes = sorted(map(hash_of, limits))
    rows = [{"key": key, "count": 0, "last_at": database_now(session)} for key in hashes]
    # changes nothing, but whoever else counts for one of these keys waits until it is known whether this try is taken
    session.connection().execute(clashing(session, FailedTry, {"count": FailedTry.count}), rows)
    if seconds_to_wait(session, limits):
        return None
    found = session.execute(select(FailedTry.key, FailedTry.last_at).where(among(FailedTry.key, hashes)))
    earlier = dict(found.all())
    return Counted(count_failed(session, limits), earlier)


def take_back(session: Session, counted: Counted, right: str) -> None:
    """Take back a try that came off: it was no failure, and those of the key ``right`` before it are forgotten."""
    for key in sorted(counted.earlier):
        mine = FailedTry.key == key
        if key == hash_of(right):
            session.execute(delete(FailedTry).where(mine))
            continue
        last_at = case((FailedTry.last_at == counted.at, counted.earlier[key]), else_=FailedTry.last_at)
        session.execute(update(FailedTry).where(mine).values(count=FailedTry.count - 1, last_at=last_at))
        session.execute(delete(FailedTry).where(mine, FailedTry.count < 1))


def count_failed(session: Session, keys: Iterable[str]) -> datetime:
    """Count a failure for each of these keys; returns when it was."""
    now = database_now(session)
    counted = case((FailedTry.last_at < now - FORGET, 1), else_=FailedTry.count + 1)
    # in one order, so that no two writers block each other
    rows = [{"key": key, "count": 1, "last_at": now} for key in sorted(map(hash_of, keys))]
    session.connection().execute(clashing(session, FailedTry, {"count": counted, "last_at": now}), rows)
    return now


def has_old(session: Session) -> bool:
    """Say whether there are failures that count no more."""
    return session.scalar(select(FailedTry.key).where(_old(session)).limit(1)) is not None


def delete_old(session: Session) -> None:
    """Delete the failures that count no more, but for those for which somebody counts just now.

    Whoever counts for several keys holds one while waiting for the next: who waited for them here could hold that one.
    """
    free = select(FailedTry.key).where(_old(session)).with_for_update(skip_locked=True)
    session.execute(delete(FailedTry).where(FailedTry.key.in_(free)))


def _old(session: Session) -> ColumnElement[bool]:
    return FailedTry.last_at < database_now(session) - FORGET
