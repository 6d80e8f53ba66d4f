"""A worker writes only while the job is its own: one that was taken for dead and wakes up does no damage."""

import threading
from datetime import timedelta

import pytest
from psycopg.errors import UniqueViolation
from sqlalchemy.exc import IntegrityError, OperationalError

from review_app.accounts.permissions import Action
from review_app.db import Database, insisting, utc_now
from review_app.jobs import runner
from review_app.jobs.attempts import CRASHED, DIED, JobLostError, claim, sweep
from review_app.jobs.runner import JobFunction, Running, run_job, sweep_jobs
from review_app.jobs.service import JobView, add_job, cancel, get_job
from review_app.jobs.states import MOST_INTERRUPTED, MOST_STUCK, STALE_AFTER, JobState, Pace, is_given_up
from review_app.jobs.tables import Job
from review_app.sites.tables import Site
from tests.databases import Backend
from tests.houses import House, build_house

QUICK = Pace(timedelta(milliseconds=300))
WAIT = 20
"""Seconds until a test gives up; what it waits for takes some tenths of one."""


def ask(house: House) -> str:
    with house.database.writing() as session:
        return add_job(session, house.town.anna, "work", house.town.site_id, {}, needs=Action.READ)


def run(house: House, job_id: str, work: JobFunction) -> JobView:
    run_job(house.database, {"work": work}, job_id)
    return look(house, job_id)


def look(house: House, job_id: str) -> JobView:
    with house.database.reading() as session:
        return get_job(session, house.town.anna, job_id)


def change(house: House, job_id: str, **columns: object) -> None:
    with house.database.writing() as session:
        for name, value in columns.items():
            setattr(session.get_one(Job, job_id), name, value)


def town_name(house: House) -> str:
    with house.database.reading() as session:
        return session.get_one(Site, house.town.site_id).name


def take_for_dead(house: House, job_id: str) -> None:
    change(house, job_id, heartbeat=utc_now() - 2 * STALE_AFTER)
    assert sweep_jobs(house.database) == [(job_id, False)]


@pytest.mark.parametrize("others", ["nobody", "another worker", "a worker that is done"])
def test_what_a_worker_writes_after_it_was_taken_for_dead_is_not_stored(house: House, others: str) -> None:
    before = town_name(house)

    def other_work(job: Running) -> None:
        job.progress(1, 1)

    def work(job: Running) -> None:
        take_for_dead(house, job.job_id)
        if others == "another worker":
            with house.database.writing() as session:
                assert claim(session, job.job_id) is not None
        elif others == "a worker that is done":
            run_job(house.database, {"work": other_work}, job.job_id)
        for write in (lambda: rename(job), lambda: job.progress(9, 9)):
            with pytest.raises(JobLostError):
                write()
        raise JobLostError

    def rename(job: Running) -> None:
        with job.writing() as session:
            session.get_one(Site, job.site_id).name = "Zombie"

    job = run(house, ask(house), work)
    states = {"nobody": JobState.WAITING, "another worker": JobState.RUNNING, "a worker that is done": JobState.DONE}
    assert job.state is states[others]
    assert job.done <= 1
    assert town_name(house) == before


def test_a_worker_that_was_taken_for_dead_does_not_end_what_is_another_s(house: House) -> None:
    def work(job: Running) -> None:
        take_for_dead(house, job.job_id)
        with house.database.writing() as session:
            assert claim(session, job.job_id) is not None

    assert run(house, ask(house), work).state is JobState.RUNNING


def test_what_was_in_hand_when_a_job_was_called_off_is_still_stored(house: House) -> None:
    def work(job: Running) -> None:
        with house.database.writing() as session:
            cancel(session, house.town.anna, job.job_id)
        with job.writing() as session:
            session.get_one(Site, job.site_id).name = "Paid for"
        job.progress(1, 2)
        raise AssertionError("it went on")

    assert run(house, ask(house), work).state is JobState.CANCELLED
    assert town_name(house) == "Paid for"


def test_a_job_lives_however_long_one_step_takes(house: House) -> None:
    """It is silent for several times as long as a dead one, and swept all the while."""
    job_id, swept = ask(house), []
    begun, may_end = threading.Event(), threading.Event()

    def work(_job: Running) -> None:
        begun.set()
        may_end.wait(WAIT)

    worker = threading.Thread(target=run_job, args=(house.database, {"work": work}, job_id), kwargs={"pace": QUICK})
    worker.start()
    assert begun.wait(WAIT)
    for _ in range(40):
        with house.database.writing() as session:
            swept += sweep(session, QUICK)
        threading.Event().wait(QUICK.stale_after.total_seconds() / 10)
    may_end.set()
    worker.join(WAIT)
    assert swept == []
    assert look(house, job_id).state is JobState.DONE


