"""A job whose engine rests waits and goes on by itself, with patience that has an end."""

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from psycopg.errors import UniqueViolation
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError, OperationalError

from review_app import worker
from review_app.accounts.permissions import Action, Actor
from review_app.db import utc_now
from review_app.errors import BadInput, EngineFailed, EngineResting, NotAllowed
from review_app.jobs.attempts import NO_DATABASE
from review_app.jobs.runner import JobFunction, Running, run_job, sweep_jobs
from review_app.jobs.service import JobView, add_job, cancel, get_job, retry
from review_app.jobs.states import FIRST_REST, LONGEST_REST, PATIENCE, JobState, next_try
from review_app.jobs.tables import Job
from review_app.settings import Settings
from review_app.sites.policy import LanguagePolicy
from review_app.sites.service import set_language, site_by_id
from review_app.translations import drafting
from review_app.translations.budget import set_budget
from tests.houses import House
from tests.jobs.fake_engine import Fake, engine

__all__ = ["engine"]

REST = EngineResting("The engine {engine} rests.", timedelta(minutes=5), engine="deepl")


def ask(house: House) -> str:
    with house.database.writing() as session:
        return add_job(session, house.town.anna, "work", house.town.site_id, {}, needs=Action.READ)


def run(house: House, job_id: str, work: JobFunction | Exception) -> JobView:
    def stop(_job: Running) -> None:
        assert isinstance(work, Exception)
        raise work

    run_job(house.database, {"work": stop if isinstance(work, Exception) else work}, job_id)
    return look(house, job_id)


def look(house: House, job_id: str) -> JobView:
    with house.database.reading() as session:
        return get_job(session, house.town.anna, job_id)


def set_job(house: House, job_id: str, **columns: object) -> None:
    with house.database.writing() as session:
        session.execute(update(Job).where(Job.id == job_id).values(**columns))


def rest_is_over(house: House, job_id: str) -> None:
    set_job(house, job_id, not_before=utc_now(), send_at=utc_now())


def test_a_job_whose_engine_rests_says_until_when_and_why(house: House) -> None:
    before = utc_now()
    job = run(house, ask(house), REST)
    assert job.state is JobState.WAITING
    assert (job.error, job.error_values) == ("The engine {engine} rests.", {"engine": "deepl"})
    assert job.resting_until is not None
    assert before + timedelta(minutes=5) <= job.resting_until <= utc_now() + timedelta(minutes=5)


def test_nobody_begins_it_before_and_the_sweep_sends_it_then(house: House) -> None:
    job_id, ran = ask(house), []
    run(house, job_id, REST)
    assert sweep_jobs(house.database) == []
    run(house, job_id, lambda job: ran.append(job.job_id))
    assert ran == []
    rest_is_over(house, job_id)
    assert sweep_jobs(house.database) == [(job_id, False)]
    job = run(house, job_id, lambda job: ran.append(job.job_id))
    assert (ran, job.state, job.error, job.resting_until) == ([job_id], JobState.DONE, None, None)


def test_it_is_given_up_when_it_has_rested_for_too_long(house: House) -> None:
    job_id = ask(house)
    run(house, job_id, REST)
    rest_is_over(house, job_id)
    set_job(house, job_id, resting_since=utc_now() - PATIENCE)
    job = run(house, job_id, REST)
    assert (job.state, job.error) == (JobState.FAILED, "The engine {engine} rests.")


def test_coming_further_gives_it_new_patience(house: House) -> None:
    def work(job: Running) -> None:
        job.progress(1, 2)
        raise REST

    job_id = ask(house)
    run(house, job_id, REST)
    rest_is_over(house, job_id)
    set_job(house, job_id, resting_since=utc_now() - PATIENCE)
    assert run(house, job_id, work).state is JobState.WAITING


def test_resting_is_no_fault_of_its_own(house: House) -> None:
    job_id = ask(house)
    for _ in range(20):
        run(house, job_id, REST)
        rest_is_over(house, job_id)
    assert look(house, job_id).state is JobState.WAITING


def test_what_will_not_be_better_later_is_not_waited_for(house: House) -> None:
    for error in (EngineFailed("The key is wrong."), BadInput("No.")):
        assert run(house, ask(house), error).state is JobState.FAILED


