"""A batch is kept in as many statements as one text, and no draft ever takes a person's place."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlalchemy import event, func, select

from review_app.checks.flags import flags_of
from review_app.checks.service import keep_findings, look_at, unchecked
from review_app.checks.tables import CheckRun, Flag
from review_app.db import Database
from review_app.quality.estimating import assess_segments
from review_app.schema import metadata
from review_app.translations.bulk import Draft, append_drafts, heads_of
from review_app.translations.drafting import draft
from review_app.translations.memory import people_wrote, sources_of
from review_app.translations.origin import Origin
from review_app.translations.planning import plan
from review_app.translations.service import NewRevision, add_revision, history, newest_revisions
from tests.builders import BuiltPage, build_page
from tests.counting import counted
from tests.houses import House
from tests.jobs.fake_engine import Fake, keeping


def built(house: House, sentences: int) -> BuiltPage:
    words = "".join(f"<p>På sida {sentences} står mening {number}.</p>" for number in range(sentences))
    html = f"<!doctype html><html lang=sv><title>Sida {sentences}</title><main>{words}</main></html>"
    with house.database.writing() as session:
        return build_page(session, house.town.site_id, html=html, path=f"sida/{sentences}", machine={})


def statements(house: House, sentences: int) -> int:
    """Return how many statements it takes to plan, draft and assess a page of so many sentences in one batch."""
    page, engine = built(house, sentences), Fake()
    engine.terms = engine.terms.__class__("nobody", "–", "nothing", 0.0, True, 1000, most_texts=100)
    with counted(house.database) as sent:
        with house.database.reading() as session:
            planned = plan(session, house.town.anna, page.page_id, "en", engine)
        draft(house.database, planned, engine, keeping(house.database), lambda: house.town.anna)
        assess_segments(house.database, planned.site, [one.segment_id for one in page.segments], "en")
    assert len(engine.asked) == sentences + 1
    return len(sent)


def test_a_batch_takes_as_many_statements_however_large_it_is(house: House) -> None:
    statements(house, 5)  # the first of all begins the month's account
    assert statements(house, 3) == statements(house, 90)


@pytest.mark.parametrize("origin", [Origin.COPY, Origin.MEMORY, Origin.MACHINE])
def test_a_draft_gives_way_to_what_a_person_saved_meanwhile(house: House, origin: Origin) -> None:
    page = built(house, 2)
    first, second = (one for one in page.segments if one.source.startswith("På"))
    with house.database.writing() as session:
        new = NewRevision(first.segment_id, "en", "Anna's", first.source, 0, Origin.HUMAN)
        add_revision(session, new)
        append_drafts(session, "en", [Draft(one.segment_id, "a draft", one.source, origin) for one in (first, second)])
        assert [row.text for row in history(session, first.segment_id, "en")] == ["Anna's"]
        assert [(row.text, row.origin) for row in history(session, second.segment_id, "en")] == [("a draft", origin)]


def test_a_draft_of_a_newer_source_follows_with_the_next_number(house: House) -> None:
    segment = house.page.segment("Lånetiden")
    with house.database.writing() as session:
        before = heads_of(session, [segment.segment_id], "en")[segment.segment_id]
        append_drafts(session, "en", [Draft(segment.segment_id, "Three weeks.", "Tre veckor.", Origin.MEMORY)])
        after = heads_of(session, [segment.segment_id], "en")[segment.segment_id]
    assert (after.number, after.origin, after.source) == (before.number + 1, Origin.MEMORY, "Tre veckor.")
    assert after.draft_id == before.draft_id


def test_two_that_check_the_same_texts_at_once_flag_them_once(house: House) -> None:
    with house.database.writing() as session:
        heads = newest_revisions(session, [one.segment_id for one in house.page.segments], "en").values()
        session.query(CheckRun).delete()
        session.query(Flag).delete()
        looked = look_at(unchecked(session, heads), "sv", "en")
        keep_findings(session, looked)
        flagged = flags_of(session, [head.id for head in heads])
        keep_findings(session, looked)  # the other one looked before the first had kept anything
        assert flagged
        assert session.scalar(select(func.count(Flag.id))) == sum(map(len, flagged.values()))


def test_no_look_up_goes_through_all_texts_of_a_language(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'review.db'}")
    metadata.create_all(database.engine)
    asked: list[tuple[str, Sequence[object]]] = []

    def note(_connection: object, _cursor: object, statement: str, given: Sequence[object], *_rest: object) -> None:
        asked.append((statement, given))

    event.listen(database.engine, "before_cursor_execute", note)
    with database.reading() as session:
        people_wrote(session, 1, "en", ["hash"])
        sources_of(session, 1, "en", ["hash"])
        newest_revisions(session, [1], "en")
        questions = [(statement, given) for statement, given in asked if "SELECT" in statement]
        for statement, given in questions:
            rows = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", tuple(given)).all()
            assert not [row.detail for row in rows if "ix_translation_language" in row.detail], statement
    assert len(questions) == 3
    database.dispose()
