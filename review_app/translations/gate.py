"""The gate before an engine, shared by all workers: a circuit breaker and a token bucket, kept in the database.

The bucket is the generic cell rate algorithm (ITU-T I.371): one moment says how full it is.
"""

import time
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.db import Database, database_now, is_away, only_row
from review_app.errors import EngineResting
from review_app.locale import N_
from review_app.translations.tables import EngineGate

_LOG = structlog.get_logger(__name__)

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

LONGEST_TURN = timedelta(minutes=1)
"""How long a worker waits for its turn; whose turn is later lets the job wait, so that it can be called off."""

CLOSED = N_("The engine {engine} is left alone for a while, because it failed or asked for it.")
BUSY = N_("So much is waiting for the engine {engine} that it will take a while. The work goes on by itself.")


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
    # What lies further ahead than any turn was written when the clock was wrong, or the rate another.
    at = max(gate.next_at, full) if gate.next_at and gate.next_at <= now + LONGEST_TURN + each else full
    wait = max(at - now, timedelta(0))
    if wait > LONGEST_TURN:
        raise EngineResting(BUSY, wait, engine=engine)
    gate.next_at = at + each
    return wait


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


def closed_engines(session: Session, now: datetime) -> dict[str, datetime]:
    """Return the engines that are left alone now, and until when."""
    closed = select(EngineGate.engine, EngineGate.closed_until).where(EngineGate.closed_until > now)
    return {engine: until for engine, until in session.execute(closed.order_by(EngineGate.engine)) if until}


class SharedGate:
    """The gate as engines use it: each call is a short transaction of its own."""

    def __init__(self, database: Database, sleep: Callable[[float], None] = time.sleep) -> None:
        self._database = database
        self._sleep = sleep
        self._well: dict[str, float] = {}  # engines that had not failed when they were asked about last, and when

    def enter(self, engine: str, per_minute: int) -> bool:
        """Wait until the next request may be sent, and return whether it is the trial after a rest.

        Raises ``EngineResting`` while the engine is left alone.
        """
        if not per_minute and self._is_well(engine):
            return False  # open, and nothing to count
        with self._database.writing() as session:
            # The row is taken before its clock is read: whoever waited for it is no earlier than the one before.
            gate = _gate(session, engine)
            pause = enter(session, engine, per_minute, database_now(session))
            trial = gate.failures >= MOST_FAILURES
        if pause:
            self._sleep(pause.total_seconds())
        return trial

    def answered(self, engine: str, *, well: bool, wait: timedelta | None = None) -> None:
        """Remember how a request ended, unless the database is away: an answer is paid for, and worth more."""
        try:
            if well and self._is_well(engine):
                return  # as nearly always: there is nothing to forget
            with self._database.writing() as session:
                _gate(session, engine)
                note_answer(session, engine, well=well, now=database_now(session), wait=wait)
        except Exception as error:
            if not is_away(error):
                raise
            _LOG.warning("engine's answer not noted", engine=engine, well=well, error=type(error).__name__)
        self._well.pop(engine, None)

    def _is_well(self, engine: str) -> bool:
        """Say whether nothing is known against the engine: no failure, and no wish to be left alone."""
        asked_at = time.monotonic()
        if asked_at - self._well.get(engine, -FRESH) < FRESH:
            return True
        self._well.pop(engine, None)
        with self._database.reading() as session:
            known = select(EngineGate.failures, EngineGate.closed_until).where(EngineGate.engine == engine)
            failures, closed_until = session.execute(known).one_or_none() or (0, None)
        if failures or closed_until is not None:
            return False
        self._well[engine] = asked_at
        return True


def _gate(session: Session, engine: str) -> EngineGate:
    """Return an engine's row, locked until the transaction ends."""
    return only_row(session, EngineGate, engine=engine)
