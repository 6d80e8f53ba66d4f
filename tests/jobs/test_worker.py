"""The jobs: by steps that can be repeated, so that dying anywhere costs one batch and changes no result."""

from collections.abc import Collection
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from review_app import sweeping, worker
from review_app.accounts.membership import set_roles
from review_app.accounts.permissions import COMMAND_LINE, Action, Actor, Role
from review_app.checks.flags import flags_of
from review_app.db import utc_now
from review_app.jobs.attempts import ToSend
from review_app.jobs.runner import sweep_jobs
from review_app.jobs.service import JobView, add_job, get_job
from review_app.jobs.states import STALE_AFTER, JobState
from review_app.jobs.tables import Job
from review_app.pages.fetch import Fetched
from review_app.pages.service import find_page
from review_app.publishing.service import live_publications
from review_app.review.service import save
from review_app.scoring import due as scores
from review_app.scoring.tables import PageStatistics
from review_app.segments.service import placed_segments
from review_app.settings import Settings
from review_app.sites.policy import LanguagePolicy
from review_app.sites.service import set_language
from review_app.translations.service import machine_translations, newest_revisions
from review_app.translations.tables import MachineTranslation
from tests.builders import BuiltPage, build_page
from tests.houses import House
from tests.jobs.fake_engine import Fake, engine

__all__ = ["engine"]

BATCH = Fake.terms.most_texts
SENTENCES = [f"Mening nummer {number} handlar om kommunen." for number in range(50)]
HTML = f"<html lang=sv><main>{''.join(f'<p>{sentence}</p>' for sentence in SENTENCES)}</main>"


@pytest.fixture
def page(house: House) -> BuiltPage:
    with house.database.writing() as session:
        for language in ("en", "fi"):
            set_language(session, house.town.site_id, language, LanguagePolicy.MACHINE_AFTER_REVIEW, "fake")
        return build_page(session, house.town.site_id, html=HTML, path="meningar", machine={})


def ask(house: House, name: str, needs: Action, who: Actor | None = None, **payload: object) -> str:
    with house.database.writing() as session:
        return add_job(session, who or house.town.carin, name, house.town.site_id, payload, needs=needs)


def ask_to_translate(house: House, page: BuiltPage, language: str = "en", **payload: object) -> str:
    return ask(house, "translate_page", Action.TRANSLATE, page_id=page.page_id, language=language, **payload)


def translate(house: House, page: BuiltPage, tmp_path: Path, language: str = "en", **payload: object) -> JobState:
    return run(house, ask_to_translate(house, page, language, **payload), tmp_path)


def run(house: House, job_id: str, tmp_path: Path) -> JobState:
    worker.run(Settings(data_dir=tmp_path / "data"), house.database, job_id)
    return look(house, job_id).state


def look(house: House, job_id: str) -> JobView:
    with house.database.reading() as session:
        return get_job(session, house.town.carin, job_id)


def machine_texts(house: House, page: BuiltPage) -> list[MachineTranslation]:
    with house.database.reading() as session:
        kept = machine_translations(session, [segment.segment_id for segment in page.segments], "en")
    return [row for segment in page.segments for row in kept.get(segment.segment_id, [])]


def everything(house: House, page: BuiltPage) -> list[tuple]:
    """Return all that a translation leaves behind, sentence by sentence."""
    with house.database.reading() as session:
        heads = newest_revisions(session, [segment.segment_id for segment in page.segments], "en")
        flags = flags_of(session, [head.id for head in heads.values()])
    found = [
        (head.source, head.number, head.origin, head.text, sorted(flag.name for flag in flags.get(head.id, [])))
        for head in (heads[segment.segment_id] for segment in page.segments if segment.segment_id in heads)
    ]
    return [*found, *((row.engine, row.version, row.text, row.rejection) for row in machine_texts(house, page))]


def but_for_versions(rows: list[tuple]) -> list[tuple]:
    return [row if len(row) == 5 else (row[0], *row[2:]) for row in rows]


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
    assert done == dies_at // BATCH * BATCH
    assert translate(house, page, tmp_path) is JobState.DONE
    assert texts(house, page) == [sentence.upper() for sentence in SENTENCES]
    assert engine.asked == SENTENCES, "nothing that was stored was asked for twice"