def test_a_heart_that_cannot_reach_the_database_beats_again(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    failed, beaten, real = threading.Event(), threading.Event(), runner.beat

    def beat(*arguments: object) -> bool:
        if not failed.is_set():
            failed.set()
            raise OperationalError("UPDATE", {}, Exception("the server closed the connection"))
        beaten.set()
        return real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(runner, "beat", beat)
    job_id = ask(house)
    run_job(house.database, {"work": lambda _job: beaten.wait(WAIT) and None}, job_id, pace=QUICK)
    assert failed.is_set()
    assert beaten.is_set()


def test_a_job_stuck_in_one_step_is_not_said_to_live_for_ever(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "LONGEST_STEP", timedelta(0))
    job_id = ask(house)

    def work(_job: Running) -> None:
        hearts = [thread for thread in threading.enumerate() if thread.name == f"heart of {job_id}"]
        for heart in hearts:
            heart.join(WAIT)
            assert not heart.is_alive()

    run_job(house.database, {"work": work}, job_id, pace=QUICK)
    assert look(house, job_id).state is JobState.DONE


def test_a_process_that_is_about_to_end_hands_a_long_job_on(house: House) -> None:
    job_id, steps = ask(house), []

    def work(job: Running) -> None:
        for step in range(1, 4):
            steps.append(step)
            job.progress(step, 3)

    run_job(house.database, {"work": work}, job_id, stopping=lambda: True)
    assert (steps, look(house, job_id).state) == ([1], JobState.WAITING)
    assert sweep_jobs(house.database) == [(job_id, False)]
    run_job(house.database, {"work": lambda job: job.progress(3, 3)}, job_id, stopping=lambda: True)
    assert look(house, job_id).state is JobState.DONE, "what is done is done"


def test_of_two_that_store_the_same_the_second_finds_it_there(house: House) -> None:
    clash = IntegrityError("INSERT", {}, UniqueViolation("duplicate key"))
    job_id = ask(house)

    def work(_job: Running) -> None:
        raise clash

    assert run(house, job_id, work).state is JobState.WAITING
    assert sweep_jobs(house.database) == [(job_id, False)]
    assert run(house, job_id, lambda _job: None).state is JobState.DONE


def test_a_clash_that_comes_every_time_is_told(house: House) -> None:
    def work(_job: Running) -> None:
        raise IntegrityError("INSERT", {}, UniqueViolation("duplicate key"))

    job_id = ask(house)
    jobs = [run(house, job_id, work) for _ in range(MOST_INTERRUPTED)]
    assert [job.state for job in jobs] == [JobState.WAITING] * (MOST_INTERRUPTED - 1) + [JobState.FAILED]
    assert jobs[-1].error == DIED != CRASHED


def test_coming_further_between_interruptions_counts(house: House) -> None:
    def work(job: Running) -> None:
        job.progress(1, 9)
        take_for_dead(house, job.job_id)

    job_id = ask(house)
    for _ in range(MOST_INTERRUPTED - 1):
        assert run(house, job_id, work).state is JobState.WAITING
    assert not is_given_up(MOST_INTERRUPTED - 1, MOST_STUCK - 1)
    assert is_given_up(MOST_INTERRUPTED, 0)
    assert is_given_up(MOST_STUCK, MOST_STUCK)


def test_how_a_job_ended_is_told_to_a_database_that_was_away(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(insisting, "PAUSES", (0.0, 0.0))
    database, job_id = Database(house.database.url), ask(house)
    refused: list[int] = []
    real = runner.end

    def end(*arguments: object, **named: object) -> None:
        if len(refused) < 2:
            refused.append(1)
            raise OperationalError("UPDATE", {}, Exception("the database system is starting up"))
        real(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(runner, "end", end)
    run_job(database, {"work": lambda _job: None}, job_id)
    database.dispose()
    assert len(refused) == 2
    assert look(house, job_id).state is JobState.DONE


def test_a_machine_whose_clock_is_ahead_takes_no_live_job_for_dead(
    postgresql: Backend, monkeypatch: pytest.MonkeyPatch
) -> None:
    with postgresql.database(postgresql.keep(build_house)) as database:
        house = House(database, *postgresql.keep(build_house).made)
        job_id = ask(house)
        with database.writing() as session:
            claim(session, job_id)
        for clock in ("review_app.jobs.attempts.utc_now", "review_app.db.clock.utc_now"):
            monkeypatch.setattr(clock, lambda: utc_now() + 2 * STALE_AFTER, raising=False)
        assert sweep_jobs(database) == []
        assert look(house, job_id).state is JobState.RUNNING
