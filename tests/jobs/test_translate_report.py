"""The job that tells a reader's report in Swedish."""

from dataclasses import replace
from pathlib import Path

import pytest

from review_app import worker
from review_app.accounts.administration import change_rule
from review_app.accounts.permissions import COMMAND_LINE, Action
from review_app.checks.service import add_reader_flag
from review_app.checks.tables import Flag
from review_app.db import utc_now
from review_app.jobs.service import add_job, get_job
from review_app.jobs.states import JobState
from review_app.settings import Settings
from review_app.sites.sections import Rule
from review_app.sites.service import site_by_id
from review_app.translations.budget import budget_of, set_budget
from review_app.translations.service import newest_revisions
from tests.houses import House
from tests.jobs.fake_engine import Fake, engine

__all__ = ["engine"]


def reported(house: House, words: str) -> int:
    """Report the first sentence of the house's page; returns the flag."""
    segment = house.page.segments[0]
    with house.database.writing() as session:
        revision = newest_revisions(session, [segment.segment_id], "en")[segment.segment_id]
        return add_reader_flag(session, revision, words, revision.text).id


def told(house: House, flag_id: int) -> tuple[str, dict]:
    with house.database.reading() as session:
        flag = session.get_one(Flag, flag_id)
        return flag.message_id, dict(flag.values)


def translate_report(house: House, flag_id: int, tmp_path: Path) -> JobState:
    payload = {"flag_id": flag_id, "language": "en", "path": "bibliotek"}
    with house.database.writing() as session:
        job_id = add_job(session, COMMAND_LINE, "translate_report", house.town.site_id, payload, needs=Action.CORRECT)
    worker.run(Settings(data_dir=tmp_path / "data"), house.database, job_id)
    with house.database.reading() as session:
        return get_job(session, COMMAND_LINE, job_id).state


def test_a_reader_s_report_is_told_in_swedish_too(house: House, engine: Fake, tmp_path: Path) -> None:
    engine.says = {"هذا خطأ": "Det här är fel"}
    flag_id = reported(house, "هذا خطأ")
    assert translate_report(house, flag_id, tmp_path) is JobState.DONE
    message, values = told(house, flag_id)
    assert (message, values["words"], values["swedish"]) == ("reader_report_in_swedish", "هذا خطأ", "Det här är fel")
    assert translate_report(house, flag_id, tmp_path) is JobState.DONE, "twice is once"
    assert told(house, flag_id)[0] == "reader_report_in_swedish"
    assert engine.asked == ["هذا خطأ"]


@pytest.mark.parametrize(
    "words", ["Ring 0926-555 00 till mig", "mejla anna@example.se", "19800101-1234 är mitt nummer"]
)
def test_what_may_name_a_person_is_sent_nowhere(house: House, engine: Fake, tmp_path: Path, words: str) -> None:
    flag_id = reported(house, words)
    assert translate_report(house, flag_id, tmp_path) is JobState.DONE
    assert (engine.asked, told(house, flag_id)[0]) == ([], "reader_report")


def test_of_a_page_that_never_leaves_the_house_nothing_is_sent_to_others(
    house: House, engine: Fake, tmp_path: Path
) -> None:
    flag_id = reported(house, "This is wrong")
    with house.database.writing() as session:
        change_rule(session, house.town.carin, house.town.site_id, Rule("bibliotek", never_send=True))
    assert translate_report(house, flag_id, tmp_path) is JobState.DONE
    assert (engine.asked, told(house, flag_id)[0]) == ([], "reader_report")
    engine.terms = replace(engine.terms, local=True)
    translate_report(house, flag_id, tmp_path)
    assert engine.asked == ["This is wrong"]


def test_a_report_counts_in_the_budget(house: House, engine: Fake, tmp_path: Path) -> None:
    def used() -> int:
        with house.database.reading() as session:
            return budget_of(session, site_by_id(session, house.town.site_id), engine.name, utc_now()).used

    engine.dies_on = "This is wrong"
    flag_id = reported(house, "This is wrong")
    assert translate_report(house, flag_id, tmp_path) is JobState.FAILED
    assert used() == 0, "what the engine failed is not counted"
    assert translate_report(house, flag_id, tmp_path) is JobState.DONE
    assert used() == len("This is wrong")
    with house.database.writing() as session:
        set_budget(session, house.town.carin, site_by_id(session, house.town.site_id), engine.name, 20)
    assert translate_report(house, reported(house, "And that is, too"), tmp_path) is JobState.FAILED
    assert used() == len("This is wrong")


def test_a_report_that_comes_back_as_it_was_is_told_once(house: House, engine: Fake, tmp_path: Path) -> None:
    engine.says = {"Fel datum": "fel datum"}
    flag_id = reported(house, "Fel datum")
    translate_report(house, flag_id, tmp_path)
    assert told(house, flag_id)[0] == "reader_report"
