"""A job that goes on where it stopped shows how far the whole of it has come, and how long the rest takes."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from review_app import worker
from review_app.accounts.permissions import Action
from review_app.db import utc_now
from review_app.errors import EngineFailed
from review_app.jobs.runner import Running, run_job
from review_app.jobs.service import JobView, add_job, cancel, get_job, retry
from review_app.jobs.states import JobState
from review_app.jobs.tables import Job
from review_app.settings import Settings
from review_app.sites.policy import LanguagePolicy
from review_app.sites.service import set_language
from tests.builders import build_page
from tests.houses import House
from tests.jobs.fake_engine import Fake, engine

__all__ = ["engine"]

SENTENCES = [f"Mening nummer {number} handlar om kommunen." for number in range(50)]
HTML = f"<html lang=sv><main>{''.join(f'<p>{sentence}</p>' for sentence in SENTENCES)}</main>"


def look(house: House, job_id: str) -> JobView:
    with house.database.reading() as session:
        return get_job(session, house.town.anna, job_id)


def interrupted(house: House, done: int, total: int) -> str:
    """Return a job that waits for another worker, after one that came so far."""
    with house.database.writing() as session:
        job_id = add_job(session, house.town.anna, "work", house.town.site_id, {}, needs=Action.READ)
        session.execute(update(Job).where(Job.id == job_id).values(done=done, total=total, attempts=1))
    return job_id


@pytest.mark.parametrize(
    ("left", "told"),
    [
        (60, [(40, 100), (70, 100), (100, 100)]),  # what it did is left out
        (100, [(0, 100), (50, 100), (100, 100)]),  # it begins anew
        (120, [(0, 120), (60, 120), (120, 120)]),  # there is more to do by now
    ],
)
def test_what_earlier_attempts_did_is_part_of_the_whole(house: House, left: int, told: list[tuple[int, int]]) -> None:
    job_id = interrupted(house, 40, 100)
    shown: list[tuple[int, int]] = []
    stored: list[tuple[int, int]] = []

    def work(job: Running) -> None:
        for done in (0, left // 2, left):
            job.progress(done, left)
            seen = look(house, job_id)
            stored.append((seen.done, seen.total))

    run_job(house.database, {"work": work}, job_id, lambda done, total: shown.append((done, total)))
    assert shown == stored == told


def test_the_rest_takes_as_long_as_this_attempt_needs_for_it(house: House) -> None:
    """Forty were done yesterday; ten of the sixty left took a minute."""
    job_id = interrupted(house, 40, 100)
    left: list[timedelta | None] = []

    def work(job: Running) -> None:
        job.progress(10, 60)
        with house.database.writing() as session:
            session.get_one(Job, job_id).started_at = utc_now() - timedelta(minutes=1)
        left.append(look(house, job_id).remaining)

    run_job(house.database, {"work": work}, job_id)
    (found,) = left
    assert found is not None
    assert found >= timedelta(minutes=5)


def test_before_its_first_step_an_attempt_says_nothing_of_the_rest(house: House) -> None:
    """Forty were done yesterday: how fast, this attempt does not know."""
    job_id = interrupted(house, 40, 100)
    seen: list[JobView] = []
    run_job(house.database, {"work": lambda _job: seen.append(look(house, job_id))}, job_id)
    (found,) = seen
    assert (found.state, found.done, found.total) == (JobState.RUNNING, 40, 100)
    assert found.remaining is None


def test_what_is_tried_again_shows_how_far_it_had_come_before_anybody_has_it(house: House) -> None:
    job_id = interrupted(house, 40, 100)
    with house.database.writing() as session:
        cancel(session, house.town.anna, job_id)
        new = retry(session, house.town.anna, job_id)
    assert (look(house, new).done, look(house, new).total) == (40, 100)
    run_job(house.database, {"work": lambda job: job.progress(30, 60)}, new)
    assert (look(house, new).done, look(house, new).total) == (100, 100)


def test_a_page_whose_translation_failed_halfway_goes_on_at_the_half(
    house: House, engine: Fake, tmp_path: Path
) -> None:
    with house.database.writing() as session:
        set_language(session, house.town.site_id, "en", LanguagePolicy.MACHINE_AFTER_REVIEW, "fake")
        page = build_page(session, house.town.site_id, html=HTML, path="meningar", machine={})
        payload = {"page_id": page.page_id, "language": "en"}
        job_id = add_job(
            session, house.town.anna, "translate_page", house.town.site_id, payload, needs=Action.TRANSLATE
        )
    engine.dies_on, engine.dies_of = SENTENCES[45], EngineFailed("The engine is gone.")
    shown: list[tuple[int, int]] = []
    settings = Settings(_env_file=None, data_dir=tmp_path / "data")
    worker.run(settings, house.database, job_id, lambda done, total: shown.append((done, total)))
    assert look(house, job_id).state is JobState.FAILED
    with house.database.writing() as session:
        again = retry(session, house.town.anna, job_id)
    worker.run(settings, house.database, again, lambda done, total: shown.append((done, total)))
    assert {total for _, total in shown} == {100}, "fifty are translated, and checked"
    assert [done for done, _ in shown] == [0, 20, 40, 40, 50, 100]
