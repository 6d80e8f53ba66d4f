"""Use cases of jobs, for people: ask for one, follow it, call it off, try it again."""

import hashlib
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from review_app.accounts.permissions import Action, Actor
from review_app.accounts.service import record
from review_app.db import add_missing, utc_now
from review_app.errors import Conflict, NotFound
from review_app.jobs.states import JobState, remaining
from review_app.jobs.tables import Job
from review_app.locale import N_

NO_SITE = 0
"""Stands for the site of what belongs to none: no person has a role there."""


@dataclass(frozen=True, slots=True)
class JobView:
    """A job as people see it. ``error`` is an English template to be filled with ``error_values``.

    ``resting_until``: when a job that waits for an engine, or for the database, is tried again; ``error`` says why.
    """

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
    resting_until: datetime | None

    @property
    def share(self) -> float:
        """How much is done, 0 to 1."""
        return self.done / self.total if self.total else float(self.state is JobState.DONE)


def add_job(
    session: Session, actor: Actor, name: str, site_id: int, payload: Mapping[str, Any], *, needs: Action
) -> str:
    """Store a job that is to be run and return its id; send it to the queue once this is committed."""
    actor.require(needs, site_id, payload.get("language"))
    job = Job(id=uuid.uuid4().hex, name=name, site_id=site_id, person_id=actor.person_id, payload=dict(payload))
    session.add(job)
    record(session, actor, "job.add", f"job:{job.id}", site_id=site_id, after={"name": name, **payload})
    session.flush()
    return job.id


def ask_for(
    session: Session,
    actor: Actor,
    name: str,
    site_id: int | None,
    payload: Mapping[str, Any],
    *,
    needs: Action,
    urgent: bool = False,
) -> tuple[str, bool]:
    """Return the id of the job that does exactly this: the one under way, or a new one, and whether it is new.

    An urgent one goes before all that wait.
    What the installation does for itself, such as sending mail, belongs to no site; only it asks for that.

    A new one is to be sent to the queue once this is committed. A form that is sent twice asks once, even at the same
    moment.
    """
    actor.require(needs, site_id or NO_SITE, payload.get("language"))
    job_id = uuid.uuid4().hex
    row = {
        "id": job_id,
        "name": name,
        "site_id": site_id,
        "person_id": actor.person_id,
        "payload": dict(payload),
        "state": JobState.WAITING,
        "created_at": utc_now(),
        "once": _once(name, site_id, payload),
        "urgent": urgent,
    }
    while not add_missing(session, Job, [row]):
        under_way = unfinished_job(session, name, site_id, payload)
        if under_way is not None:  # else it has ended since
            return under_way, False
    record(session, actor, "job.add", f"job:{job_id}", site_id=site_id, after={"name": name, **payload})
    return job_id, True


def get_job(session: Session, actor: Actor, job_id: str) -> JobView:
    """Return a job of a site the actor belongs to; raises ``NotFound`` for any other."""
    job = session.get(Job, job_id)
    if job is None or not (job.site_id is None or actor.may(Action.READ, job.site_id)):
        raise NotFound(N_("There is no such job."))
    return view_of(job)


def unfinished_job(session: Session, name: str, site_id: int | None, payload: Mapping[str, Any]) -> str | None:
    """Return the id of the job under way that was asked for by ``ask_for`` and does exactly this."""
    once = _once(name, site_id, payload)
    asked = select(Job.id).where(Job.once == once, Job.state.in_([JobState.WAITING, JobState.RUNNING]))
    return session.scalar(asked)


def last_job(session: Session, name: str, site_id: int, payload: Mapping[str, Any]) -> JobView | None:
    """Return the newest job of a site that was asked for by ``ask_for`` and does, or did, exactly this."""
    asked = select(Job).where(Job.once == _once(name, site_id, payload)).order_by(Job.created_at.desc())
    job = session.scalars(asked.limit(1)).first()
    return view_of(job) if job else None


def is_urgent(session: Session, job_id: str) -> bool:
    """Say whether a job goes before others."""
    return bool(session.scalar(select(Job.urgent).where(Job.id == job_id)))


def job_counts(session: Session) -> dict[JobState, int]:
    """Return how many jobs there are in each state."""
    counts = dict(session.execute(select(Job.state, func.count()).group_by(Job.state)).all())
    return {state: counts.get(state, 0) for state in JobState}


def cancel(session: Session, actor: Actor, job_id: str) -> None:
    """Call a job off: one that waits is not begun, one that runs ends at its next step. Who asked for it may."""
    job = _changeable(session, actor, job_id)
    if JobState(job.state).over:
        raise Conflict(N_("The job is over already."))
    job.state, job.finished_at = JobState.CANCELLED, utc_now()
    record(session, actor, "job.cancel", f"job:{job.id}", site_id=job.site_id, before={"name": job.name})
    session.flush()


def retry(session: Session, actor: Actor, job_id: str) -> str:
    """Ask for a failed or cancelled job again, now in this person's name; returns the id of the job to be sent.

    A job that rests is tried at once.
    """
    job = _changeable(session, actor, job_id)
    if job.state is JobState.WAITING and job.not_before is not None:
        job.not_before = None
        record(session, actor, "job.try", f"job:{job.id}", site_id=job.site_id, after={"name": job.name})
        return job.id
    if JobState(job.state) not in {JobState.FAILED, JobState.CANCELLED} or job.site_id is None:
        raise Conflict(N_("Only a job that stopped can be tried again."))
    new, is_new = ask_for(session, actor, job.name, job.site_id, job.payload, needs=Action.READ, urgent=job.urgent)
    if is_new:  # it goes on where this one stopped, and shows the whole
        session.execute(update(Job).where(Job.id == new).values(done=job.done, total=job.total))
    return new


def _once(name: str, site_id: int | None, payload: Mapping[str, Any]) -> str:
    """Return what tells a job from those that do something else."""
    return hashlib.sha256(json.dumps([name, site_id, payload], sort_keys=True).encode()).hexdigest()


def _changeable(session: Session, actor: Actor, job_id: str) -> Job:
    # Its row is held: what is decided by its state holds until that is stored, whatever its worker does meanwhile.
    job = session.get(Job, job_id, with_for_update=True, populate_existing=True)
    if job is not None and job.site_id is None and actor.is_system:
        return job  # of the installation: only its own command line sees it
    if job is None or job.site_id is None or not actor.may(Action.READ, job.site_id):
        raise NotFound(N_("There is no such job."))
    if job.person_id != actor.person_id:
        actor.require(Action.ADMINISTER, job.site_id)
    return job


def view_of(job: Job) -> JobView:
    """Return a row as people see it."""
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
        remaining=_remaining(job) if job.state is JobState.RUNNING else None,
        resting_until=job.not_before if job.state is JobState.WAITING else None,
    )


def _remaining(job: Job) -> timedelta | None:
    """Return how long a running job still takes, by the pace of this attempt alone."""
    return remaining(job.started_at, job.done - job.carried, job.total - job.carried, utc_now())
