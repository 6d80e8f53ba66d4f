"""How fast workers translate through an engine that takes 50 ms to answer, for 1, 2 and 4 of them.

    python -m benchmarks.workers [--pages 40] [--rounds 3] [--texts 1 25 50]

A real PostgreSQL, an engine on a loopback that speaks like LibreTranslate, and worker processes of one job at a time;
pages of 100 sentences each. `--texts`: how many the engine takes a request; LibreTranslate 25, the default engine
`google` and `mymemory` 1, DeepL 50, the official clients of Google and Azure 100. Every worker has translated a page
before time is taken: its dictionaries are loaded then. Rounds are interleaved, the median is told; processor time is
that of the workers and of PostgreSQL, in milliseconds a segment. Prints `name value unit` lines.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

from sqlalchemy.orm import Session

from benchmarks.machine import engine, installation, processor_seconds
from review_app.accounts.permissions import COMMAND_LINE, Action
from review_app.db import Database
from review_app.jobs.queue import JobQueue
from review_app.jobs.service import add_job, get_job
from review_app.jobs.states import JobState
from review_app.migrations.service import upgrade
from review_app.segments.service import import_page
from review_app.settings import Settings
from review_app.sites.policy import LanguagePolicy
from review_app.sites.service import add_site, set_language

LATENCY = 0.05
"""Seconds an answer takes."""

SENTENCES = 100
WORKERS = (1, 2, 4)


def take_in(database: Database, site_id: int, run: str, pages: int) -> list[int]:
    """Take pages in and return their ids; no sentence stands on two of them."""
    ids = []
    for page in range(pages):
        lines = (
            f"<p>Mening {line} på sida {page} i omgång {run} handlar om kommunen.</p>" for line in range(SENTENCES)
        )
        body = f"<!doctype html><html lang=sv><title>Sida {run} {page}</title><main>{''.join(lines)}</main></html>"
        with database.writing() as session:
            taken = import_page(
                session, COMMAND_LINE, site_id, body=body.encode(), path=f"{run}/{page}", origin="benchmark"
            )
            ids.append(taken.page_id)
    return ids


class Workers:
    """Some worker processes, each with its dictionaries loaded."""

    def __init__(
        self, database: Database, queue: JobQueue, site: int, texts: int, environment: dict[str, str], number: int
    ) -> None:
        self._database, self._queue, self._site = database, queue, site
        self._running = []
        for _ in range(number):
            process = subprocess.Popen(
                [sys.executable, "-m", "benchmarks.portioned", str(texts)], env=environment, stdout=subprocess.PIPE
            )
            assert process.stdout is not None
            process.stdout.readline()  # it says that it is ready
            self._running.append(process)

    def work(self, pages: list[int]) -> float:
        """Have pages translated and return the seconds from the first job to the last."""
        with self._database.writing() as session:
            jobs = [
                add_job(session, COMMAND_LINE, "translate_page", self._site, wanted, needs=Action.TRANSLATE)
                for wanted in [{"page_id": page, "language": "en"} for page in pages]
            ]
        start = time.perf_counter()
        for job in jobs:
            self._queue.send(job)
        while jobs:
            with self._database.reading() as session:
                jobs = [job for job in jobs if not self._is_done(session, job)]
            time.sleep(0.02)
        return time.perf_counter() - start

    @staticmethod
    def _is_done(session: Session, job: str) -> bool:
        state = get_job(session, COMMAND_LINE, job).state
        assert state is not JobState.FAILED, "a job failed"
        return state is JobState.DONE

    def processor_seconds(self) -> float:
        """Return how long the workers have used a processor."""
        return sum(processor_seconds(process.pid) for process in self._running)

    def stop(self) -> None:
        """End the workers."""
        for process in self._running:
            process.terminate()
        for process in self._running:
            process.communicate()


def measure(
    run: Callable[[int], Workers],
    new_pages: Callable[[str, int], list[int]],
    asked: argparse.Namespace,
    master: int,
    texts: int,
) -> None:
    """Have pages translated by 1, 2 and 4 workers in turn, and print how fast that was."""
    segments = asked.pages * (SENTENCES + 1)
    seconds, processor = defaultdict(list), defaultdict(list)
    for turn in range(asked.rounds):
        for number in WORKERS:
            workers = run(number)
            try:
                workers.work(new_pages(f"warm/{texts}/{turn}/{number}", 3 * number))
                pages = new_pages(f"{texts}/{turn}/{number}", asked.pages)
                before = workers.processor_seconds() + processor_seconds(master)
                seconds[number].append(workers.work(pages))
                used = workers.processor_seconds() + processor_seconds(master) - before
                processor[number].append(1000 * used / segments)
            finally:
                workers.stop()
    for number in WORKERS:
        print(f"texts_{texts}.segments_per_second_{number} {segments / median(seconds[number]):.0f} /s")
        print(f"texts_{texts}.processor_{number} {median(processor[number]):.2f} ms a segment")
    ratio = median(seconds[1]) / median(seconds[4])
    print(f"texts_{texts}.four_workers_against_one {ratio:.2f} times (at least 3.5)", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--texts", type=int, nargs="+", default=[25])
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, engine(LATENCY) as address:
        own = {"REVIEW_APP_LIBRETRANSLATE_URL": address, "REVIEW_APP_WORKERS": "1"}
        with installation("postgresql", Path(folder), **own) as (found, master):
            assert master is not None
            settings = Settings(database_url=found["REVIEW_APP_DATABASE_URL"], data_dir=Path(folder))
            upgrade(settings.sqlalchemy_url)
            database = Database(settings.sqlalchemy_url)
            queue = JobQueue(settings.job_queue_url, found["REVIEW_APP_SECRET_KEY"])
            with database.writing() as session:
                home = "https://www.example.se/"
                site = add_site(session, slug="site", name="Site", base_url=home, engine="libretranslate")
                set_language(session, site, "en", LanguagePolicy.MACHINE_AFTER_REVIEW)
            environment = {**os.environ, **found}
            for texts in asked.texts:
                run = partial(Workers, database, queue, site, texts, environment)
                measure(run, partial(take_in, database, site), asked, master, texts)
            queue.stop()
            database.dispose()


if __name__ == "__main__":
    main()
