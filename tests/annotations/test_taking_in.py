"""What people said elsewhere is taken in as theirs, all of it or nothing."""

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from review_app.annotations.reading import annotated_texts
from review_app.annotations.service import close_round
from review_app.annotations.taking_in import Quoted, SaidElsewhere, take_in
from review_app.checks.finding import Severity
from review_app.errors import BadInput, NotAllowed, NotFound
from tests.annotations.rounds import opened
from tests.builders import Town, build_page, build_town
from tests.databases import Backend

BOOKS = "Du får låna 20 böcker åt gången."
THIRTY = Quoted(Severity.MAJOR, None, "30 books")


@pytest.fixture(scope="module")
def database(backend: Backend) -> Iterator[tuple[Session, Town]]:
    with backend.database() as database, database.writing() as session:
        town = build_town(session)
        build_page(session, town.site_id)
        yield session, town


@pytest.fixture
def library(database: tuple[Session, Town]) -> Iterator[tuple[Session, Town, int]]:
    session, town = database
    with session.begin_nested() as undone:
        yield session, town, opened(session, town, town.anna)
        undone.rollback()


def said(town: Town, *errors: Quoted, source: str = BOOKS, score: int = 40) -> SaidElsewhere:
    return SaidElsewhere(town.anna.person_id or 0, source, "fake", score, errors)


def test_quoted_words_are_marked_where_they_stand(library: tuple[Session, Town, int]) -> None:
    session, town, round_id = library
    unknown = said(town, source="Det finns inte.")
    assert take_in(session, town.carin, town.site_id, round_id, [said(town, THIRTY), unknown]) == 1
    assert annotated_texts(session, town.site_id, "en") == []  # it is open
    close_round(session, town.carin, town.site_id, round_id)
    (text,) = annotated_texts(session, town.site_id, "en")
    (mark,) = text.marks
    assert mark.span is not None
    assert text.text[slice(*mark.span)] == "30 books"
    assert (mark.severity, text.said[0].score) == (Severity.MAJOR, 40)


@pytest.mark.parametrize(
    ("changed", "score"),
    [(Quoted(Severity.MAJOR, None, "40 books"), 40), (THIRTY, 101), (Quoted(Severity.MINOR, None, ""), 1)],
)
def test_what_cannot_be_said_is_refused(library: tuple[Session, Town, int], changed: Quoted, score: int) -> None:
    session, town, round_id = library
    with pytest.raises(BadInput):
        take_in(session, town.carin, town.site_id, round_id, [said(town, changed, score=score)])


def test_only_of_people_who_were_given_the_round(library: tuple[Session, Town, int]) -> None:
    session, town, round_id = library
    stranger = SaidElsewhere(town.bo.person_id or 0, BOOKS, "fake", 90)
    with pytest.raises(BadInput):
        take_in(session, town.carin, town.site_id, round_id, [stranger])


def test_only_by_an_administrator_and_while_it_is_open(library: tuple[Session, Town, int]) -> None:
    session, town, round_id = library
    with pytest.raises(NotAllowed):
        take_in(session, town.bo, town.site_id, round_id, [said(town)])
    close_round(session, town.carin, town.site_id, round_id)
    with pytest.raises(NotFound):
        take_in(session, town.carin, town.site_id, round_id, [said(town)])