@pytest.mark.parametrize("dies_at", [0, 20, 49])
def test_a_job_whose_worker_was_killed_goes_on_to_what_a_clean_run_gives(
    house: House, page: BuiltPage, engine: Fake, tmp_path: Path, dies_at: int
) -> None:
    engine.refuses = SENTENCES[30]
    with house.database.writing() as session:
        untouched = build_page(session, house.town.site_id, html=HTML, path="andra", machine={})
    assert translate(house, untouched, tmp_path) is JobState.DONE

    engine.version = "2"  # what the first one answered is no use to it
    job_id = ask_to_translate(house, page)
    engine.dies_on, engine.dies_of = SENTENCES[dies_at], SystemExit()
    with pytest.raises(SystemExit):
        run(house, job_id, tmp_path)
    assert look(house, job_id).state is JobState.RUNNING
    assert sweep_jobs(house.database) == [], "its worker may still be there"
    with house.database.writing() as session:
        job = session.get_one(Job, job_id)
        job.heartbeat = job.created_at = utc_now() - 2 * STALE_AFTER
    assert sweep_jobs(house.database) == [(job_id, False)]
    assert run(house, job_id, tmp_path) is JobState.DONE
    assert but_for_versions(everything(house, page)) == but_for_versions(everything(house, untouched))
    assert len(everything(house, page)) == 2 * len(SENTENCES) - 1


def test_what_came_is_checked(house: House, page: BuiltPage, engine: Fake, tmp_path: Path) -> None:
    source = page.segments[1].source
    engine.says[source] = source.upper().replace("1", "7")
    translate(house, page, tmp_path)
    flagged = {row[0] for row in everything(house, page) if len(row) == 5 and "number" in row[4]}
    assert flagged == {source}


def test_another_engine_s_texts_stand_beside_and_draft_nothing(
    house: House, page: BuiltPage, engine: Fake, tmp_path: Path
) -> None:
    assert translate(house, page, tmp_path, engine="other") is JobState.DONE
    assert len(machine_texts(house, page)) == len(SENTENCES)
    assert texts(house, page) == []


def test_a_replayed_text_keeps_its_origin_and_is_not_asked_for_where_there_is_one(
    house: House, page: BuiltPage, engine: Fake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Fake, "replays", True)
    engine.replayed_from, engine.refuses = "google", SENTENCES[3]
    translate(house, page, tmp_path)
    kept = machine_texts(house, page)
    assert {(row.engine, row.version, row.made_on) for row in kept} == {("google", "2026-10", date(2026, 10, 3))}
    engine.asked.clear()
    translate(house, page, tmp_path)
    assert engine.asked == [SENTENCES[3]]


def test_an_engine_s_own_text_is_dated_today(house: House, page: BuiltPage, engine: Fake, tmp_path: Path) -> None:
    before = utc_now().date()
    translate(house, page, tmp_path)
    assert {(row.engine, row.version) for row in machine_texts(house, page)} == {("fake", "1")}
    assert all(before <= row.made_on <= utc_now().date() for row in machine_texts(house, page))


@pytest.mark.parametrize("publishable", [True, False])
def test_texts_that_must_not_be_published_are_kept_as_such(
    house: House, page: BuiltPage, engine: Fake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, publishable: bool
) -> None:
    monkeypatch.setattr(Fake, "publishable", publishable)
    translate(house, page, tmp_path)
    assert {row.publishable for row in machine_texts(house, page)} == {publishable}


@pytest.mark.parametrize(
    ("policy", "published"), [(LanguagePolicy.MACHINE_AT_ONCE, True), (LanguagePolicy.MACHINE_AFTER_REVIEW, False)]
)
def test_it_is_published_at_once_only_where_the_site_says_so(
    house: House, page: BuiltPage, engine: Fake, tmp_path: Path, policy: LanguagePolicy, published: bool
) -> None:
    with house.database.writing() as session:
        set_language(session, house.town.site_id, "en", policy, "fake")
    assert translate(house, page, tmp_path) is JobState.DONE
    with house.database.reading() as session:
        assert bool(live_publications(session, [page.page_id], "en")) is published


