"""The translation job: batch by batch, so that dying anywhere costs one batch and changes no result."""

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

import pytest
from sqlalchemy import select

from review_app import worker
from review_app.accounts.administration import set_roles
from review_app.accounts.permissions import Action, Actor, Role
from review_app.engines.contract import EngineConfig, Result
from review_app.errors import EngineFailed
from review_app.jobs.runner import run_job
from review_app.jobs.service import add_job, get_job
from review_app.jobs.states import JobState
from review_app.segments.service import placed_segments
from review_app.settings import Settings
from review_app.sites.policy import LanguagePolicy
from review_app.sites.service import set_language
from review_app.translations.service import newest_revisions
from review_app.translations.tables import MachineTranslation
from tests.builders import BuiltPage, build_page
from tests.houses import House

SENTENCES = [f"Mening nummer {number} handlar om kommunen." for number in range(50)]
HTML = f"<html lang=sv><main>{''.join(f'<p>{sentence}</p>' for sentence in SENTENCES)}</main>"


class Fake:
    """An engine in upper case, which may die on a text once, and refuses some."""

    name: ClassVar[str] = "fake"
    label: ClassVar[str] = "for tests"
    version: str = "1"
    publishable: ClassVar[bool] = True
    official: ClassVar[bool] = True
    replays: ClassVar[bool] = False

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.dies_on: str | None = None
        self.refuses: str | None = None

    def usable(self) -> str | None:
        return None

    def supports(self, source: str, target: str) -> bool:
        return target != "fi"

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[Result]:
        if self.dies_on in texts:
            self.dies_on = None
            raise EngineFailed("The engine is gone.")
        self.asked += texts
        return [Result(None, "refused") if text == self.refuses else Result(text.upper()) for text in texts]


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Fake:
    fake = Fake()

    def get(_name: str, _config: EngineConfig) -> Fake:
        return fake

    monkeypatch.setattr(worker, "get_engine", get)
    return fake


@pytest.fixture
def page(house: House) -> BuiltPage:
    with house.database.writing() as session:
        for language in ("en", "fi"):
            set_language(session, house.town.site_id, language, LanguagePolicy.MACHINE_AFTER_REVIEW, "fake")
        return build_page(session, house.town.site_id, html=HTML, path="meningar", machine={})


def translate(
    house: House, page: BuiltPage, tmp_path: Path, who: Actor | None = None, language: str = "en"
) -> JobState:
    payload = {"page_id": page.page_id, "language": language}
    asker = who or house.town.carin
    with house.database.writing() as session:
        job_id = add_job(session, asker, "translate_page", house.town.site_id, payload, needs=Action.TRANSLATE)
    return run(house, job_id, tmp_path)


def run(house: House, job_id: str, tmp_path: Path) -> JobState:
    functions = worker.job_functions(Settings(data_dir=tmp_path / "data"))
    run_job(house.database, functions, job_id)
    with house.database.reading() as session:
        return get_job(session, house.town.carin, job_id).state


def texts(house: House, page: BuiltPage) -> list[str]:
    with house.database.reading() as session:
        placed = placed_segments(session, [page.version_id])[page.version_id]
        heads = newest_revisions(session, [segment.segment_id for segment in placed], "en")
        return [heads[segment.segment_id].text for segment in placed if segment.segment_id in heads]


def test_a_page_is_translated(house: House, page: BuiltPage, engine: Fake, tmp_path: Path) -> None:
    assert translate(house, page, tmp_path) is JobState.DONE
    assert texts(house, page) == [sentence.upper() for sentence in SENTENCES]


def test_doing_it_again_asks_for_nothing(house: House, page: BuiltPage, engine: Fake, tmp_path: Path) -> None:
    translate(house, page, tmp_path)
    assert translate(house, page, tmp_path) is JobState.DONE
    assert engine.asked == SENTENCES


@pytest.mark.parametrize("dies_at", [0, 19, 20, 45, 49])
def test_dying_anywhere_changes_no_result(
    house: House, page: BuiltPage, engine: Fake, tmp_path: Path, dies_at: int
) -> None:
    engine.dies_on = SENTENCES[dies_at]
    assert translate(house, page, tmp_path) is JobState.FAILED
    done = len(texts(house, page))
    assert done == dies_at // worker.BATCH * worker.BATCH
    assert translate(house, page, tmp_path) is JobState.DONE
    assert texts(house, page) == [sentence.upper() for sentence in SENTENCES]
    assert engine.asked == SENTENCES, "nothing that was stored was asked for twice"


def test_a_refused_sentence_has_its_reason_and_the_others_their_texts(
    house: House, page: BuiltPage, engine: Fake, tmp_path: Path
) -> None:
    engine.refuses = SENTENCES[7]
    assert translate(house, page, tmp_path) is JobState.DONE
    assert len(texts(house, page)) == len(SENTENCES) - 1
    with house.database.reading() as session:
        assert session.scalars(select(MachineTranslation.rejection).where(MachineTranslation.text.is_(None))).all() == [
            "refused"
        ]


def test_a_language_the_engine_lacks_is_told(house: House, page: BuiltPage, engine: Fake, tmp_path: Path) -> None:
    assert translate(house, page, tmp_path, language="fi") is JobState.FAILED
    assert engine.asked == []


def test_a_language_of_people_only_is_never_sent(house: House, page: BuiltPage, engine: Fake, tmp_path: Path) -> None:
    with house.database.writing() as session:
        set_language(session, house.town.site_id, "en", LanguagePolicy.HUMAN_ONLY, "fake")
    assert translate(house, page, tmp_path) is JobState.FAILED
    assert engine.asked == []


def test_who_lost_the_right_while_it_waited_gets_nothing(
    house: House, page: BuiltPage, engine: Fake, tmp_path: Path
) -> None:
    payload = {"page_id": page.page_id, "language": "en"}
    anna = house.town.anna
    with house.database.writing() as session:
        job_id = add_job(session, anna, "translate_page", house.town.site_id, payload, needs=Action.TRANSLATE)
        set_roles(session, house.town.carin, house.town.site_id, anna.person_id or 0, frozenset({Role.APPROVER}))
    assert run(house, job_id, tmp_path) is JobState.FAILED
    assert engine.asked == []
