"""Which texts are scored, and by which numbers."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session

from review_app.db import Database
from review_app.pages.service import pages_of
from review_app.review import service as review
from review_app.scoring.extracting import PART, Extractor
from review_app.scoring.metrics import METRICS, placeholders_as_tokens
from review_app.scoring.pairs import Scored, pairs_of
from review_app.scoring.rows import COLUMNS
from review_app.scoring.service import scored_segments
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
    return [pair for page in pairs_of(session, pages_of(session, town.site_id), "en") for pair in page.pairs]


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
    segments, _ = scored_segments(session, town.site_id, "en")
    assert segments.for_metric("TER").engines() == ["fake", "other"]
    assert segments.for_metric("HTER").engines() == ["fake"]


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


def test_why_a_text_was_seen_stays_with_it_when_it_is_edited_again(
    session: Session, town: Town, page: BuiltPage
) -> None:
    save(session, town, page, LOAN, "You may keep a book for four weeks.")
    first = pairs(session, town)[0].seen
    save(session, town, page, LOAN, "A book may be kept for four weeks.")
    assert {pair.seen for pair in pairs(session, town)} == {first}


def test_statistics_are_the_metrics_own_and_markup_counts_as_one_word(
    session: Session, town: Town, page: BuiltPage
) -> None:
    save(session, town, page, "Du behöver", "You do <2>not</2> go")
    (pair,) = pairs(session, town)
    rows = Extractor().of_pairs([replace(pair, machine="You do <1>not</1> go", drafted=False)])
    assert rows[:, COLUMNS["TER"]].tolist() == [[2, 6]]
    assert not rows[:, COLUMNS["HTER"]].any()
    for name, metric in METRICS.items():
        texts = [placeholders_as_tokens(text) for text in (pair.machine, pair.reference)]
        assert Extractor().of_pairs([pair])[0, COLUMNS[name]].tolist() == metric.statistics(*texts).tolist()


def test_several_processes_compute_the_same(session: Session, town: Town, page: BuiltPage) -> None:
    save(session, town, page, "Du behöver", "You do <2>not</2> go")
    (pair,) = pairs(session, town)
    many = [replace(pair, machine=f"You do <1>not</1> go {n}", drafted=n % 3 == 0) for n in range(3 * PART + 1)]
    with Extractor(2) as extractor:
        assert (extractor.of_pairs(many) == Extractor().of_pairs(many)).all()


def test_a_process_for_statistics_alone_loads_no_database() -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, review_app.scoring.rows; print(*sys.modules)"],
        capture_output=True, text=True, check=True,
    ).stdout.split()  # fmt: skip
    assert "sqlalchemy" not in loaded
