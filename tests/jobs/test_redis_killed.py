"""Redis carries ids and nothing else: when it is killed and comes back empty, no job is lost and none is done twice."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from threading import Event

import pytest

from review_app.accounts.permissions import Action
from review_app.jobs.queue import JobQueue
from review_app.jobs.runner import Running, run_job, sweep_jobs
from review_app.jobs.service import add_job, job_counts
from review_app.jobs.states import JobState, Pace
from tests.houses import House
from tests.redis_server import RedisServer, redis_server

QUICK = Pace(timedelta(seconds=1.5))
STEPS = 3
WAIT = 60
"""Seconds until a test gives up; what it waits for takes two or three."""


@pytest.fixture
def redis() -> Iterator[RedisServer]:
    with redis_server() as server:
        yield server


class Worker:
    """A worker process's queue: counts the steps of each job, and is held up in its first one."""

    def __init__(self, house: House, url: str) -> None:
        self.stepped: Counter[str] = Counter()
        self.begun, self.may_go_on = Event(), Event()
        self.queue = JobQueue(url, "secret")
        do = partial(run_job, house.database, {"work": self._work}, pace=QUICK)
        self.queue.start(do, partial(sweep_jobs, house.database, QUICK), workers=2, every=QUICK.sweep)

    def _work(self, job: Running) -> None:
        for number in range(STEPS):
            job.step(number + 1, STEPS, lambda _session: self.stepped.update([job.job_id]))
            self.begun.set()
            self.may_go_on.wait(WAIT)


def ask(house: House) -> str:
    with house.database.writing() as session:
        return add_job(session, house.town.anna, "work", house.town.site_id, {}, needs=Action.READ)


def wait_until(reached: Callable[[], bool]) -> None:
    deadline = time.monotonic() + WAIT
    while not reached():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def done(house: House) -> int:
    with house.database.reading() as session:
        return job_counts(session)[JobState.DONE]


def test_no_job_is_lost_or_doubled_when_redis_is_killed_and_forgets(house: House, redis: RedisServer) -> None:
    worker, web = Worker(house, redis.url), JobQueue(redis.url, "secret")
    try:
        jobs = [ask(house) for _ in range(6)]
        for job in jobs:
            web.send(job)
        assert worker.begun.wait(WAIT)
        redis.kill()
        jobs.append(ask(house))
        with pytest.raises(Exception, match="socket"):  # the page logs it; the job is stored
            web.send(jobs[-1])
        redis.start()
        worker.may_go_on.set()
        wait_until(lambda: done(house) == len(jobs))
        assert worker.stepped == Counter(dict.fromkeys(jobs, STEPS))
        later = ask(house)
        web.send(later)
        wait_until(lambda: done(house) == len(jobs) + 1)  # the worker listens again, too
    finally:
        worker.may_go_on.set()
        worker.queue.stop()
        web.stop()
