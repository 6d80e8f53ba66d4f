"""Which texts are scored, and that stored statistics are those computed afresh."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.db import Database
from review_app.pages.service import pages_of
from review_app.review import service as review
from review_app.scoring.metrics import METRICS
from review_app.scoring.service import Scored, fill_statistics, judged_texts, scored_pairs, statistics_of
from review_app.scoring.tables import SegmentStatistics
from review_app.translations.service import EngineOutput, keep_outputs, newest_revisions
from tests.builders import HTML, MACHINE, BuiltPage, Town, build_page, build_town
from tests.databases import Backend

BOOKS = "Du får låna 20"
LOAN = "Lånetiden"


@pytest.fixture(scope="module")
def built(backend: Backend) -> Iterator[tuple[Database, Town]]:
    """A town, made once: hashing passwords takes its time."""
    with backend.database() as database:
        with database.writing() as session:
            town = build_town(session)
        yield database, town


@pytest.fixture
def session(built: tuple[Database, Town]) -> Iterator[Session]:
    """A session whose changes are undone when the test is over."""
    with Session(built[0].engine) as session:
        yield session


@pytest.fixture
def town(built: tuple[Database, Town]) -> Town:
    return built[1]


@pytest.fixture
def page(session: Session, town: Town) -> BuiltPage:
    """The library page with another engine's outputs beside the draft."""
    page = build_page(session, town.site_id)
    output(session, page, "Lånetiden", "Loan time is four weeks.", engine="other")
    return page


def output(
    session: Session, page: BuiltPage, beginning: str, text: str, *, engine: str, version: str = "1", ours: bool = True
) -> None:
    """Keep what an engine made of a sentence; only a publishable one (``ours``) may be scored."""
    placed = page.segment(beginning)
    made = EngineOutput(
        segment_id=placed.segment_id,
        source=placed.source,
        engine=engine,
        version=version,
        made_on=date(2026, 11, 22),
        text=text,
        rejection=None,
        publishable=ours,
    )
    keep_outputs(session, "en", [made], drafts=False)


def save(session: Session, town: Town, page: BuiltPage, beginning: str, text: str) -> None:
    segment = page.segment(beginning)
    head = newest_revisions(session, [segment.segment_id], "en")[segment.segment_id]
    review.save(session, town.anna, page.page_id, "en", segment.key, text=text, based_on=head.number)


def pairs(session: Session, town: Town) -> list[Scored]:
    return scored_pairs(session, judged_texts(session, pages_of(session, town.site_id), "en"), "en")


def scored(session: Session, town: Town) -> list[tuple[str, str, str, bool]]:
    return [(pair.engine, pair.machine, pair.reference, pair.drafted) for pair in pairs(session, town)]


def test_a_text_that_no_person_has_read_is_not_scored(session: Session, town: Town, page: BuiltPage) -> None:
    assert len(newest_revisions(session, [one.segment_id for one in page.segments], "en")) == len(MACHINE)
    assert pairs(session, town) == []


def test_accepted_and_edited_texts_are_scored_against_every_engine(
    session: Session, town: Town, page: BuiltPage
) -> None:
    loan = MACHINE["Lånetiden är fyra veckor."]
    save(session, town, page, BOOKS, "You may borrow 20 books at a time.")
    save(session, town, page, LOAN, loan)
    assert scored(session, town) == [
        ("fake", "You may borrow 30 books at a time.", "You may borrow 20 books at a time.", True),
        ("fake", loan, loan, True),
        ("other", "Loan time is four weeks.", loan, False),
    ]
    assert [pair.unchanged for pair in pairs(session, town)] == [False, True, False]


def test_hter_is_the_drafting_engine_s_alone(session: Session, town: Town, page: BuiltPage) -> None:
    save(session, town, page, LOAN, "You may keep a book for four weeks.")
    both = pairs(session, town)
    assert {pair.engine for pair in statistics_of(session, both, "TER")[0]} == {"fake", "other"}
    assert {pair.engine for pair in statistics_of(session, both, "HTER")[0]} == {"fake"}


