"""Use cases of tries that failed: they are counted, so that guessing has to wait, longer each time.

The counts stand in the database: all processes share them, and a restart forgets none. None makes room for another, so
nobody frees a key by flooding the table; what is an hour old is deleted by the workers.
"""

import math
from collections.abc import Iterable, Mapping
from datetime import timedelta

from sqlalchemy import ColumnElement, case, delete, select
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


def count_failed(session: Session, keys: Iterable[str]) -> None:
    """Count a failure for each of these keys."""
    now = database_now(session)
    counted = case((FailedTry.last_at < now - FORGET, 1), else_=FailedTry.count + 1)
    # in one order, so that no two writers block each other
    rows = [{"key": key, "count": 1, "last_at": now} for key in sorted(map(hash_of, keys))]
    session.connection().execute(clashing(session, FailedTry, {"count": counted, "last_at": now}), rows)


def forget_failed(session: Session, key: str) -> None:
    """Forget a key's failures: it was right this time."""
    session.execute(delete(FailedTry).where(FailedTry.key == hash_of(key)))


def has_old(session: Session) -> bool:
    """Say whether there are failures that count no more."""
    return session.scalar(select(FailedTry.key).where(_old(session)).limit(1)) is not None


def delete_old(session: Session) -> None:
    """Delete the failures that count no more."""
    session.execute(delete(FailedTry).where(_old(session)))


def _old(session: Session) -> ColumnElement[bool]:
    return FailedTry.last_at < database_now(session) - FORGET
