"""What workers do with a job: take it, show that they live, come further, end. And the sweep, for workers that died.

The queue delivers a job at most once and the row is the truth. A worker holds a ``Claim``; once another has the job,
the claim is void and nothing that its holder does under it is stored any more.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Update, or_, select, update
from sqlalchemy.orm import Session

from review_app.db import database_now, is_away, is_clash
from review_app.errors import NotNow, ReviewAppError
from review_app.jobs.states import PACE, JobState, Pace, is_given_up, next_try
from review_app.jobs.tables import Job
from review_app.locale import N_

CRASHED = N_("The job stopped because of an error in the program. It is in the log; tell an administrator.")
DIED = N_("The job was interrupted {attempts} times and was given up. Start it again.")
NO_DATABASE = N_("The database did not answer.")


class JobCancelledError(Exception):
    """Somebody called the running job off: what is done is kept, the rest is not begun."""


class JobLostError(Exception):
    """The job is another worker's now: this one was silent for too long. What it has not stored is not stored."""


class HandedBackError(Exception):
    """The process is about to end: the rest of the job is for another."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A worker's right to a job, and what it needs to know of it; void as soon as ``attempt`` is not the last one."""

    job_id: str
    attempt: int
    name: str
    site_id: int | None
    person_id: int | None
    payload: Mapping[str, Any]
    asked_at: datetime
    total: int = 0

    def carried(self, total: int) -> int:
        """Return how much of the job was done before this attempt, which has so much to do: that is what is left."""
        return max(0, self.total - total) if total else 0


class ToSend(NamedTuple):
    """A job that has to be sent to the queue."""

    job_id: str
    urgent: bool = False


def claim(session: Session, job_id: str) -> Claim | None:
    """Take a job that waits; ``None`` when another worker has it, it rests, it is over, or it does not exist."""
    now = database_now(session)
    free = (Job.state == JobState.WAITING) & or_(Job.not_before.is_(None), Job.not_before <= now)
    taken = session.execute(
        update(Job)
        .where(Job.id == job_id, free)
        .values(
            state=JobState.RUNNING,
            attempts=Job.attempts + 1,
            started_at=now,
            carried=Job.done,
            heartbeat=now,
            not_before=None,
            error=None,
            error_values=None,
        )
        .returning(Job.attempts, Job.name, Job.site_id, Job.person_id, Job.payload, Job.created_at, Job.total)
    ).one_or_none()
    return None if taken is None else Claim(job_id, *taken)


def confirm(session: Session, claim: Claim, *, even_cancelled: bool = True) -> None:
    """Make sure, until the transaction ends, that the job is this worker's; raises ``JobLostError``.

    What was in hand when somebody called the job off may still be stored: it is done and, with an engine, paid for;
    unless ``even_cancelled`` is false, which raises ``JobCancelledError``.
    """
    held = select(Job.state).where(Job.id == claim.job_id, Job.attempts == claim.attempt)
    state = session.scalar(held.with_for_update())
    if state not in {JobState.RUNNING, JobState.CANCELLED}:
        raise JobLostError
    if state is JobState.CANCELLED and not even_cancelled:
        raise JobCancelledError


def beat(session: Session, claim: Claim) -> bool:
    """Say that the worker lives; false when the job is not its any more."""
    return session.scalar(_running(claim).values(heartbeat=database_now(session)).returning(Job.id)) is not None


def report_progress(session: Session, claim: Claim, done: int, total: int) -> None:
    """Say how far this attempt has come; raises ``JobCancelledError`` or ``JobLostError``.

    What earlier attempts did, and this one need not, is part of the job all the same.
    """
    carried = claim.carried(total)
    progress = {"done": carried + done, "total": carried + total, "carried": carried}
    further = {"stuck": 0, "resting_since": None} if done else {}
    row = _running(claim).values(heartbeat=database_now(session), **progress, **further)
    if session.scalar(row.returning(Job.id)) is None:
        confirm(session, claim)
        raise JobCancelledError


def end(session: Session, claim: Claim, stopped: Exception | None = None) -> None:
    """End a worker's attempt: well, for good, or with the job waiting for another one, by what stopped it."""
    if isinstance(stopped, JobCancelledError | JobLostError):
        return
    held = select(Job).where(Job.id == claim.job_id, Job.attempts == claim.attempt, Job.state == JobState.RUNNING)
    job = session.scalar(held.with_for_update())
    if job is None:  # called off, or another's, since
        return
    now = database_now(session)
    if stopped is None:
        job.state, job.done, job.finished_at = JobState.DONE, job.total, now
    elif isinstance(stopped, HandedBackError):
        job.state, job.send_at = JobState.WAITING, now
    elif isinstance(stopped, NotNow):
        _rest(job, now, stopped)
    elif is_away(stopped):
        _rest(job, now, ReviewAppError(NO_DATABASE))
    elif is_clash(stopped):
        _interrupt(job, now, stuck=0)  # others came further with the same work: no sign of a fault
    else:
        _fail(job, now, stopped)


def sweep(session: Session, pace: Pace = PACE) -> list[ToSend]:
    """Put jobs back whose worker died, give up those that died too often, and return all that have to be sent."""
    now = database_now(session)
    running = select(Job).where(Job.state == JobState.RUNNING).with_for_update(skip_locked=True)
    silent = or_(Job.heartbeat.is_(None), Job.heartbeat < now - pace.stale_after)
    for job in session.scalars(running.where(silent)):
        _interrupt(job, now)
    session.flush()
    # What was never sent again is on its way through the queue while it is young.
    due = or_(Job.send_at <= now, Job.send_at.is_(None) & (Job.created_at < now - pace.stale_after))
    waiting = select(Job).where(Job.state == JobState.WAITING, due).with_for_update(skip_locked=True)
    jobs = list(session.scalars(waiting.order_by(Job.created_at)))
    for job in jobs:
        job.send_at = pace.send_again(job.created_at, now)
    session.flush()
    return [ToSend(job.id, job.urgent) for job in jobs]


def _running(claim: Claim) -> Update:
    return update(Job).where(Job.id == claim.job_id, Job.attempts == claim.attempt, Job.state == JobState.RUNNING)


def _interrupt(job: Job, now: datetime, stuck: int = 1) -> None:
    """Let another worker go on with the job, unless it was interrupted too often."""
    job.interrupted, job.stuck = job.interrupted + 1, job.stuck + stuck
    if is_given_up(job.interrupted, job.stuck):
        _fail(job, now, ReviewAppError(DIED, attempts=job.interrupted))
    else:
        job.state, job.send_at = JobState.WAITING, now


def _rest(job: Job, now: datetime, reason: ReviewAppError) -> None:
    """Let the job wait for what it needs, unless it has waited for too long."""
    job.resting_since = job.resting_since or now
    again = next_try(now, job.resting_since, reason.wait if isinstance(reason, NotNow) else None)
    if again is None:
        _fail(job, now, reason)
        return
    job.state, job.not_before, job.send_at = JobState.WAITING, again, again
    _say(job, reason)


def _fail(job: Job, now: datetime, error: Exception) -> None:
    job.state, job.finished_at = JobState.FAILED, now
    _say(job, error if isinstance(error, ReviewAppError) else ReviewAppError(CRASHED))


def _say(job: Job, reason: ReviewAppError) -> None:
    job.error = reason.template
    job.error_values = {name: str(value) for name, value in reason.values.items()}
