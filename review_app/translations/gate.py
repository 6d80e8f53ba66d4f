"""The gate before an engine, shared by all workers: a circuit breaker and a token bucket, kept in the database.

The bucket is the generic cell rate algorithm (ITU-T I.371): one moment says how full it is.
"""

import time
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.db import Database, only_row, utc_now
from review_app.errors import EngineResting
from review_app.locale import N_
from review_app.translations.tables import EngineGate

MOST_FAILURES = 5
"""So many in a row, whoever met them, and the engine is left alone for a while."""

FIRST_REST = timedelta(seconds=30)
LONGEST_REST = timedelta(minutes=10)
"""How long it is left alone: at first, then twice as long after each trial that fails, up to this."""

LONGEST_ASKED = timedelta(days=1)
"""So long at most it is left alone because it asks for it."""

TRIAL = timedelta(seconds=30)
"""How long everybody else waits for the one who tries whether the engine is back."""

BURST = 5
"""Requests that may follow each other at once after a quiet time."""

FRESH = 1.0
"""Seconds for which a worker goes by what it has read: that the engine is well."""

CLOSED = N_("The engine {engine} is left alone for a while, because it failed or asked for it.")


def enter(session: Session, engine: str, per_minute: int, now: datetime) -> timedelta:
    """Return how long to wait before the next request; it is counted as sent. Raises ``EngineResting`` when closed."""
    gate = _gate(session, engine)
    if gate.closed_until is not None and gate.closed_until > now:
        raise EngineResting(CLOSED, gate.closed_until - now, engine=engine)
    if gate.failures >= MOST_FAILURES:
        gate.closed_until = now + TRIAL  # this one tries; the others are told to wait
    if not per_minute:
        return timedelta(0)
    each = timedelta(minutes=1) / per_minute
    full = now - each * (BURST - 1)
    at = max(gate.next_at or full, full)
    gate.next_at = at + each
    return max(at - now, timedelta(0))


def note_answer(session: Session, engine: str, *, well: bool, now: datetime, wait: timedelta | None = None) -> None:
    """Remember that the engine answered, or that it did not: too often in a row, and it is left alone.

    So it is by everybody when it asks for it, up to a day.
    """
    gate = _gate(session, engine)
    if well:
        gate.failures, gate.closed_until = 0, None
        return
    gate.failures += 1
    if wait is not None:
        gate.closed_until = now + min(wait, LONGEST_ASKED)
    elif gate.failures >= MOST_FAILURES:
        rest = FIRST_REST * 2 ** min(gate.failures - MOST_FAILURES, 10)
        gate.closed_until = now + min(rest, LONGEST_REST)


def closed_engines(session: Session, now: datetime) -> list[str]:
    """Return the engines that are left alone now."""
    closed = select(EngineGate.engine).where(EngineGate.closed_until > now)
    return list(session.scalars(closed.order_by(EngineGate.engine)))


class SharedGate:
    """The gate as engines use it: each call is a short transaction of its own."""

    def __init__(self, database: Database, sleep: Callable[[float], None] = time.sleep) -> None:
        self._database = database
        self._sleep = sleep
        self._well: dict[str, float] = {}  # engines that had not failed when they were asked about last, and when

    def enter(self, engine: str, per_minute: int) -> None:
        """Wait until the next request may be sent; raises ``EngineResting`` while the engine is left alone."""
        if not per_minute:
            if time.monotonic() - self._well.get(engine, -FRESH) < FRESH:
                return
            failures = self._failures(engine)
            if failures < MOST_FAILURES:
                return  # open, and nothing to count
        with self._database.writing() as session:
            pause = enter(session, engine, per_minute, utc_now())
        if pause:
            self._sleep(pause.total_seconds())

    def answered(self, engine: str, *, well: bool, wait: timedelta | None = None) -> None:
        """Remember how a request ended."""
        if well and (engine in self._well or not self._failures(engine)):
            return  # as nearly always: there is nothing to forget
        with self._database.writing() as session:
            note_answer(session, engine, well=well, now=utc_now(), wait=wait)
        self._well.pop(engine, None)

    def _failures(self, engine: str) -> int:
        """Return how often in a row the engine has failed."""
        self._well.pop(engine, None)
        with self._database.reading() as session:
            failures = session.scalar(select(EngineGate.failures).where(EngineGate.engine == engine)) or 0
        if not failures:
            self._well[engine] = time.monotonic()
        return failures


def _gate(session: Session, engine: str) -> EngineGate:
    """Return an engine's row, locked until the transaction ends."""
    return only_row(session, EngineGate, engine=engine)
