"""Tables of the jobs stage."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, false, text
from sqlalchemy.orm import Mapped, mapped_column

from review_app.accounts.tables import Person
from review_app.db import Base, Choice, utc_now
from review_app.jobs.states import JobState
from review_app.sites.tables import Site

UNDER_WAY = "state IN ('waiting', 'running')"
"""Condition of what is not over, in SQL."""


class Job(Base):
    """A named piece of work with its progress; the queue only carries its id.

    ``attempts`` counts how often a worker took it, and is what a worker knows its claim by. ``interrupted`` counts the
    workers that died of it or lost it, ``stuck`` those since it last came further. It is not begun before
    ``not_before``, having rested for its ``error`` since ``resting_since``; the sweep hands it over at ``send_at``.
    ``once`` tells what it does, of jobs that are asked for by forms: two that do the same are not under way together.
    An ``urgent`` one goes before others, however often it is sent. Of what is ``done``, so much was ``carried`` over
    from earlier attempts, or from the job that this one goes on with.
    """

    __tablename__ = "job"
    __table_args__ = (
        Index(None, "once", unique=True, sqlite_where=text(UNDER_WAY), postgresql_where=text(UNDER_WAY)),
        Index(None, "once", "created_at"),
        Index(None, "site_id", "created_at"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    site_id: Mapped[int | None] = mapped_column(ForeignKey(Site.id))
    person_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[JobState] = mapped_column(Choice(JobState), default=JobState.WAITING, index=True)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    carried: Mapped[int] = mapped_column(default=0, server_default="0")
    attempts: Mapped[int] = mapped_column(default=0)
    interrupted: Mapped[int] = mapped_column(default=0)
    stuck: Mapped[int] = mapped_column(default=0)
    started_at: Mapped[datetime | None]
    heartbeat: Mapped[datetime | None]
    not_before: Mapped[datetime | None]
    resting_since: Mapped[datetime | None]
    send_at: Mapped[datetime | None]
    error: Mapped[str | None] = mapped_column(Text)
    error_values: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(default=utc_now)
    finished_at: Mapped[datetime | None] = mapped_column(index=True)
    once: Mapped[str | None] = mapped_column(String(64))
    urgent: Mapped[bool] = mapped_column(default=False, server_default=false())
