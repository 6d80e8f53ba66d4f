"""Runs one job: claims it, does its steps, keeps its row true. Knows no particular job."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import structlog
from sqlalchemy.orm import Session

from review_app.accounts.permissions import COMMAND_LINE, Actor
from review_app.accounts.service import person_actor
from review_app.db import Database
from review_app.errors import NotFound, ReviewAppError
from review_app.jobs.service import Claim, JobCancelledError, claim, finish, report_progress, sweep
from review_app.locale import N_

_LOG = structlog.get_logger(__name__)

Progress = Callable[[int, int], None]
"""Shown how much is done, and of how much."""


def unseen(_done: int, _total: int) -> None:
    """Show nobody."""


@dataclass(frozen=True, slots=True)
class Running:
    """What a job's function is given: it opens its own short transactions, never one across a network call."""

    database: Database
    job_id: str
    site_id: int
    person_id: int | None
    payload: Mapping[str, Any]
    show: Progress = unseen

    def actor(self) -> Actor:
        """Return who asked, with the roles they have now; permission is checked again when the job runs."""
        if self.person_id is None:
            return COMMAND_LINE
        with self.database.reading() as session:
            return person_actor(session, self.person_id)

    def progress(self, done: int, total: int) -> None:
        """Report how far the job has come."""
        with self.step(done, total):
            pass

    @contextmanager
    def step(self, done: int, total: int) -> Iterator[Session]:
        """Open the transaction of a step, which also reports how far the job has come with it.

        Raises ``JobCancelledError`` once it is kept: what an engine has answered is paid for.
        """
        cancelled = None
        with self.database.writing() as session:
            yield session
            try:
                report_progress(session, self.job_id, done, total)
            except JobCancelledError as error:
                cancelled = error
        if cancelled is not None:
            raise cancelled
        self.show(done, total)


JobFunction = Callable[[Running], None]


def run_job(database: Database, functions: Mapping[str, JobFunction], job_id: str, show: Progress = unseen) -> None:
    """Run a waiting job to its end; whatever stops it is kept in its row. Does nothing if another worker has it."""
    with database.writing() as session:
        claimed = claim(session, job_id)
    if claimed is None:
        return
    with structlog.contextvars.bound_contextvars(job=job_id):  # every line that is written meanwhile names the job
        running = Running(database, job_id, claimed.site_id or 0, claimed.person_id, claimed.payload, show)
        error = _run(running, claimed, functions)
        if not isinstance(error, JobCancelledError):
            with database.writing() as session:
                finish(session, job_id, error)


def _run(running: Running, claimed: Claim, functions: Mapping[str, JobFunction]) -> Exception | None:
    """Do a job's steps and return what stopped them."""
    log = _LOG.bind(name=claimed.name)
    try:
        if claimed.name not in functions or claimed.site_id is None:
            raise NotFound(N_("This program has no job called {name}."), name=claimed.name)
        functions[claimed.name](running)
    except JobCancelledError as cancelled:
        log.info("job cancelled")
        return cancelled
    except ReviewAppError as refusal:
        log.warning("job refused", error=str(refusal))
        return refusal
    except Exception as crash:  # the row must say that the job ended, whatever happened
        log.exception("job crashed")
        return crash
    return None


def sweep_jobs(database: Database) -> list[str]:
    """Put back what died with its worker, and return the ids to send again."""
    with database.writing() as session:
        return sweep(session)
