"""The queue carries ids to a worker: signed, the urgent first, and in the caller's thread where that is wanted."""

from pathlib import Path
from queue import Queue
from threading import Event, Thread

import pytest

from review_app.jobs.queue import InlineJobs, JobQueue

WAIT = 20
"""Seconds until a test gives up; what it waits for takes some tenths of one."""


def test_a_job_that_is_sent_arrives(tmp_path: Path) -> None:
    arrived: Queue[str] = Queue()
    queue = JobQueue(tmp_path / "queue.db", "secret")
    queue.start(arrived.put, list)
    try:
        queue.send("first")
        queue.send("second")
        assert [arrived.get(timeout=WAIT), arrived.get(timeout=WAIT)] == ["first", "second"]
    finally:
        queue.stop()


def test_what_was_sent_while_nobody_worked_arrives_later_the_urgent_first(tmp_path: Path) -> None:
    sender = JobQueue(tmp_path / "queue.db", "secret")
    for name in ("first", "second"):
        sender.send(name)
    sender.send("crisis", urgent=True)
    arrived: Queue[str] = Queue()
    worker = JobQueue(tmp_path / "queue.db", "secret")
    worker.start(arrived.put, list)
    try:
        assert [arrived.get(timeout=WAIT) for _ in range(3)] == ["crisis", "first", "second"]
    finally:
        worker.stop()


def test_what_the_sweep_names_is_sent_again(tmp_path: Path) -> None:
    """The first sweep is at the start: what waited while no server ran goes on at once."""
    arrived: Queue[str] = Queue()
    queue = JobQueue(tmp_path / "queue.db", "secret")
    queue.start(arrived.put, lambda: ["lost", "died"])
    try:
        assert [arrived.get(timeout=WAIT), arrived.get(timeout=WAIT)] == ["lost", "died"]
    finally:
        queue.stop()


def test_a_stop_waits_for_the_job_in_hand(tmp_path: Path) -> None:
    begun, may_end = Event(), Event()
    ended: list[str] = []

    def work(job_id: str) -> None:
        begun.set()
        may_end.wait(WAIT)
        ended.append(job_id)

    queue = JobQueue(tmp_path / "queue.db", "secret")
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


def test_a_message_signed_by_another_installation_is_never_run(tmp_path: Path) -> None:
    JobQueue(tmp_path / "queue.db", "another secret").send("forged")
    arrived: Queue[str] = Queue()
    queue = JobQueue(tmp_path / "queue.db", "secret")
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


def test_a_process_that_only_sends_refuses_to_work(tmp_path: Path) -> None:
    queue = JobQueue(tmp_path / "queue.db", "secret")
    with pytest.raises(RuntimeError, match="does not work"):
        queue._run("job")
