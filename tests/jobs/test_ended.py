"""Jobs are kept for a time after their end, and as long as the file that they made."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from review_app.accounts.permissions import COMMAND_LINE, Action
from review_app.db import utc_now
from review_app.jobs import ended
from review_app.jobs.service import add_job
from review_app.jobs.states import JobState
from review_app.jobs.tables import Job
from review_app.reports.ordered import keep_file
from review_app.settings import Settings
from review_app.sweeping import forget_jobs
from tests.houses import House

NOW = utc_now()


def add(house: House, state: JobState, days_ago: int) -> str:
    """Add a job that was asked for, and is over if its state says so, so many days ago."""
    then = NOW - timedelta(days=days_ago)
    with house.database.writing() as session:
        job_id = add_job(session, COMMAND_LINE, "work", house.town.site_id, {}, needs=Action.READ)
        row = {"state": state, "created_at": then, "finished_at": then if state.over else None}
        session.execute(update(Job).where(Job.id == job_id).values(row))
    return job_id


def left(house: House, folder: Path, days: int) -> set[str]:
    """Let the worker's chore have its turn; returns which jobs are left."""
    forget_jobs(Settings(_env_file=None, data_dir=folder, job_days=days), house.database)
    with house.database.reading() as session:
        return set(session.scalars(select(Job.id)))


def test_what_ended_long_ago_is_forgotten(house: House, tmp_path: Path) -> None:
    for state in (JobState.DONE, JobState.FAILED, JobState.CANCELLED):
        add(house, state, days_ago=91)
    kept = {add(house, JobState.DONE, days_ago=89), add(house, JobState.WAITING, days_ago=200)}
    assert left(house, tmp_path, days=90) == kept
    assert left(house, tmp_path, days=0) == kept, "0 keeps them for ever"


def test_few_are_deleted_at_a_time_the_oldest_first(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ended, "BATCH", 2)
    young, _old, _older = (add(house, JobState.DONE, days_ago=days) for days in (100, 101, 102))
    assert left(house, tmp_path, days=90) == {young}
    assert left(house, tmp_path, days=90) == set()


def test_a_job_stays_as_long_as_its_file(house: House, tmp_path: Path) -> None:
    made = add(house, JobState.DONE, days_ago=3)
    with house.database.writing() as session:
        keep_file(session, made, house.town.site_id, "report.pdf", b"%PDF")
    assert left(house, tmp_path, days=2) == {made}