def test_a_text_of_an_older_source_is_not_scored(session: Session, town: Town, page: BuiltPage) -> None:
    save(session, town, page, BOOKS, "You may borrow 20 books at a time.")
    save(session, town, page, LOAN, "The loan period is four weeks long.")
    again = {"Du får låna 25 böcker åt gången.": "You may borrow 25 books at a time."}
    build_page(session, town.site_id, html=HTML.replace("20 böcker", "25 böcker"), machine=again)
    assert {pair.machine for pair in pairs(session, town)} == {
        "The loan period is four weeks.",
        "Loan time is four weeks.",
    }


def test_word_for_word_glosses_are_not_scored(session: Session, town: Town, page: BuiltPage) -> None:
    output(session, page, LOAN, "Loan-time-the is four weeks.", engine="gloss", ours=False)
    save(session, town, page, LOAN, "You may keep a book for four weeks.")
    assert {pair.engine for pair in pairs(session, town)} == {"fake", "other"}


def test_a_segment_counts_once_for_an_engine_that_came_again(session: Session, town: Town, page: BuiltPage) -> None:
    output(session, page, LOAN, "The lending time is four weeks.", engine="other", version="2")
    output(session, page, LOAN, "Loans last four weeks.", engine="fake", version="2")
    save(session, town, page, LOAN, "You may keep a book for four weeks.")
    assert [(pair.engine, pair.version) for pair in pairs(session, town)] == [("fake", "1"), ("other", "2")]


def test_stored_statistics_are_those_computed_afresh(session: Session, town: Town, page: BuiltPage) -> None:
    save(session, town, page, BOOKS, "You may borrow 20 books at a time.")
    save(session, town, page, LOAN, "You may keep a book for four weeks.")
    save(session, town, page, "Du behöver", "You do <1>not</1> have to book a time.")
    found = pairs(session, town)
    fresh = {name: statistics_of(session, found, name) for name in METRICS}
    assert fill_statistics(session, found) == sum(len(applying) for applying, _ in fresh.values()) > 0
    session.expire_all()
    for name, (applying, rows) in fresh.items():
        stored_applying, stored_rows = statistics_of(session, found, name)
        assert stored_applying == applying
        np.testing.assert_array_equal(stored_rows, rows)


def test_filling_again_stores_nothing(session: Session, town: Town, page: BuiltPage) -> None:
    save(session, town, page, LOAN, "You may keep a book for four weeks.")
    found = pairs(session, town)
    assert fill_statistics(session, found + found) > 0
    assert fill_statistics(session, found) == 0


def test_statistics_of_another_signature_are_neither_read_nor_kept(
    session: Session, town: Town, page: BuiltPage
) -> None:
    save(session, town, page, LOAN, "You may keep a book for four weeks.")
    found = pairs(session, town)
    fresh = statistics_of(session, found, "BLEU")[1]
    fill_statistics(session, found)
    for row in session.scalars(select(SegmentStatistics).where(SegmentStatistics.metric == "BLEU")):
        row.signature, row.statistics = "BLEU of another age", b"not numbers"
    session.flush()
    np.testing.assert_array_equal(statistics_of(session, found, "BLEU")[1], fresh)
    assert fill_statistics(session, found) == len(found)
    np.testing.assert_array_equal(statistics_of(session, found, "BLEU")[1], fresh)


def test_markup_counts_as_one_word(session: Session, town: Town, page: BuiltPage) -> None:
    save(session, town, page, "Du behöver", "You do <1>not</1> have to book a time.")
    (pair,) = pairs(session, town)
    one_word = [replace(pair, machine="You do <1>not</1> go", reference="You do <2>not</2> go")]
    assert statistics_of(session, one_word, "TER")[1].tolist() == [[2.0, 6.0]]
