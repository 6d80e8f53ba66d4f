"""Whatever an engine does, no wrong text is stored; a sentence without one says why, and is asked for again."""

from pathlib import Path

import pytest
from sqlalchemy import select

from review_app import worker
from review_app.accounts.permissions import COMMAND_LINE, Action
from review_app.jobs.service import add_job, get_job
from review_app.jobs.states import JobState
from review_app.schema import metadata
from review_app.settings import Settings
from review_app.sites.policy import LanguagePolicy
from review_app.sites.service import set_language
from review_app.translations.service import newest_revisions
from review_app.translations.tables import MachineTranslation
from tests.builders import BuiltPage, build_page
from tests.engines.dialects import DIALECTS, KEY, engine_at, speaking
from tests.engines.faults import FAULTS, TEXTS, TOLD_APART, End, meet
from tests.engines.faulty_server import good
from tests.houses import House


def texts_for(fault: str) -> list[str]:
    return TOLD_APART if fault == "reordered" else TEXTS


@pytest.fixture
def page(house: House, fault: str) -> BuiltPage:
    marked = [text.replace("<1>", "<b>").replace("</1>", "</b>") for text in texts_for(fault)]
    html = f"<html lang=sv><main>{''.join(f'<p>{text}</p>' for text in marked)}</main></html>"
    with house.database.writing() as session:
        set_language(session, house.town.site_id, "en", LanguagePolicy.MACHINE_AFTER_REVIEW, "libretranslate")
        return build_page(session, house.town.site_id, html=html, path="fel", machine={})


def run(house: House, page: BuiltPage, folder: Path) -> JobState:
    payload = {"page_id": page.page_id, "language": "en"}
    with house.database.writing() as session:
        job_id = add_job(session, COMMAND_LINE, "translate_page", house.town.site_id, payload, needs=Action.READ)
    worker.run(Settings(data_dir=folder / "data"), house.database, job_id)
    with house.database.reading() as session:
        return get_job(session, COMMAND_LINE, job_id).state


def stored(house: House, page: BuiltPage) -> dict[str, tuple[str | None, str | None]]:
    """Return text and reason by source; what is a draft is the same text."""
    ids = {segment.segment_id: segment.source for segment in page.segments}
    with house.database.reading() as session:
        rows = session.scalars(select(MachineTranslation).where(MachineTranslation.segment_id.in_(ids)))
        kept = {ids[row.segment_id]: (row.text, row.rejection) for row in rows}
        heads = newest_revisions(session, list(ids), "en")
        assert {ids[segment]: head.text for segment, head in heads.items()} == {
            source: text for source, (text, _) in kept.items() if text
        }
    return kept


@pytest.mark.parametrize("position", range(4))
@pytest.mark.parametrize("fault", FAULTS)
def test_no_wrong_text_is_stored(
    house: House, page: BuiltPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str, position: int
) -> None:
    texts = texts_for(fault)
    right = {text: good(text) for text in texts}
    with speaking(DIALECTS["libretranslate"]) as server:
        timeout = 0.05 if fault == "slow drip" else 5.0
        monkeypatch.setattr(
            worker, "get_engine", lambda _name, _config: engine_at("libretranslate", server.address, timeout)
        )
        meet(server, FAULTS[fault], texts[position], always=True)
        state = run(house, page, tmp_path)
        found = stored(house, page)
        assert all(text in {None, right[source]} and bool(text) != bool(why) for source, (text, why) in found.items())
        end = FAULTS[fault].always
        if fault == "slow drip" and not any(text for text, _ in found.values()):
            end = End.FAILED  # on a machine that is busy, the harmless word was late as well
        assert state is (JobState.WAITING if end is End.FAILED else JobState.DONE), (
            "one text keeps no page from its end"
        )
        assert [source for source in texts if found.get(source, (None,))[0]] == [
            text
            for index, text in enumerate(texts)
            if end is not End.FAILED and (end is End.RIGHT or index != position)
        ]
        server.fault = None
        run(house, page, tmp_path)
        found = stored(house, page)
    assert {source: text for source, (text, _) in found.items()} == right, "what was rejected is asked for again"
    with house.database.reading() as session:
        rows = [row for table in metadata.sorted_tables for row in session.execute(select(table))]
    assert KEY not in repr(rows)
