"""Files of reports that take longer than a click: asked for, made by a job, and kept for a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from review_app.accounts.permissions import Action, Actor
from review_app.db import utc_now
from review_app.errors import NotFound
from review_app.jobs.service import ask_for
from review_app.locale import N_
from review_app.reports.filters import Filter
from review_app.reports.slices import site_for
from review_app.reports.tables import ReportFile
from review_app.scoring.service import Segments

MAKE = "make_report"
"""The job's name."""

KEPT = timedelta(days=1)
"""How long a file waits to be fetched."""

MANY = 100_000
"""Scored sentences from which on every file is made by a job: pages of so many take some seconds."""


@dataclass(frozen=True, slots=True)
class Order:
    """A file as somebody wants it: one page of the reports or all, in a language of the interface.

    ``asked`` is what the address says beside the filter.
    """

    site: str
    filter: Filter
    part: str | None
    ending: str
    interface: str
    asked: Mapping[str, str]


def by_job(segments: Segments, endings: Mapping[str, str] | list[str]) -> set[str]:
    """Return which files are made by a job: PDF always, all of them where there is much to read."""
    return {ending for ending in endings if ending == "pdf" or len(segments) > MANY}


def order(session: Session, actor: Actor, wanted: Order) -> tuple[str, bool]:
    """Ask for a file; returns the job that makes it, and whether it is new."""
    site = site_for(session, actor, wanted.site, wanted.filter)
    payload = {
        "site": wanted.site,
        "language": wanted.filter.language,
        "filter": wanted.filter.query(),
        "part": wanted.part,
        "ending": wanted.ending,
        "interface": wanted.interface,
        "asked": dict(wanted.asked),
    }
    return ask_for(session, actor, MAKE, site.id, payload, needs=Action.READ, urgent=True)


def keep_file(session: Session, job_id: str, site_id: int, name: str, content: bytes) -> None:
    """Keep a file that a job has made; twice is the same as once."""
    session.execute(delete(ReportFile).where(ReportFile.job_id == job_id))
    session.add(ReportFile(job_id=job_id, site_id=site_id, name=name, content=content))
    session.flush()


def made_file(session: Session, actor: Actor, job_id: str) -> tuple[str, bytes]:
    """Return a file's name and content; raises ``NotFound``."""
    found = session.get(ReportFile, job_id)
    if found is None or not actor.may(Action.READ, found.site_id):
        raise NotFound(N_("This file is not there any more. Make it again from the report."))
    return found.name, found.content


def has_old_files(session: Session) -> bool:
    """Say whether a file has waited long enough to be fetched."""
    return session.scalar(select(ReportFile.job_id).where(_old()).limit(1)) is not None


def delete_old_files(session: Session) -> None:
    """Delete the files that have waited long enough."""
    session.execute(delete(ReportFile).where(_old()))


def jobs_with_files(session: Session) -> frozenset[str]:
    """Return the jobs whose file waits to be fetched: they stay as long as it does."""
    return frozenset(session.scalars(select(ReportFile.job_id)))


def _old() -> ColumnElement[bool]:
    return ReportFile.made_at < utc_now() - KEPT
