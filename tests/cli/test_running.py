"""A job at the command line goes on after its engine's rest by itself, and Ctrl+C calls it off."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from review_app.accounts.permissions import COMMAND_LINE, Action
from review_app.cli import running
from review_app.cli.installation import Opened, open_installation
from review_app.cli.running import run_here
from review_app.db import utc_now
from review_app.errors import BadInput, EngineResting, ReviewAppError
from review_app.jobs.attempts import Claim, claim, end
from review_app.jobs.runner import JobFunction, Running, run_job
from review_app.jobs.service import add_job, ask_for, get_job, job_counts
from review_app.jobs.states import JobState
from review_app.jobs.tables import Job
from review_app.settings import Settings
from review_app.sites.service import add_site

Doing = Callable[[JobFunction], None]


@pytest.fixture
def opened(tmp_path: Path) -> Opened:
    return open_installation(Settings(data_dir=tmp_path))


@pytest.fixture
def site(opened: Opened) -> int:
    with opened.database.writing() as session:
        return add_site(session, slug="alvby", name="Älvby", base_url="https://www.alvby.example/")


@pytest.fixture
def doing(monkeypatch: pytest.MonkeyPatch) -> Doing:
    """Let jobs do something else."""

    def set_work(work: JobFunction) -> None:
        def run(_settings: object, database: object, job_id: str, show: object) -> None:
            run_job(database, {"work": work}, job_id, show)  # type: ignore[arg-type]

        monkeypatch.setattr(running, "run", run)

    return set_work


def counts(opened: Opened) -> dict[JobState, int]:
    with opened.database.reading() as session:
        return {state: count for state, count in job_counts(session).items() if count}


def test_it_tells_of_a_rest_and_goes_on_after_it(
    opened: Opened, site: int, doing: Doing, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ran: list[str] = []

    def work(job: Running) -> None:
        ran.append(job.job_id)
        if len(ran) == 1:
            raise EngineResting("The engine {engine} rests.", timedelta(minutes=5), engine="deepl")

    def wait(_seconds: float) -> None:
        with opened.database.writing() as session:
            session.get_one(Job, ran[0]).not_before = utc_now()

    doing(work)
    monkeypatch.setattr(running.time, "sleep", wait)
    run_here(opened, site, "work", {}, "work")
    assert len(ran) == 2
    told = capsys.readouterr().err
    assert told.count("The engine deepl rests. Goes on by itself at ") == 1
    assert counts(opened) == {JobState.DONE: 1}


def test_a_rest_until_another_day_is_told_with_the_day(opened: Opened, site: int) -> None:
    again = utc_now() + timedelta(days=2)
    with opened.database.writing() as session:
        asked = add_job(session, COMMAND_LINE, "work", site, {}, needs=Action.READ)
        session.get_one(Job, asked).not_before = again
        assert f"Goes on by itself at {again.astimezone():%Y-%m-%d %H:%M}" in running.resting(
            get_job(session, COMMAND_LINE, asked)
        )


def test_what_stops_it_for_good_is_told(opened: Opened, site: int, doing: Doing) -> None:
    def work(_job: Running) -> None:
        raise BadInput("{page} is empty.", page="x")

    doing(work)
    with pytest.raises(ReviewAppError, match="x is empty"):
        run_here(opened, site, "work", {}, "work")


@pytest.mark.parametrize("when", ["while it runs", "while it rests"])
def test_interrupted_at_the_keyboard_it_is_called_off(
    opened: Opened, site: int, doing: Doing, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    def work(_job: Running) -> None:
        if when == "while it runs":
            raise KeyboardInterrupt
        raise EngineResting("It rests.")

    def interrupt(_seconds: float) -> None:
        raise KeyboardInterrupt

    doing(work)
    monkeypatch.setattr(running.time, "sleep", interrupt)
    with pytest.raises(KeyboardInterrupt):
        run_here(opened, site, "work", {}, "work")
    assert counts(opened) == {JobState.CANCELLED: 1}


def test_a_job_called_off_elsewhere_ends_here(opened: Opened, site: int, doing: Doing) -> None:
    def work(job: Running) -> None:
        with opened.database.writing() as session:
            session.get_one(Job, job.job_id).state = JobState.CANCELLED
        job.progress(1, 2)

    doing(work)
    with pytest.raises(ReviewAppError, match="cancelled"):
        run_here(opened, site, "work", {}, "work")


def test_what_somebody_has_asked_for_already_is_followed_and_not_done_twice(
    opened: Opened, site: int, doing: Doing, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    claimed = under_way(opened, site)
    ran: list[int] = []

    def wait(_seconds: float) -> None:
        with opened.database.writing() as session:
            end(session, claimed)

    doing(lambda _job: ran.append(1))
    monkeypatch.setattr(running.time, "sleep", wait)
    run_here(opened, site, "work", {"page_id": 7}, "work")
    assert (ran, counts(opened)) == ([], {JobState.DONE: 1})
    assert "asked for this already" in capsys.readouterr().err
    run_here(opened, site, "work", {"page_id": 7}, "work")
    assert (ran, counts(opened)) == ([1], {JobState.DONE: 2})


def test_another_s_job_goes_on_when_who_follows_it_is_interrupted(
    opened: Opened, site: int, doing: Doing, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(_seconds: float) -> None:
        raise KeyboardInterrupt

    under_way(opened, site)
    doing(lambda _job: None)
    monkeypatch.setattr(running.time, "sleep", interrupt)
    with pytest.raises(KeyboardInterrupt):
        run_here(opened, site, "work", {"page_id": 7}, "work")
    assert counts(opened) == {JobState.RUNNING: 1}


def under_way(opened: Opened, site: int) -> Claim:
    """Ask for a job as the page does, and take it as a worker does."""
    with opened.database.writing() as session:
        job_id, _ = ask_for(session, COMMAND_LINE, "work", site, {"page_id": 7}, needs=Action.READ)
        claimed = claim(session, job_id)
    assert claimed is not None
    return claimed
