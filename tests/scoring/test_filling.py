"""Stored statistics keep up with what people write, and are those computed afresh."""

from collections.abc import Iterator
from datetime import timedelta

import numpy as np
import pytest
from sqlalchemy import delete, select, update

from review_app.db import Database, utc_now
from review_app.review import service as review
from review_app.scoring import filling
from review_app.scoring.filling import fill_language, is_due, pages_behind
from review_app.scoring.layout import SIGNATURE
from review_app.scoring.service import Segments, coverage_of, scored_segments
from review_app.scoring.tables import PageStatistics, ScoringProgress
from tests.builders import BuiltPage, Town, build_town
from tests.databases import Backend
from tests.reports.many import build_many, correct, references


@pytest.fixture
def database(backend: Backend) -> Iterator[Database]:
    with backend.database() as database:
        yield database


@pytest.fixture
def town(database: Database) -> Town:
    """A town with two pages: all of one is read, and half of the other."""
    with database.writing() as session:
        town = build_town(session)
        correct(session, town, build_many(session, town, 6, other="other"), references(6))
        correct(session, town, build_many(session, town, 4, path="mer"), references(2))
    return town


def segments(database: Database, town: Town) -> Segments:
    with database.reading() as session:
        return scored_segments(session, town.site_id, "en")[0]


def stored(database: Database) -> list[tuple[int, bytes]]:
    with database.reading() as session:
        rows = session.scalars(select(PageStatistics).order_by(PageStatistics.page_id))
        return [(row.page_id, row.rows) for row in rows]


def edit(database: Database, town: Town) -> int:
    """Write another text for a sentence that was read, and return its page."""
    with database.writing() as session:
        page: BuiltPage = build_many(session, town, 6, other="other")
        key = page.segments[0].key
        review.save(session, town.anna, page.page_id, "en", key, text="Borrow a book.", based_on=2)
        return page.page_id


def test_what_is_stored_is_what_is_computed(database: Database, town: Town) -> None:
    fresh = segments(database, town)
    assert fill_language(database, town.site_id, "en") == 2
    kept = segments(database, town)
    np.testing.assert_array_equal(kept.rows, fresh.rows)
    assert (kept.systems, kept.pages.tolist()) == (fresh.systems, fresh.pages.tolist())
    with database.reading() as session:
        assert not pages_behind(session, town.site_id, "en")
        assert coverage_of(session, town.site_id)["en"][:2] == (10, 8)


def test_the_tables_can_be_emptied_and_come_out_the_same(database: Database, town: Town) -> None:
    fill_language(database, town.site_id, "en")
    before = stored(database)
    with database.writing() as session:
        session.execute(delete(PageStatistics))
        session.execute(delete(ScoringProgress))
    fill_language(database, town.site_id, "en")
    assert stored(database) == before


def test_a_text_saved_since_counts_at_once_and_is_stored_next_time(database: Database, town: Town) -> None:
    fill_language(database, town.site_id, "en")
    page_id = edit(database, town)
    with database.reading() as session:
        assert pages_behind(session, town.site_id, "en") == {page_id}
    fresh = segments(database, town)
    fill_language(database, town.site_id, "en")
    np.testing.assert_array_equal(segments(database, town).rows, fresh.rows)
    with database.reading() as session:
        assert not pages_behind(session, town.site_id, "en")


def test_statistics_that_still_hold_are_not_computed_again(
    database: Database, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill_language(database, town.site_id, "en")
    edit(database, town)
    computed: list[int] = []
    original = filling.Extractor.of_pairs

    def counting(self: filling.Extractor, pairs: list[object]) -> object:
        computed.append(len(pairs))
        return original(self, pairs)  # type: ignore[arg-type]

    monkeypatch.setattr(filling.Extractor, "of_pairs", counting)
    fill_language(database, town.site_id, "en")
    assert sum(computed) == 2  # the edited sentence, once for each engine


def test_another_signature_is_not_read_and_makes_the_language_due(database: Database, town: Town) -> None:
    fill_language(database, town.site_id, "en")
    before = segments(database, town)
    with database.writing() as session:
        assert not is_due(session, town.site_id, "en")
        session.execute(update(PageStatistics).values(signature="of another age", rows=b"no numbers"))
        session.execute(update(ScoringProgress).values(signature="of another age"))
        assert is_due(session, town.site_id, "en")
    np.testing.assert_array_equal(segments(database, town).rows, before.rows)
    fill_language(database, town.site_id, "en")
    with database.reading() as session:
        assert set(session.scalars(select(PageStatistics.signature))) == {SIGNATURE}
        assert not is_due(session, town.site_id, "en")


def test_what_was_stored_late_with_a_lower_number_is_found(database: Database, town: Town) -> None:
    """As PostgreSQL's transactions do: a text is stored after a look that saw a higher number."""
    fill_language(database, town.site_id, "en")
    edit(database, town)
    with database.writing() as session:
        row = session.get_one(ScoringProgress, (town.site_id, "en"))
        row.looks = [*row.looks, [(utc_now() - timedelta(minutes=1)).isoformat(), 10**9, 10**9, 10**9]]
    before = stored(database)
    fill_language(database, town.site_id, "en")
    assert stored(database) != before
