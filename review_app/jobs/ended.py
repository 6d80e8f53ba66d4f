"""Jobs that are over: forgotten some time after their end."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from review_app.jobs.tables import Job

BATCH = 500
"""Jobs deleted in one transaction: it is over within milliseconds."""


def has_over_before(session: Session, limit: datetime, besides: Collection[str]) -> bool:
    """Say whether there are jobs to be deleted."""
    return session.scalar(select(Job.id).where(_over_before(limit, besides)).limit(1)) is not None


def delete_over_before(session: Session, limit: datetime, besides: Collection[str]) -> None:
    """Delete a batch of the jobs that ended before, but for those ``besides``."""
    old = select(Job.id).where(_over_before(limit, besides)).order_by(Job.finished_at).limit(BATCH)
    session.execute(delete(Job).where(Job.id.in_(old)), execution_options={"synchronize_session": False})


def _over_before(limit: datetime, besides: Collection[str]) -> ColumnElement[bool]:
    return (Job.finished_at < limit) & Job.id.not_in(besides)
