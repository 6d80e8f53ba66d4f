"""Use cases of jobs: ask for one, follow it, claim it, report on it, and find those whose worker died.

The queue delivers a job at most once and the row is the truth: a sweep sends again what is waiting or died.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from review_app.accounts.permissions import Action, Actor
from review_app.accounts.service import record
from review_app.db import utc_now
from review_app.errors import Conflict, NotFound, ReviewAppError
from review_app.jobs.states import MAX_ATTEMPTS, STALE_AFTER, JobState, has_died, remaining
from review_app.jobs.tables import Job
from review_app.locale import N_

CRASHED = N_("The job stopped because of an error in the program. It is in the log; tell an administrator.")
DIED = N_("The job was interrupted {attempts} times and was given up. Start it again.")


@dataclass(frozen=True, slots=True)
class JobView:
    """A job as people see it. ``error`` is an English template to be filled with ``error_values``."""

    id: str
    name: str
    state: JobState
    done: int
    total: int
    error: str | None
    error_values: Mapping[str, Any]
    payload: Mapping[str, Any]
    site_id: int | None
    created_at: datetime
    finished_at: datetime | None
    asked_by: int | None
    remaining: timedelta | None

    @property
    def share(self) -> float:
        """How much is done, 0 to 1."""
        return self.done / self.total if self.total else float(self.state is JobState.DONE)


@dataclass(frozen=True, slots=True)
class Claim:
    """What a worker needs to know of the job it took."""

    name: str
    site_id: int | None
    person_id: int | None
    payload: Mapping[str, Any]


def add_job(
    session: Session, actor: Actor, name: str, site_id: int, payload: Mapping[str, Any], *, needs: Action
) -> str:
    """Store a job that is to be run and return its id; send it to the queue once this is committed."""
    actor.require(needs, site_id)
    job = Job(id=uuid.uuid4().hex, name=name, site_id=site_id, person_id=actor.person_id, payload=dict(payload))
    session.add(job)
    record(session, actor, "job.add", f"job:{job.id}", site_id=site_id, after={"name": name, **payload})
    session.flush()
    return job.id


def get_job(session: Session, actor: Actor, job_id: str) -> JobView:
    """Return a job of a site the actor belongs to; raises ``NotFound`` for any other."""
    job = session.get(Job, job_id)
    if job is None or not (job.site_id is None or actor.may(Action.READ, job.site_id)):
        raise NotFound(N_("There is no such job."))
    return _view(job)


def unfinished_job(session: Session, name: str, payload: Mapping[str, Any]) -> str | None:
    """Return the id of a job that does this already."""
    waiting = session.scalars(select(Job).where(Job.name == name, Job.state.in_([JobState.WAITING, JobState.RUNNING])))
    return next((job.id for job in waiting if all(job.payload.get(k) == v for k, v in payload.items())), None)


def last_job(session: Session, name: str, site_id: int, payload: Mapping[str, Any]) -> JobView | None:
    """Return the newest job of a site that does, or did, exactly this."""
    jobs = session.scalars(select(Job).where(Job.name == name, Job.site_id == site_id).order_by(Job.created_at.desc()))
    return next((_view(job) for job in jobs if job.payload == payload), None)


def job_counts(session: Session) -> dict[JobState, int]:
    """Return how many jobs there are in each state."""
    counts = dict(session.execute(select(Job.state, func.count()).group_by(Job.state)).all())
    return {state: counts.get(state, 0) for state in JobState}


def claim(session: Session, job_id: str) -> Claim | None:
    """Take a waiting job; ``None`` when another worker has it, it is over, or it does not exist."""
    taken = session.scalar(
        update(Job)
        .where(Job.id == job_id, Job.state == JobState.WAITING)
        .values(state=JobState.RUNNING, attempts=Job.attempts + 1, started_at=utc_now(), heartbeat=utc_now())
        .returning(Job.id)
    )
    if taken is None:
        return None
    job = session.get_one(Job, job_id, populate_existing=True)
    return Claim(job.name, job.site_id, job.person_id, job.payload)


class JobCancelledError(Exception):
    """Somebody called the running job off: what is done is kept, the rest is not begun."""


def cancel(session: Session, actor: Actor, job_id: str) -> None:
    """Call a job off: one that waits is not begun, one that runs ends at its next step. Who asked for it may."""
    job = _changeable(session, actor, job_id)
    if JobState(job.state).over:
        raise Conflict(N_("The job is over already."))
    job.state, job.finished_at = JobState.CANCELLED, utc_now()
    record(session, actor, "job.cancel", f"job:{job.id}", site_id=job.site_id, before={"name": job.name})
    session.flush()


def retry(session: Session, actor: Actor, job_id: str) -> str:
    """Ask for a failed or cancelled job again, now in this person's name; returns the new job's id."""
    job = _changeable(session, actor, job_id)
    if JobState(job.state) not in {JobState.FAILED, JobState.CANCELLED} or job.site_id is None:
        raise Conflict(N_("Only a job that stopped can be tried again."))
    running = unfinished_job(session, job.name, job.payload)
    return running or add_job(session, actor, job.name, job.site_id, job.payload, needs=Action.READ)


def _changeable(session: Session, actor: Actor, job_id: str) -> Job:
    job = session.get(Job, job_id)
    if job is None or job.site_id is None or not actor.may(Action.READ, job.site_id):
        raise NotFound(N_("There is no such job."))
    if job.person_id != actor.person_id:
        actor.require(Action.ADMINISTER, job.site_id)
    return job


def report_progress(session: Session, job_id: str, done: int, total: int) -> None:
    """Say how far a running job has come; that it lives goes with it. Raises ``JobCancelledError``."""
    job = session.get_one(Job, job_id)
    if job.state is JobState.CANCELLED:
        raise JobCancelledError
    job.done, job.total, job.heartbeat = done, total, utc_now()


def finish(session: Session, job_id: str, error: Exception | None = None) -> None:
    """End a job, well or with the error that stopped it."""
    job = session.get_one(Job, job_id)
    if job.state is JobState.CANCELLED:
        return
    job.finished_at = utc_now()
    if error is None:
        job.state, job.done = JobState.DONE, job.total
        return
    job.state = JobState.FAILED
    if isinstance(error, ReviewAppError):
        job.error, job.error_values = (
            error.template,
            {name: str(value) for name, value in error.values.items()},
        )
    else:
        job.error, job.error_values = CRASHED, {}


def sweep(session: Session) -> list[str]:
    """Put jobs back whose worker died, give up those that died too often, and return all that wait to be sent."""
    now = utc_now()
    for job in session.scalars(select(Job).where(Job.state == JobState.RUNNING)):
        if not has_died(JobState(job.state), job.heartbeat, now):
            continue
        if job.attempts < MAX_ATTEMPTS:
            job.state = JobState.WAITING
        else:
            job.state, job.finished_at = JobState.FAILED, now
            job.error, job.error_values = DIED, {"attempts": job.attempts}
    session.flush()
    # A job younger than that is still on its way through the queue.
    waiting = select(Job.id).where(Job.state == JobState.WAITING, Job.created_at < now - STALE_AFTER)
    return list(session.scalars(waiting.order_by(Job.created_at)))


def _view(job: Job) -> JobView:
    return JobView(
        id=job.id,
        name=job.name,
        state=JobState(job.state),
        done=job.done,
        total=job.total,
        error=job.error,
        error_values=job.error_values or {},
        payload=job.payload,
        site_id=job.site_id,
        created_at=job.created_at,
        finished_at=job.finished_at,
        asked_by=job.person_id,
        remaining=remaining(job.started_at, job.done, job.total, utc_now()) if job.state is JobState.RUNNING else None,
    )
