"""The queue carries ids to a worker: signed, the urgent first, and in the caller's thread where that is wanted."""

from collections.abc import Iterator
from datetime import timedelta
from queue import Queue
from threading import Event, Thread

import pytest

from review_app.errors import BadInput
from review_app.jobs.attempts import ToSend
from review_app.jobs.queue import InlineJobs, JobQueue
from tests.databases import Backend
from tests.redis_server import redis_server


@pytest.fixture(params=["sqlite", "postgresql", "redis"])
def url(request: pytest.FixtureRequest) -> Iterator[str]:
    if request.param == "redis":
        yield request.getfixturevalue("redis_url")
        return
    backend: Backend = request.getfixturevalue(request.param)
    with backend.url() as found:
        yield found


@pytest.fixture
def redis_url() -> Iterator[str]:
    """The address of a real Redis of the test's own."""
    with redis_server() as server:
        yield server.url


WAIT = 20
"""Seconds until a test gives up; what it waits for takes some tenths of one."""


def test_a_job_that_is_sent_arrives(url: str) -> None:
    arrived: Queue[str] = Queue()
    queue = JobQueue(url, "secret")
    queue.start(arrived.put, list)
    try:
        queue.send("first")
        queue.send("second")
        assert [arrived.get(timeout=WAIT), arrived.get(timeout=WAIT)] == ["first", "second"]
    finally:
        queue.stop()


def test_what_was_sent_while_nobody_worked_arrives_later_the_urgent_first(url: str) -> None:
    sender = JobQueue(url, "secret")
    for name in ("first", "second"):
        sender.send(name)
    sender.send("crisis", urgent=True)
    sender.stop()
    arrived: Queue[str] = Queue()
    worker = JobQueue(url, "secret")
    worker.start(arrived.put, list)
    try:
        assert [arrived.get(timeout=WAIT) for _ in range(3)] == ["crisis", "first", "second"]
    finally:
        worker.stop()


def test_what_the_sweep_names_is_sent_again(url: str) -> None:
    """The first sweep is at the start: what waited while no server ran goes on at once."""
    arrived: Queue[str] = Queue()
    queue = JobQueue(url, "secret")
    queue.start(arrived.put, lambda: [ToSend("lost"), ToSend("died")])
    try:
        assert [arrived.get(timeout=WAIT), arrived.get(timeout=WAIT)] == ["lost", "died"]
    finally:
        queue.stop()


def test_a_sweep_that_fails_is_tried_again(url: str) -> None:
    arrived: Queue[str] = Queue()
    sweeps = iter([ConnectionError("the database is away"), [ToSend("lost")]])

    def sweep() -> list[ToSend]:
        found = next(sweeps, [])
        if isinstance(found, Exception):
            raise found
        return found

    queue = JobQueue(url, "secret")
    queue.start(arrived.put, sweep, every=timedelta(milliseconds=20))
    try:
        assert arrived.get(timeout=WAIT) == "lost"
    finally:
        queue.stop()


def test_a_job_that_ends_its_thread_does_not_end_the_work(url: str) -> None:
    arrived: Queue[str] = Queue()

    def work(job_id: str) -> None:
        if job_id == "deadly":
            raise SystemExit
        arrived.put(job_id)

    queue = JobQueue(url, "secret")
    queue.start(work, list, every=timedelta(milliseconds=20))
    try:
        queue.send("deadly")
        queue.send("next")
        assert arrived.get(timeout=WAIT) == "next"
    finally:
        queue.stop()


def test_a_process_that_stops_says_so_to_its_jobs(url: str) -> None:
    begun, seen = Event(), []

    def work(_job_id: str) -> None:
        seen.append(queue.is_stopping())
        begun.set()
        while not queue.is_stopping():
            Event().wait(0.01)
        seen.append(queue.is_stopping())

    queue = JobQueue(url, "secret")
    queue.start(work, list)
    queue.send("long")
    assert begun.wait(WAIT)
    queue.stop()
    assert seen == [False, True]


def test_a_stop_waits_for_the_job_in_hand(url: str) -> None:
    begun, may_end = Event(), Event()
    ended: list[str] = []

    def work(job_id: str) -> None:
        begun.set()
        may_end.wait(WAIT)
        ended.append(job_id)

    queue = JobQueue(url, "secret")
    queue.start(work, list)
    queue.send("long")
    assert begun.wait(WAIT)
    stopping = Thread(target=queue.stop)
    stopping.start()
    stopping.join(0.1)
    assert stopping.is_alive(), "it has not gone away from the job"
    may_end.set()
    stopping.join(WAIT)
    assert ended == ["long"]


def test_a_message_signed_by_another_installation_is_never_run(url: str) -> None:
    forger = JobQueue(url, "another secret")
    forger.send("forged")
    forger.stop()
    arrived: Queue[str] = Queue()
    queue = JobQueue(url, "secret")
    queue.start(arrived.put, list)
    try:
        queue.send("real")
        assert arrived.get(timeout=WAIT) == "real"
        assert arrived.empty()
    finally:
        queue.stop()


def test_inline_jobs_are_over_when_send_returns() -> None:
    ran: list[str] = []
    InlineJobs(ran.append).send("job")
    assert ran == ["job"]


def test_a_process_that_only_sends_refuses_to_work(url: str) -> None:
    queue = JobQueue(url, "secret")
    with pytest.raises(RuntimeError, match="does not work"):
        queue._run("job")
    queue.stop()


def test_two_workers_share_the_jobs_and_do_each_once(url: str) -> None:
    arrived: Queue[str] = Queue()
    workers = [JobQueue(url, "secret") for _ in range(2)]
    for worker in workers:
        worker.start(arrived.put, list, workers=2)
    try:
        names = [f"job {number}" for number in range(40)]
        for name in names:
            workers[0].send(name)
        assert sorted(arrived.get(timeout=WAIT) for _ in names) == sorted(names)
        assert arrived.empty()
    finally:
        for worker in workers:
            worker.stop()


@pytest.mark.parametrize("address", ["mysql://host/jobs", "jobs", "http://[", ""])
def test_an_address_of_another_kind_is_refused(address: str) -> None:
    with pytest.raises(BadInput, match="REVIEW_APP_QUEUE_URL"):
        JobQueue(address, "secret")
