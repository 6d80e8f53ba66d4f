"""Checks that a site switches off."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.tables import AuditEntry
from review_app.checks.flags import flags_of
from review_app.checks.switches import switch_off, switch_on, switched_off
from review_app.errors import NotAllowed, NotFound
from review_app.quality.filling import fill
from review_app.review import service
from review_app.sites.service import site_by_id
from review_app.translations.service import newest_revisions
from tests.builders import build_page, build_town
from tests.houses import House, house

__all__ = ["house"]
BOOKS = "Du får låna 20"


@pytest.fixture
def session(house: House) -> Iterator[Session]:
    with house.database.writing() as session:
        yield session


def names(session: Session, house: House) -> list[str]:
    row = service.row(session, house.town.anna, house.page.page_id, "en", house.page.key(BOOKS))
    return [flag.name for flag in row.open_flags]


def assess_all(house: House) -> None:
    with house.database.reading() as session:
        site = site_by_id(session, house.town.site_id)
    fill(house.database, site, "en", lambda _done, _total: None)


def test_its_open_flags_go_and_new_texts_get_none(house: House) -> None:
    with house.database.writing() as session:
        assert names(session, house) == ["number"]
        switch_off(session, house.town.carin, house.town.site_id, "number")
        assert names(session, house) == []
        key = house.page.key(BOOKS)
        service.save(session, house.town.anna, house.page.page_id, "en", key, text="Borrow 40 books.", based_on=1)
        typed = service.check_typed(session, house.town.anna, house.page.page_id, "en", key, text="Borrow 50 books.")
        assert names(session, house) == []
        assert [flag.name for flag in typed] == []


def test_switched_on_again_it_flags_once_the_texts_are_assessed(house: House) -> None:
    with house.database.writing() as session:
        switch_off(session, house.town.carin, house.town.site_id, "number")
    assess_all(house)
    with house.database.writing() as session:
        assert names(session, house) == []
        switch_on(session, house.town.carin, house.town.site_id, "number")
    assess_all(house)
    with house.database.reading() as session:
        assert names(session, house) == ["number"]


def test_what_it_said_of_past_texts_stays_as_evidence(session: Session, house: House) -> None:
    key = house.page.key(BOOKS)
    before = newest_revisions(session, [house.page.segment(BOOKS).segment_id], "en").popitem()[1].id
    service.save(session, house.town.anna, house.page.page_id, "en", key, text="You may borrow 20 books.", based_on=1)
    switch_off(session, house.town.carin, house.town.site_id, "number")
    assert [flag.name for flag in flags_of(session, [before])[before]] == ["number"]


def test_another_site_keeps_it(session: Session, house: House) -> None:
    noise = build_town(session, slug="noise")
    page = build_page(session, noise.site_id)
    switch_off(session, house.town.carin, house.town.site_id, "number")
    row = service.row(session, noise.anna, page.page_id, "en", page.key(BOOKS))
    assert [flag.name for flag in row.open_flags] == ["number"]
    assert switched_off(session, noise.site_id) == frozenset()


def test_only_an_administrator_may_and_it_is_logged_once(session: Session, house: House) -> None:
    with pytest.raises(NotAllowed):
        switch_off(session, house.town.anna, house.town.site_id, "number")
    with pytest.raises(NotFound):
        switch_off(session, house.town.carin, house.town.site_id, "nonsense")
    for _ in range(2):
        switch_off(session, house.town.carin, house.town.site_id, "number")
    for _ in range(2):
        switch_on(session, house.town.carin, house.town.site_id, "number")
    logged = session.scalars(select(AuditEntry.action).where(AuditEntry.action.like("check.%"))).all()
    assert logged == ["check.switch_off", "check.switch_on"]
