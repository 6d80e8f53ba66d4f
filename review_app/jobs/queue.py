"""The task queue under the jobs: Huey on its own SQLite file, carrying nothing but job ids.

The same queue object sends (web, command line) and consumes (a thread in ``serve``).
"""

import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from huey import SqliteHuey, crontab
from huey.consumer import Consumer
from huey.serializer import SignedSerializer

URGENT = 100
"""Priority of a job that goes before others; theirs is 0."""


class Sender(Protocol):
    """Whatever takes a job's id to a worker."""

    def send(self, job_id: str, *, urgent: bool = False) -> None:
        """Hand over a job that is already committed; an urgent one goes before all that wait."""


class _EmbeddedConsumer(Consumer):
    """A consumer in a thread of the server, which handles signals itself."""

    def _set_signal_handlers(self) -> None:
        """Leave the process's signal handlers alone: they can only be set from the main thread."""


class JobQueue:
    """A queue of job ids; messages are signed, because they are unpickled."""

    def __init__(self, path: Path, secret: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._huey = SqliteHuey("jobs", filename=str(path), serializer=SignedSerializer(secret=secret), results=False)
        self._run: Callable[[str], None] = _nobody_works
        self._sweep: Callable[[], list[str]] = list
        self._task = self._huey.task(name="run_job")(self._work)
        self._huey.periodic_task(crontab(minute="*"), name="sweep")(self._resend)
        self._consumer: _EmbeddedConsumer | None = None

    def send(self, job_id: str, *, urgent: bool = False) -> None:
        """Hand a committed job to the workers."""
        self._huey.enqueue(self._task.s(job_id, priority=URGENT if urgent else 0))

    def start(self, run: Callable[[str], None], sweep: Callable[[], list[str]], workers: int = 1) -> None:
        """Consume in threads of this process: ``run`` does a job, ``sweep`` names those that must be sent again."""
        self._run, self._sweep = run, sweep
        logging.getLogger("huey").setLevel(logging.WARNING)
        self._consumer = _EmbeddedConsumer(self._huey, workers=workers, max_delay=0.5, check_worker_health=False)
        self._consumer.start()

    def stop(self) -> None:
        """Let the job in hand end, and consume no more."""
        if self._consumer is not None:
            self._consumer.stop(graceful=True)
            self._consumer = None

    def _work(self, job_id: str) -> None:
        self._run(job_id)

    def _resend(self) -> None:
        for job_id in self._sweep():
            self.send(job_id)


class InlineJobs:
    """Runs a job at once, in the caller's thread: for commands and tests."""

    def __init__(self, run: Callable[[str], None]) -> None:
        self._run = run
        self._lock = threading.Lock()

    def send(self, job_id: str, *, urgent: bool = False) -> None:
        """Run the job and return when it is over."""
        with self._lock:
            self._run(job_id)


def _nobody_works(job_id: str) -> None:
    raise RuntimeError(f"job {job_id} was delivered to a process that does not work")
