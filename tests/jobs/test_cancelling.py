"""Jobs are called off and asked for again: what is done is kept, and nobody calls off another's."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.permissions import Action, Actor
from review_app.db import utc_now
from review_app.errors import BadInput, Conflict, NotAllowed, NotFound
from review_app.jobs.runner import Running, run_job, sweep_jobs
from review_app.jobs.service import JobView, add_job, cancel, get_job, retry
from review_app.jobs.states import JobState, remaining
from review_app.jobs.tables import Job
from review_app.pages.service import pages_of, set_visits
from tests.databases import Backend
from tests.houses import House, build_house


def ask(house: House, who: Actor | None = None) -> str:
    with house.database.writing() as session:
        return add_job(session, who or house.town.anna, "work", house.town.site_id, {"n": 1}, needs=Action.READ)


def call_off(house: House, job_id: str, who: Actor | None = None) -> None:
    with house.database.writing() as session:
        cancel(session, who or house.town.anna, job_id)


def again(house: House, job_id: str, who: Actor | None = None) -> str:
    with house.database.writing() as session:
        return retry(session, who or house.town.anna, job_id)


def look(house: House, job_id: str) -> JobView:
    with house.database.reading() as session:
        return get_job(session, house.town.anna, job_id)


def test_a_job_that_waits_is_not_begun(house: House) -> None:
    ran: list[int] = []
    job_id = ask(house)
    call_off(house, job_id)
    run_job(house.database, {"work": lambda _job: ran.append(1)}, job_id)
    assert (ran, look(house, job_id).state) == ([], JobState.CANCELLED)
    assert sweep_jobs(house.database) == []


def test_a_job_that_runs_ends_at_its_next_step_and_keeps_what_is_done(house: House) -> None:
    job_id = ask(house)
    steps: list[int] = []

    def work(job: Running) -> None:
        for step in range(1, 5):
            steps.append(step)
            if step == 3:
                call_off(house, job_id)
            job.progress(step, 4)

    run_job(house.database, {"work": work}, job_id)
    job = look(house, job_id)
    assert (steps, job.state, job.done, job.total) == ([1, 2, 3], JobState.CANCELLED, 2, 4)


def test_what_a_step_wrote_before_it_saw_that_it_is_called_off_is_kept(house: House) -> None:
    """An engine's answer is paid for."""
    job_id = ask(house)

    def work(job: Running) -> None:
        call_off(house, job_id)
        job.step(1, 2, lambda session: set_visits(session, house.town.carin, house.town.site_id, {"bibliotek": 7}))
        raise AssertionError("it goes on")

    run_job(house.database, {"work": work}, job_id)
    with house.database.reading() as session:
        assert [page.visits for page in pages_of(session, house.town.site_id)] == [7]
    assert look(house, job_id).state is JobState.CANCELLED


def test_a_step_that_fails_leaves_nothing_and_reports_nothing(house: House) -> None:
    job_id = ask(house)

    def write(session: Session) -> None:
        set_visits(session, house.town.carin, house.town.site_id, {"bibliotek": 7})
        raise BadInput("No.")

    def work(job: Running) -> None:
        job.step(1, 2, write)

    run_job(house.database, {"work": work}, job_id)
    with house.database.reading() as session:
        assert [page.visits for page in pages_of(session, house.town.site_id)] == [0]
    assert (look(house, job_id).state, look(house, job_id).done) == (JobState.FAILED, 0)


def test_a_job_called_off_in_its_last_step_stays_called_off(house: House) -> None:
    job_id = ask(house)
    run_job(house.database, {"work": lambda _job: call_off(house, job_id)}, job_id)
    assert look(house, job_id).state is JobState.CANCELLED


def test_what_is_over_cannot_be_called_off_and_what_went_well_not_be_tried_again(house: House) -> None:
    job_id = ask(house)
    run_job(house.database, {"work": lambda _job: None}, job_id)
    for change in (call_off, again):
        with pytest.raises(Conflict):
            change(house, job_id)


def test_a_job_is_asked_for_again_in_the_name_of_who_asks(house: House) -> None:
    def fail(_job: Running) -> None:
        raise BadInput("No.")

    job_id = ask(house)
    run_job(house.database, {"work": fail}, job_id)
    new = again(house, job_id, house.town.carin)
    assert new != job_id
    assert (look(house, new).payload, look(house, new).asked_by) == ({"n": 1}, house.town.carin.person_id)
    assert again(house, job_id, house.town.carin) == new, "it waits already"


def test_who_asked_may_and_administrators_may_and_nobody_else(house: House) -> None:
    job_id = ask(house)
    with pytest.raises(NotAllowed):
        call_off(house, job_id, house.town.bo)
    with pytest.raises(NotFound):
        call_off(house, job_id, Actor("stranger"))
    call_off(house, job_id, house.town.carin)
    with pytest.raises(NotAllowed):
        again(house, job_id, house.town.bo)


@given(st.integers(1, 1000), st.integers(0, 1000), st.integers(1, 10_000))
def test_the_rest_takes_as_long_as_what_is_done(done: int, more: int, seconds: int) -> None:
    now = utc_now()
    left = remaining(now - timedelta(seconds=seconds), done, done + more, now)
    assert left is not None
    assert abs(left.total_seconds() - seconds * more / done) < 0.01 * (1 + more)
    assert remaining(None, done, done + more, now) is remaining(now, 0, more, now) is None


@pytest.mark.parametrize("change", [cancel, retry])
def test_its_worker_cannot_end_it_between_the_look_at_its_state_and_the_change(
    postgresql: Backend, change: Callable[[Session, Actor, str], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite has one writer at a time anyway."""
    kept = postgresql.keep(build_house)
    with postgresql.database(kept) as database:
        job_id = ask(House(database, *kept.made))
        free: list[str | None] = []

        def look_from_elsewhere(actor: Actor, action: Action, site_id: int) -> bool:
            with database.writing() as other:
                free.append(other.scalar(select(Job.id).where(Job.id == job_id).with_for_update(skip_locked=True)))
            return may(actor, action, site_id)

        may = Actor.may
        monkeypatch.setattr(Actor, "may", look_from_elsewhere)
        with database.writing() as session, suppress(Conflict):
            change(session, kept.made[0].anna, job_id)
        assert free == [None]