def test_a_job_that_lost_the_database_goes_on_when_it_is_back(house: House) -> None:
    job_id = ask(house)
    job = run(house, job_id, OperationalError("SELECT 1", {}, Exception("the server closed the connection")))
    assert (job.state, job.error) == (JobState.WAITING, NO_DATABASE)
    rest_is_over(house, job_id)
    assert run(house, job_id, lambda _job: None).state is JobState.DONE


def test_whoever_may_calls_it_off_or_has_it_tried_at_once(house: House) -> None:
    job_id = ask(house)
    run(house, job_id, REST)
    with pytest.raises(NotAllowed):
        again(house, job_id, house.town.bo)
    assert again(house, job_id, house.town.anna) == job_id
    assert run(house, job_id, REST).resting_until is not None, "it was tried, and rests again"
    with house.database.writing() as session:
        cancel(session, house.town.anna, job_id)
    rest_is_over(house, job_id)
    assert sweep_jobs(house.database) == []
    assert look(house, job_id).state is JobState.CANCELLED


def again(house: House, job_id: str, who: Actor) -> str:
    with house.database.writing() as session:
        return retry(session, who, job_id)


@given(st.timedeltas(timedelta(0), PATIENCE), st.none() | st.timedeltas(timedelta(0), 2 * PATIENCE))
def test_it_is_tried_when_the_engine_says_or_ever_less_often_and_never_after_its_patience(
    rested: timedelta, wanted: timedelta | None
) -> None:
    now = utc_now()
    again_at = next_try(now, now - rested, wanted)
    if again_at is None:
        assert rested + (wanted or LONGEST_REST) > PATIENCE
    elif wanted is None:
        assert FIRST_REST <= again_at - now <= LONGEST_REST
        assert again_at - now in {FIRST_REST, rested, LONGEST_REST}
    else:
        assert again_at - now == wanted


def test_a_page_whose_engine_rests_goes_on_where_it_was(house: House, engine: Fake, tmp_path: Path) -> None:
    with house.database.writing() as session:
        set_language(session, house.town.site_id, "ar", LanguagePolicy.MACHINE_AFTER_REVIEW, "fake")
    engine.dies_on, engine.dies_of = house.page.segments[0].source, REST
    job_id = translate(house, tmp_path)
    assert look(house, job_id).state is JobState.WAITING
    rest_is_over(house, job_id)
    assert sweep_jobs(house.database) == [(job_id, False)]
    worker.run(Settings(data_dir=tmp_path / "data"), house.database, job_id)
    assert look(house, job_id).state is JobState.DONE
    assert engine.asked == [segment.source for segment in house.page.segments]


def test_a_page_that_the_budget_does_not_reach_for_stops_and_says_so(
    house: House, engine: Fake, tmp_path: Path
) -> None:
    with house.database.writing() as session:
        set_language(session, house.town.site_id, "ar", LanguagePolicy.MACHINE_AFTER_REVIEW, "fake")
        set_budget(session, house.town.carin, site_by_id(session, house.town.site_id), "fake", 10)
    job = look(house, translate(house, tmp_path))
    assert (job.state, job.resting_until) == (JobState.FAILED, None)
    assert "budget" in str(job.error)
    assert sweep_jobs(house.database) == []
    assert engine.asked == []


def translate(house: House, tmp_path: Path) -> str:
    payload = {"page_id": house.page.page_id, "language": "ar"}
    with house.database.writing() as session:
        job_id = add_job(
            session, house.town.carin, "translate_page", house.town.site_id, payload, needs=Action.TRANSLATE
        )
    worker.run(Settings(data_dir=tmp_path / "data"), house.database, job_id)
    return job_id


def test_what_an_engine_answered_is_kept_even_if_somebody_saved_at_the_same_moment(
    house: House, engine: Fake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with house.database.writing() as session:
        set_language(session, house.town.site_id, "ar", LanguagePolicy.MACHINE_AFTER_REVIEW, "fake")
    clashes, real = [IntegrityError("INSERT", {}, UniqueViolation("duplicate key"))], drafting.keep_outputs

    def keep_outputs(*arguments: object, **named: object) -> int:
        if clashes and named.get("outputs"):
            raise clashes.pop()
        return real(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(drafting, "keep_outputs", keep_outputs)
    assert look(house, translate(house, tmp_path)).state is JobState.DONE
    assert clashes == []
    assert engine.asked == [segment.source for segment in house.page.segments], "nothing is asked, and paid for, twice"
