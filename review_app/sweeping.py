"""What is seen to every few seconds: dead jobs are sent again, due ones added, old things deleted, the log sealed."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from typing import TypeVar

import structlog
from sqlalchemy.orm import Session

from review_app.accounts import redacting, sealing, tries
from review_app.accounts.permissions import COMMAND_LINE, Action
from review_app.db import Database, is_away, utc_now
from review_app.jobs.attempts import ToSend
from review_app.jobs.ended import delete_over_before, has_over_before
from review_app.jobs.runner import sweep_jobs
from review_app.jobs.service import add_job
from review_app.jobs.states import PACE, Pace
from review_app.notifications.mail import add_due_mail
from review_app.notifications.passwords import send_password_links
from review_app.notifications.posting import post
from review_app.quality import due
from review_app.reports.ordered import delete_old_files, has_old_files, jobs_with_files
from review_app.scoring import due as scores
from review_app.settings import Settings, audit_key
from review_app.sites.service import due_sites, note_synced
from review_app.timing.service import delete_old_time, has_old_time

Done = TypeVar("Done")

_LOG = structlog.get_logger(__name__)


def add_due_syncs(database: Database) -> list[str]:
    """Add a job for every site whose pages are to be looked at again, and return their ids."""
    with database.reading() as session:
        if not due_sites(session, utc_now()):
            return []
    with database.writing() as session:
        added = []
        for site_id in due_sites(session, utc_now(), lock=True):
            added.append(add_job(session, COMMAND_LINE, "sync_site", site_id, {}, needs=Action.IMPORT))
            note_synced(session, site_id, utc_now())
        return added


def add_due_quality(database: Database) -> list[str]:
    """Add the jobs by which flags, risk and models keep up, and return their ids."""
    return _if_found(database, due.find_due, due.add_due) or []


def add_due_scores(database: Database) -> list[str]:
    """Add a job for every language whose scores are behind, and return their ids."""
    return _if_found(database, scores.find_due, scores.add_due) or []


def keep_log(settings: Settings, database: Database) -> None:
    """Seal the audit rows that are settled, and forget the people in those that are old enough."""
    key = audit_key(settings)
    with database.reading() as session:
        more = sealing.is_due(session)
    while more:
        with database.writing() as session:
            more = sealing.seal_batch(session, key) == sealing.BATCH
            head = sealing.head(session)
        if head:
            _LOG.info("audit log sealed", seal=head.number, head=head.hash)
    if settings.audit_people_days:
        limit = utc_now() - timedelta(days=settings.audit_people_days)
        _if_found(
            database,
            lambda session: redacting.has_people_before(session, limit),
            lambda session: redacting.redact_before(session, key, limit),
        )


def forget_time(database: Database) -> None:
    """Delete the editing time that its site keeps no longer."""
    _if_found(database, partial(has_old_time, now=utc_now()), partial(delete_old_time, now=utc_now()))


def forget_jobs(settings: Settings, database: Database) -> None:
    """Delete reports' files that have waited long enough, and jobs that ended long ago, a few at a time."""
    _if_found(database, has_old_files, delete_old_files)
    if not settings.job_days:
        return
    limit = utc_now() - timedelta(days=settings.job_days)
    with database.reading() as session:
        held = jobs_with_files(session)
    _if_found(
        database,
        partial(has_over_before, limit=limit, besides=held),
        partial(delete_over_before, limit=limit, besides=held),
    )


def forget_tries(database: Database) -> None:
    """Delete the counts of failed tries that hold nobody up any more."""
    _if_found(database, tries.has_old, tries.delete_old)


def _if_found(database: Database, look: Callable[[Session], object], do: Callable[[Session], Done]) -> Done | None:
    """Do what a look says there is to do: whoever only looks keeps nobody else from writing."""
    with database.reading() as session:
        found = look(session)
    if not found:
        return None
    with database.writing() as session:
        return do(session)


def sweep(settings: Settings, database: Database, pace: Pace = PACE) -> Iterator[ToSend]:
    """Yield the jobs that have to be sent: those that died or got lost first, then those that are due; keep the log.

    What fails is told in the log and keeps nothing else from its turn, unless the whole database is away.
    """
    chores: dict[str, Callable[[], object]] = {
        "jobs": partial(sweep_jobs, database, pace),
        "syncs": partial(add_due_syncs, database),
        "quality": partial(add_due_quality, database),
        "scores": partial(add_due_scores, database),
        "password links": partial(send_password_links, settings, database),
        "notices": partial(post, settings, database),
        "editing time": partial(forget_time, database),
        "failed tries": partial(forget_tries, database),
        "mail": partial(add_due_mail, settings, database),
        "log": partial(keep_log, settings, database),
        "old jobs": partial(forget_jobs, settings, database),
    }
    for name, chore in chores.items():
        try:
            found = chore()
        except Exception as error:
            if is_away(error):
                raise
            _LOG.exception("chore failed", chore=name)
            continue
        for job in found if isinstance(found, list) else []:
            yield job if isinstance(job, ToSend) else ToSend(job)
