"""Jobs: one worker takes each, its row tells the truth, and what died is sent again."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from http import HTTPStatus
from threading import Barrier

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from review_app.accounts.permissions import COMMAND_LINE, Action, Actor
from review_app.accounts.tables import AuditEntry
from review_app.db import utc_now
from review_app.errors import BadInput, NotAllowed, NotFound
from review_app.jobs import attempts, service
from review_app.jobs.states import MOST_STUCK, PACE, STALE_AFTER, JobState
from review_app.jobs.tables import Job
from tests.houses import House

LONG_AGO = 2 * STALE_AFTER


def add(house: House, name: str = "translate_page", **payload: object) -> str:
    with house.database.writing() as session:
        return service.add_job(session, house.town.carin, name, house.town.site_id, payload, needs=Action.TRANSLATE)


def claim(house: House, job_id: str) -> attempts.Claim | None:
    with house.database.writing() as session:
        return attempts.claim(session, job_id)


def take(house: House, job_id: str) -> attempts.Claim:
    taken = claim(house, job_id)
    assert taken is not None
    return taken


def end(house: House, claimed: attempts.Claim, stopped: Exception | None = None) -> None:
    with house.database.writing() as session:
        attempts.end(session, claimed, stopped)


def report(house: House, claimed: attempts.Claim, done: int, total: int) -> None:
    with house.database.writing() as session:
        attempts.report_progress(session, claimed, done, total)


def look(house: House, job_id: str) -> service.JobView:
    with house.database.reading() as session:
        return service.get_job(session, house.town.carin, job_id)


def sweep(house: House) -> list[str]:
    with house.database.writing() as session:
        return [job_id for job_id, _urgent in attempts.sweep(session)]


def age(house: House, job_id: str, **columns: object) -> None:
    with house.database.writing() as session:
        session.execute(update(Job).where(Job.id == job_id).values(**columns))


def test_a_job_is_taken_once(house: House) -> None:
    job_id = add(house, page_id=1)
    taken = claim(house, job_id)
    assert taken is not None
    assert (taken.name, taken.payload, taken.person_id) == (
        "translate_page",
        {"page_id": 1},
        house.town.carin.person_id,
    )
    assert claim(house, job_id) is None
    assert claim(house, "nothing") is None
    assert look(house, job_id).state is JobState.RUNNING


def test_two_workers_at_once_take_it_once(house: House) -> None:
    job_id = add(house)
    start = Barrier(2)

    def worker(_number: int) -> attempts.Claim | None:
        start.wait()
        return claim(house, job_id)

    with ThreadPoolExecutor(2) as workers:
        taken = [one for one in workers.map(worker, range(2)) if one is not None]
    assert len(taken) == 1


def test_who_may_not_ask_gets_no_job(house: House) -> None:
    with pytest.raises(NotAllowed), house.database.writing() as session:
        service.add_job(session, house.town.anna, "import_url", house.town.site_id, {}, needs=Action.IMPORT)


def test_a_stranger_is_not_told_that_a_job_exists(house: House) -> None:
    job_id = add(house)
    stranger = Actor("Someone", person_id=99)
    with pytest.raises(NotFound), house.database.reading() as session:
        service.get_job(session, stranger, job_id)


def test_progress_is_seen(house: House) -> None:
    job_id = add(house)
    claimed = take(house, job_id)
    report(house, claimed, 3, 12)
    seen = look(house, job_id)
    assert (seen.done, seen.total, seen.share) == (3, 12, 0.25)
    end(house, claimed)
    assert (look(house, job_id).state, look(house, job_id).share) == (JobState.DONE, 1.0)


def test_progress_is_a_sign_of_life(house: House) -> None:
    job_id = add(house)
    claimed = take(house, job_id)
    age(house, job_id, heartbeat=utc_now() - LONG_AGO)
    report(house, claimed, 3, 12)
    sweep(house)
    assert look(house, job_id).state is JobState.RUNNING


def test_who_asked_for_what_is_recorded(house: House) -> None:
    job_id = add(house, page_id=1)
    with house.database.reading() as session:
        entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "job.add")).one()
    assert (entry.actor, entry.subject, entry.after) == (
        "Carin",
        f"job:{job_id}",
        {"name": "translate_page", "page_id": 1},
    )


def test_an_error_is_kept_as_a_template_with_its_values(house: House) -> None:
    job_id = add(house)
    end(house, take(house, job_id), BadInput("No engine called {name}.", name=HTTPStatus.GONE))
    seen = look(house, job_id)
    assert (seen.state, seen.error, seen.error_values) == (JobState.FAILED, "No engine called {name}.", {"name": "410"})
    assert seen.finished_at is not None


def test_a_crash_is_told_without_what_it_said(house: House) -> None:
    job_id = add(house)
    end(house, take(house, job_id), RuntimeError("password=hunter2"))
    assert look(house, job_id).error == attempts.CRASHED


def ask(house: House, name: str = "translate_page", **payload: object) -> tuple[str, bool]:
    with house.database.writing() as session:
        return service.ask_for(session, house.town.carin, name, house.town.site_id, payload, needs=Action.TRANSLATE)


def test_what_is_asked_for_twice_is_one_job_until_it_is_over(house: House) -> None:
    job_id, new = ask(house, page_id=1, language="en")
    assert new
    assert ask(house, language="en", page_id=1) == (job_id, False)
    assert ask(house, page_id=2, language="en")[1]
    assert ask(house, "import_url", page_id=1, language="en")[1]
    claim = take(house, job_id)
    assert ask(house, page_id=1, language="en") == (job_id, False)
    end(house, claim)
    assert ask(house, page_id=1, language="en")[1]


def test_two_that_ask_at_the_same_moment_get_one_job(house: House) -> None:
    with ThreadPoolExecutor(4) as threads:
        asked = list(threads.map(lambda _: ask(house, page_id=1), range(4)))
    assert sorted(new for _, new in asked) == [False, False, False, True]
    assert len({job_id for job_id, _ in asked}) == 1


def test_what_waits_for_long_is_sent_again_and_what_is_new_is_not(house: House) -> None:
    old, older, new = add(house), add(house), add(house)
    age(house, old, created_at=utc_now() - LONG_AGO)
    age(house, older, created_at=utc_now() - 2 * LONG_AGO)
    assert sweep(house) == [older, old]
    assert look(house, new).state is JobState.WAITING
    assert sweep(house) == [], "they are on their way: copies would make a long queue longer"
    age(house, old, send_at=utc_now())
    assert sweep(house) == [old]


def test_an_urgent_job_is_urgent_whenever_it_is_sent(house: House) -> None:
    with house.database.writing() as session:
        crisis, _ = service.ask_for(
            session, house.town.carin, "work", house.town.site_id, {}, needs=Action.TRANSLATE, urgent=True
        )
    other = add(house)
    for job_id in (crisis, other):
        age(house, job_id, created_at=utc_now() - LONG_AGO)
    with house.database.writing() as session:
        assert set(attempts.sweep(session)) == {(crisis, True), (other, False)}
    end(house, take(house, crisis), BadInput("No."))
    with house.database.writing() as session:
        assert service.is_urgent(session, service.retry(session, house.town.carin, crisis))


def test_a_job_whose_worker_died_goes_again_until_it_is_given_up(house: House) -> None:
    job_id = add(house)
    age(house, job_id, created_at=utc_now() - LONG_AGO)
    sent: list[list[str]] = []
    for _ in range(MOST_STUCK):
        take(house, job_id)
        age(house, job_id, heartbeat=utc_now() - LONG_AGO)
        sent.append(sweep(house))
    assert sent == [[job_id]] * (MOST_STUCK - 1) + [[]]
    assert claim(house, job_id) is None
    seen = look(house, job_id)
    assert (seen.state, seen.error, seen.error_values) == (
        JobState.FAILED,
        attempts.DIED,
        {"attempts": str(MOST_STUCK)},
    )


def test_a_job_that_reports_is_left_alone(house: House) -> None:
    job_id = add(house)
    age(house, job_id, created_at=utc_now() - LONG_AGO)
    claim(house, job_id)
    assert sweep(house) == []
    assert look(house, job_id).state is JobState.RUNNING


def test_the_command_line_sees_every_job(house: House) -> None:
    job_id = add(house)
    with house.database.reading() as session:
        assert service.get_job(session, COMMAND_LINE, job_id).id == job_id


@given(st.timedeltas(timedelta(0), timedelta(minutes=5)))
def test_a_worker_dies_of_silence(silence: timedelta) -> None:
    now = utc_now()
    assert PACE.is_dead(now - silence, now) == (silence > STALE_AFTER)
    assert PACE.is_dead(None, now)
