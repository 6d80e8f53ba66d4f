"""Runs one job: claims it, does its steps, keeps its row true. Knows no particular job."""

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from types import TracebackType
from typing import Any, Self

import structlog
from sqlalchemy.orm import Session

from review_app.accounts.permissions import COMMAND_LINE, Actor
from review_app.accounts.service import person_actor
from review_app.db import Database, insist, is_away, is_clash
from review_app.errors import NotFound, NotNow, ReviewAppError
from review_app.jobs.attempts import (
    Claim,
    HandedBackError,
    JobCancelledError,
    JobLostError,
    ToSend,
    beat,
    claim,
    confirm,
    end,
    report_progress,
    sweep,
)
from review_app.jobs.states import LONGEST_STEP, PACE, Pace
from review_app.locale import N_

_LOG = structlog.get_logger(__name__)

Progress = Callable[[int, int], None]
"""Shown how much is done, and of how much."""


def unseen(_done: int, _total: int) -> None:
    """Show nobody."""


def never() -> bool:
    """Say that the process goes on."""
    return False


@dataclass(frozen=True, slots=True)
class Running:
    """What a job's function is given: it opens its own short transactions, never one across a network call.

    It hands out sessions as a ``Database`` does, but what is written is only stored while the job is this worker's.
    """

    database: Database
    claim: Claim
    show: Progress = unseen
    stopping: Callable[[], bool] = never

    @property
    def job_id(self) -> str:
        """The job's id."""
        return self.claim.job_id

    @property
    def site_id(self) -> int:
        """The site it is for."""
        return self.claim.site_id or 0

    @property
    def payload(self) -> Mapping[str, Any]:
        """What was asked for."""
        return self.claim.payload

    def actor(self) -> Actor:
        """Return who asked, with the roles they have now; permission is checked again when the job runs."""
        if self.claim.person_id is None:
            return COMMAND_LINE
        with self.database.reading() as session:
            return person_actor(session, self.claim.person_id)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Open a session that only reads."""
        with self.database.reading() as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Open a session for one transaction; raises ``JobLostError``, storing nothing, if it comes too late."""
        with self.database.writing() as session:
            yield session
            confirm(session, self.claim)

    @contextmanager
    def finishing(self) -> Iterator[Session]:
        """Open a session for what must not happen once somebody has called the job off.

        Raises ``JobCancelledError`` then, storing nothing; or as ``writing`` does.
        """
        with self.writing() as session:
            yield session
            confirm(session, self.claim, even_cancelled=False)

    def progress(self, done: int, total: int) -> None:
        """Report how far this attempt has come; it goes no further once the process is about to end."""
        self.step(done, total, lambda _session: None)

    def step(self, done: int, total: int, write: Callable[[Session], object]) -> None:
        """Write what a step came to, and how far this attempt has come with it, in one transaction.

        It is stored even if somebody has called the job off, as an engine's answer is paid for; then, or if the process
        is about to end, the job goes no further. ``write`` may be repeated: it must come to the same.
        """

        def whole(session: Session) -> JobCancelledError | None:
            write(session)
            try:
                report_progress(session, self.claim, done, total)
            except JobCancelledError as cancelled:
                return cancelled
            return None

        cancelled = insist(self.database, whole)
        if cancelled is not None:
            raise cancelled
        carried = self.claim.carried(total)
        self.show(carried + done, carried + total)
        if self.stopping() and done < total:
            raise HandedBackError


JobFunction = Callable[[Running], None]


class Heart:
    """Says every few seconds that a job lives, from a thread of its own: one answer of an engine can take minutes."""

    def __init__(self, database: Database, claim: Claim, pace: Pace) -> None:
        self._database = database
        self._claim = claim
        self._every = pace.beat.total_seconds()
        self._last_step = time.monotonic()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._go, name=f"heart of {claim.job_id}", daemon=True)

    def step(self) -> None:
        """Note that the job came further."""
        self._last_step = time.monotonic()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join()

    def _go(self) -> None:
        while not self._ended.wait(self._every):
            if time.monotonic() - self._last_step > LONGEST_STEP.total_seconds() or not self._beat():
                return

    def _beat(self) -> bool:
        try:
            with self._database.writing() as session:
                return beat(session, self._claim)
        except Exception as error:
            if not is_away(error):
                raise
            return True  # it may be back at the next beat


def run_job(
    database: Database,
    functions: Mapping[str, JobFunction],
    job_id: str,
    show: Progress = unseen,
    *,
    stopping: Callable[[], bool] = never,
    pace: Pace = PACE,
) -> None:
    """Run a waiting job to its end; whatever stops it is kept in its row. Does nothing if another worker has it."""
    with database.writing() as session:
        claimed = claim(session, job_id)
    if claimed is None:
        return
    with (
        structlog.contextvars.bound_contextvars(job=job_id),  # every line that is written meanwhile names the job
        Heart(database, claimed, pace) as heart,
    ):

        def shown(done: int, total: int) -> None:
            heart.step()
            show(done, total)

        stopped = _run(Running(database, claimed, shown, stopping), functions)
        insist(database, partial(end, claim=claimed, stopped=stopped))


def _run(running: Running, functions: Mapping[str, JobFunction]) -> Exception | None:
    """Do a job's steps and return what stopped them."""
    name = running.claim.name
    _LOG.info("job begun", name=name, attempt=running.claim.attempt)
    try:
        is_nobodys = running.claim.site_id is None and running.claim.person_id is not None
        if name not in functions or is_nobodys:
            raise NotFound(N_("This program has no job called {name}."), name=name)
        functions[name](running)
    except Exception as stopped:  # the row must say that the job ended, whatever happened
        _tell(name, stopped)
        return stopped
    _LOG.info("job done", name=name)
    return None


def _tell(name: str, stopped: Exception) -> None:
    log = _LOG.bind(name=name)
    if isinstance(stopped, JobCancelledError):
        log.info("job cancelled")
    elif isinstance(stopped, HandedBackError):
        log.info("job handed back")
    elif isinstance(stopped, JobLostError):
        log.warning("job is another worker's now")
    elif isinstance(stopped, NotNow):
        log.warning("job rests", error=str(stopped))
    elif isinstance(stopped, ReviewAppError):
        log.warning("job refused", error=str(stopped))
    elif is_away(stopped) or is_clash(stopped):
        log.warning("job interrupted", error=type(stopped).__name__)
    else:
        log.error("job crashed", exc_info=stopped)


def sweep_jobs(database: Database, pace: Pace = PACE) -> list[ToSend]:
    """Put back what died with its worker, and return what is to be sent."""
    with database.writing() as session:
        return sweep(session, pace)
