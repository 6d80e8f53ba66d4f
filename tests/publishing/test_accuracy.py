"""What the public is told of how good the machine is: in every reader language, and honest when little was read."""

from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from review_app.accounts.tables import AuditEntry
from review_app.errors import NotAllowed
from review_app.publishing.accuracy import Measured, measured_from, statement
from review_app.publishing.statements import find_statement, publish_statement, withdraw_statement
from review_app.publishing.tables import AccuracyStatement
from review_app.publishing.wording import house_wording
from tests.houses import House
from tests.messages import LANGUAGES

FACTS = Measured(
    body="Älvby kommun",
    day="2026-11-27",
    read=1179,
    total=2227,
    n=179,
    least=30,
    unchanged=48.04,
    low=40.8,
    high=55.2,
)


def told(language: str, facts: Measured = FACTS) -> list[str]:
    return statement(facts, language, house_wording(language).say)


def test_in_swedish_and_in_english() -> None:
    swedish, english = " ".join(told("sv")), " ".join(told("en"))
    assert "Den 27 november 2026 hade människor läst 1\xa0179 av 2\xa0227 meningar." in swedish
    assert "De lämnade 48\xa0% oförändrade" in swedish
    assert "mellan 41\xa0% och 55\xa0%" in swedish
    assert "By 27 November 2026 people had read 1,179 of 2,227 sentences." in english
    assert "They left 48% unchanged" in english
    assert "favours the machine" in english


@pytest.mark.parametrize("language", LANGUAGES["reader"])
def test_every_reader_language_gives_every_figure(language: str) -> None:
    paragraphs = told(language)
    assert len(paragraphs) == 4
    assert not any("{" in paragraph for paragraph in paragraphs)
    assert "Älvby kommun" in paragraphs[0]


def test_too_few_gives_no_figure() -> None:
    little = replace(FACTS, n=29, unchanged=None, low=None, high=None)
    text = " ".join(told("en", little))
    assert "People have read 29 sentences by the machine. That is too few to say how good it is: 30 are needed." in text
    assert "unchanged" not in text
    assert len(told("en", little)) == 3


def test_a_new_statement_takes_the_place_of_the_old_one_which_is_kept(house: House) -> None:
    with house.database.writing() as session:
        publish_statement(session, house.town.carin, house.town.site_id, "en", FACTS)
        publish_statement(session, house.town.carin, house.town.site_id, "en", replace(FACTS, n=200))
    with house.database.writing() as session:
        rows = session.scalars(select(AccuracyStatement).order_by(AccuracyStatement.id)).all()
        assert [(measured_from(row.facts).n, row.ended_at is None) for row in rows] == [(179, False), (200, True)]
        withdraw_statement(session, house.town.carin, house.town.site_id, "en")
        withdraw_statement(session, house.town.carin, house.town.site_id, "en")
        assert find_statement(session, house.town.site_id, "en") is None
        actions = session.scalars(
            select(AuditEntry.action).where(AuditEntry.action.startswith("statement.")).order_by(AuditEntry.id)
        )
        assert list(actions) == ["statement.publish", "statement.publish", "statement.withdraw"]


def test_only_an_administrator_says_it(house: House) -> None:
    for name in ("anna", "bo"):
        with house.database.writing() as session, pytest.raises(NotAllowed):
            publish_statement(session, house.town.people[name], house.town.site_id, "en", FACTS)
        with house.database.writing() as session, pytest.raises(NotAllowed):
            withdraw_statement(session, house.town.people[name], house.town.site_id, "en")


def test_of_a_language_one_is_public_at_a_time(house: House) -> None:
    twice = [AccuracyStatement(site_id=house.town.site_id, language="en", facts={}) for _ in range(2)]
    with house.database.writing() as session:
        session.add_all(twice)
        with pytest.raises(IntegrityError):
            session.flush()
        session.rollback()