def test_where_nothing_lacks_no_engine_is_needed(
    house: House, page: BuiltPage, engine: Fake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    translate(house, page, tmp_path)
    monkeypatch.setattr(Fake, "supports", lambda *_languages: False)
    assert translate(house, page, tmp_path) is JobState.DONE


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
    job_id = ask_to_translate(house, page, "fi")
    assert run(house, job_id, tmp_path) is JobState.FAILED
    assert engine.asked == []
    job = look(house, job_id)
    assert job.error == "The engine {engine} does not translate from {source} to {target}. Choose another."
    assert job.error_values == {"engine": "fake", "source": "sv", "target": "fi"}


def test_a_language_of_people_only_is_never_sent(house: House, page: BuiltPage, engine: Fake, tmp_path: Path) -> None:
    with house.database.writing() as session:
        set_language(session, house.town.site_id, "en", LanguagePolicy.HUMAN_ONLY, "fake")
    assert translate(house, page, tmp_path) is JobState.FAILED
    assert engine.asked == []


def test_who_lost_the_right_while_it_waited_gets_nothing(
    house: House, page: BuiltPage, engine: Fake, tmp_path: Path
) -> None:
    payload = {"page_id": page.page_id, "language": "en"}
    job_id = ask(house, "translate_page", Action.TRANSLATE, house.town.anna, **payload)
    change_role(house, house.town.anna, Role.APPROVER)
    assert run(house, job_id, tmp_path) is JobState.FAILED
    assert engine.asked == []


def change_role(house: House, who: Actor, *roles: Role) -> None:
    assert who.person_id is not None
    with house.database.writing() as session:
        set_roles(session, COMMAND_LINE, house.town.site_id, who.person_id, dict.fromkeys(roles, ()))


@pytest.fixture
def website(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A website that answers every address with the same page; what was asked of it."""
    asked: list[str] = []

    def fetch(url: str, *, allowed_hosts: Collection[str]) -> Fetched:
        asked.append(url)
        body = "<html lang=sv><meta charset=windows-1252><main><p>Добро пожаловать.</p></main>".encode("windows-1251")
        return Fetched(url, f"{url}/", body, "windows-1251", "text/html", None, None)

    monkeypatch.setattr(worker, "fetch", fetch)
    return asked


ADDRESS = "https://www.alvby.example/ny"


def test_a_public_page_is_taken_in_where_it_was_found(house: House, website: list[str], tmp_path: Path) -> None:
    job_id = ask(house, "import_url", Action.IMPORT, url=ADDRESS)
    assert run(house, job_id, tmp_path) is JobState.DONE
    assert look(house, job_id).share == 1
    with house.database.reading() as session:
        page = find_page(session, house.town.site_id, "ny")
        assert page is not None
        placed = placed_segments(session, [page.version_id])[page.version_id]
    assert (page.url, [segment.source for segment in placed]) == (f"{ADDRESS}/", ["Добро пожаловать."])


def test_nothing_is_fetched_for_who_may_not_import_any_more(house: House, website: list[str], tmp_path: Path) -> None:
    change_role(house, house.town.anna, Role.ADMINISTRATOR)
    job_id = ask(house, "import_url", Action.IMPORT, url=ADDRESS)
    change_role(house, house.town.carin, Role.TRANSLATOR)
    run(house, job_id, tmp_path)
    with house.database.reading() as session:
        assert get_job(session, COMMAND_LINE, job_id).state is JobState.FAILED
        assert find_page(session, house.town.site_id, "ny") is None
    assert website == []


def test_statistics_of_a_language_are_stored(house: House, tmp_path: Path) -> None:
    correct(house)
    job_id = ask(house, "score_language", Action.READ, language="en")
    assert run(house, job_id, tmp_path) is JobState.DONE
    assert statistics(house)


def test_who_left_the_site_has_nothing_scored(house: House, tmp_path: Path) -> None:
    correct(house)
    job_id = ask(house, "score_language", Action.READ, house.town.anna, language="en")
    change_role(house, house.town.anna)
    assert run(house, job_id, tmp_path) is JobState.FAILED
    assert not statistics(house)


def correct(house: House) -> None:
    with house.database.writing() as session:
        save(session, house.town.anna, house.page.page_id, "en", house.page.key("Du får"), text="20 books.", based_on=1)


def statistics(house: House) -> int:
    with house.database.reading() as session:
        return session.scalar(select(func.sum(PageStatistics.scored))) or 0


def test_a_chore_that_fails_keeps_no_dead_job_waiting(
    house: House, page: BuiltPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Housekeeping breaks; what died is sent all the same, and what comes after the broken chore has its turn."""

    def breaks(*_: object) -> list[str]:
        raise RuntimeError("no")

    for chore in ("add_due_syncs", "send_password_links", "post", "keep_log"):
        monkeypatch.setattr(sweeping, chore, breaks)
    monkeypatch.setattr(sweeping, "sweep_jobs", lambda *_: [ToSend("died", urgent=True)])
    monkeypatch.setattr(sweeping, "add_due_scores", lambda _database: ["due"])
    monkeypatch.setattr(sweeping, "add_due_quality", lambda _database: [])
    found = list(sweeping.sweep(Settings(data_dir=tmp_path / "data"), house.database))
    assert found[:2] == [("died", True), ("due", False)]


def test_two_workers_that_find_the_same_language_due_add_one_job(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scores, "find_due", lambda _session: [(house.town.site_id, "en")])
    with house.database.writing() as session:
        assert len(scores.add_due(session)) == 1
        assert scores.add_due(session) == []
