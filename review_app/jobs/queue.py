"""The task queue under the jobs: Huey on an SQLite file, on PostgreSQL or on Redis, carrying nothing but job ids.

The same queue object sends (web, command line) and consumes (threads in ``serve``, or a ``worker`` process).
"""

import logging
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, Protocol

import structlog
from huey import Huey, PostgresHuey, PriorityRedisHuey, SqliteHuey
from huey.consumer import Consumer
from huey.exceptions import ConfigurationError
from huey.serializer import SignedSerializer

from review_app.db import POSTGRES
from review_app.errors import BadInput
from review_app.jobs.attempts import ToSend
from review_app.jobs.states import PACE
from review_app.locale import N_

_LOG = structlog.get_logger(__name__)

URGENT = 100
"""Priority of a job that goes before others; theirs is 0."""


NO_QUEUE = N_("REVIEW_APP_QUEUE_URL is no address of a queue. Write postgresql://… or redis://…, or leave it empty.")
NO_DRIVER = N_("The job queue needs a package that is not installed. Run: pip install review-app[{extra}]")


class Sender(Protocol):
    """Whatever takes a job's id to a worker."""

    def send(self, job_id: str, *, urgent: bool = False) -> None:
        """Hand over a job that is already committed; an urgent one goes before all that wait."""


class _EmbeddedConsumer(Consumer):
    """A consumer in a thread of the server, which handles signals itself."""

    def _set_signal_handlers(self) -> None:
        """Leave the process's signal handlers alone: they can only be set from the main thread."""


class JobQueue:
    """A queue of job ids; messages are signed, because they are unpickled.

    ``url`` is ``sqlite:///…``, ``postgresql://…`` or ``redis://…`` (``unix://…`` for a Redis on a socket).
    """

    def __init__(self, url: str, secret: str) -> None:
        self._connections = _Connections(url)
        self._huey = _open(url, SignedSerializer(secret=secret), self._connections)
        self._run: Callable[[str], None] = _nobody_works
        self._sweep: Callable[[], Iterable[ToSend]] = list
        self._task = self._huey.task(name="run_job")(self._work)
        self._consumer: _EmbeddedConsumer | None = None
        self._keeper: threading.Thread | None = None
        self._stopping = threading.Event()

    def send(self, job_id: str, *, urgent: bool = False) -> None:
        """Hand a committed job to the workers."""
        task = self._task.s(job_id, priority=URGENT if urgent else 0)
        try:
            self._huey.enqueue(task)
        except Exception:  # the connection was lost since it was last used; there is a new one now
            self._huey.enqueue(task)

    def start(
        self,
        run: Callable[[str], None],
        sweep: Callable[[], Iterable[ToSend]],
        workers: int = 1,
        every: timedelta = PACE.sweep,
    ) -> None:
        """Consume in threads of this process: ``run`` does a job, ``sweep`` names, so often, those that must be sent.

        The sweep has a thread of its own, so that no long job and no long queue keeps it waiting.
        """
        self._run, self._sweep = run, sweep
        logging.getLogger("huey").setLevel(logging.WARNING)
        self._stopping.clear()
        self._consumer = _EmbeddedConsumer(
            self._huey, workers=workers, max_delay=0.5, periodic=False, scheduler_interval=60
        )
        self._consumer.start()
        self._keeper = threading.Thread(target=self._keep, args=(self._consumer, every), name="sweep", daemon=True)
        self._keeper.start()

    def is_stopping(self) -> bool:
        """Say whether jobs that can be taken up again should end here."""
        return self._stopping.is_set()

    def stop(self) -> None:
        """Let the jobs in hand end, or come to where another can go on, and consume no more."""
        self._stopping.set()
        if self._keeper is not None:
            self._keeper.join()
            self._keeper = None
        if self._consumer is not None:
            self._consumer.stop(graceful=True)
            self._consumer = None
        self._connections.close()
        pool = getattr(self._huey.storage, "pool", None)
        if pool is not None:  # Redis's: it closes none by itself, and opens new ones when it needs any
            pool.disconnect()

    def _work(self, job_id: str) -> None:
        self._run(job_id)

    def _keep(self, consumer: Consumer, every: timedelta) -> None:
        """Send what nobody has, and start threads anew that ended."""
        while not self._stopping.is_set():
            try:
                consumer.check_worker_health()
                for job_id, urgent in self._sweep():
                    self.send(job_id, urgent=urgent)
            except Exception as error:  # the database or the queue is away: it is looked at again soon
                _LOG.warning("sweep failed", error=type(error).__name__)
            self._stopping.wait(every.total_seconds())


class InlineJobs:
    """Runs a job at once, in the caller's thread: for commands and tests."""

    def __init__(self, run: Callable[[str], None]) -> None:
        self._run = run
        self._lock = threading.Lock()

    def send(self, job_id: str, *, urgent: bool = False) -> None:
        """Run the job and return when it is over."""
        with self._lock:
            self._run(job_id)


class _Connections:
    """Connections to PostgreSQL: Huey opens one for each thread that listens, and closes none when the thread ends."""

    def __init__(self, url: str) -> None:
        self._dsn = f"postgresql:{url.partition(':')[2]}"
        self._opened: list[Any] = []

    def open(self) -> Any:
        """Return a new connection."""
        from psycopg import connect  # noqa: PLC0415 - the extra [postgres]

        connection = connect(self._dsn, **POSTGRES)
        self._opened = [*(one for one in self._opened if not one.closed), connection]
        return connection

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other processes waiting: of two that make the same tables at once, PostgreSQL refuses one."""
        connection = self.open()
        connection.autocommit = True
        connection.execute("SELECT pg_advisory_lock(hashtext('review_app job queue'))")
        try:
            yield
        finally:
            self._opened.remove(connection)
            connection.close()

    def close(self) -> None:
        """Close them all; Huey opens new ones when it needs any."""
        while self._opened:
            self._opened.pop().close()


def _open(url: str, serializer: SignedSerializer, connections: _Connections) -> Huey:
    """Open the queue at an address; raises ``BadInput`` for one of another kind, or without the package it needs."""
    options: dict[str, Any] = {"serializer": serializer, "results": False}
    scheme = url.partition(":")[0].partition("+")[0]
    try:
        if scheme == "sqlite":
            path = Path(url.partition(":///")[2])
            path.parent.mkdir(parents=True, exist_ok=True)
            return SqliteHuey("jobs", filename=str(path), **options)
        if scheme == "postgresql":
            with connections.alone():
                return PostgresHuey("jobs", connection=connections.open, **options)
        if scheme in {"redis", "rediss", "unix"}:
            return PriorityRedisHuey("jobs", url=url, **options)
    except ConfigurationError as error:
        raise BadInput(NO_DRIVER, extra="postgres" if scheme == "postgresql" else "redis") from error
    raise BadInput(NO_QUEUE)


def _nobody_works(job_id: str) -> None:
    raise RuntimeError(f"job {job_id} was delivered to a process that does not work")
