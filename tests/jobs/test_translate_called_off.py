"""A translation is called off, or its right is lost, up to the moment at which its page would be published."""

from collections.abc import Callable
from pathlib import Path

import pytest

from review_app import worker
from review_app.accounts.membership import set_roles
from review_app.accounts.permissions import COMMAND_LINE, Action, Role
from review_app.jobs.runner import Running, run_job
from review_app.jobs.service import JobView, add_job, cancel, get_job
from review_app.jobs.states import JobState
from review_app.pages.service import pages_of, set_visits
from review_app.publishing.service import live_publications
from review_app.settings import Settings
from review_app.sites.policy import LanguagePolicy
from review_app.sites.service import set_language
from tests.builders import build_page
from tests.houses import House
from tests.jobs.fake_engine import Fake, engine

__all__ = ["engine"]

SENTENCES = [f"Mening nummer {number} handlar om kommunen." for number in range(6)]
HTML = f"<html lang=sv><main>{''.join(f'<p>{sentence}</p>' for sentence in SENTENCES)}</main>"


@pytest.fixture
def translated(
    house: House, engine: Fake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[Callable[[str], None]], tuple[JobView, bool]]:
    """Translate a page that is published at once; before its texts are checked, something happens to the job."""

    def translate(meanwhile: Callable[[str], None]) -> tuple[JobView, bool]:
        with house.database.writing() as session:
            set_language(session, house.town.site_id, "en", LanguagePolicy.MACHINE_AT_ONCE, "fake")
            page = build_page(session, house.town.site_id, html=HTML, path="meningar", machine={})
            payload = {"page_id": page.page_id, "language": "en"}
            anna, site_id = house.town.anna, house.town.site_id
            job_id = add_job(session, anna, "translate_page", site_id, payload, needs=Action.TRANSLATE)
        assess = worker.assess_segments

        def assess_segments(*arguments: object) -> None:
            meanwhile(job_id)
            assess(*arguments)  # type: ignore[arg-type]

        monkeypatch.setattr(worker, "assess_segments", assess_segments)
        worker.run(Settings(_env_file=None, data_dir=tmp_path / "data"), house.database, job_id)
        with house.database.reading() as session:
            job = get_job(session, house.town.carin, job_id)
            return job, bool(live_publications(session, [page.page_id], "en"))

    return translate


Translated = Callable[[Callable[[str], None]], tuple[JobView, bool]]


def test_what_is_left_alone_is_published(translated: Translated) -> None:
    job, published = translated(lambda _job_id: None)
    assert (job.state, job.share, published) == (JobState.DONE, 1, True)


def test_called_off_while_the_texts_are_checked_it_publishes_nothing(house: House, translated: Translated) -> None:
    def call_off(job_id: str) -> None:
        with house.database.writing() as session:
            cancel(session, house.town.anna, job_id)

    job, published = translated(call_off)
    assert (job.state, published) == (JobState.CANCELLED, False)
    assert (job.done, job.total) == (6, 12), "what is left to check is left to do"


def test_whoever_lost_the_right_by_then_publishes_nothing(house: House, translated: Translated) -> None:
    def dismiss(_job_id: str) -> None:
        with house.database.writing() as session:
            set_roles(session, COMMAND_LINE, house.town.site_id, house.town.anna.person_id or 0, {Role.APPROVER: ()})

    job, published = translated(dismiss)
    assert (job.state, published) == (JobState.FAILED, False)


def test_called_off_at_the_very_last_it_stores_nothing_of_what_must_not_happen_then(house: House) -> None:
    with house.database.writing() as session:
        job_id = add_job(session, house.town.anna, "work", house.town.site_id, {}, needs=Action.READ)

    def work(job: Running) -> None:
        job.progress(1, 1)
        with house.database.writing() as session:
            cancel(session, house.town.anna, job_id)
        with job.finishing() as session:
            set_visits(session, house.town.carin, house.town.site_id, {"bibliotek": 7})

    run_job(house.database, {"work": work}, job_id)
    with house.database.reading() as session:
        assert [page.visits for page in pages_of(session, house.town.site_id)] == [0]
        assert get_job(session, house.town.anna, job_id).state is JobState.CANCELLED
