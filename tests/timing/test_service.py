"""Editing time: off until an administrator switches it on, one's own, and gone after a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from review_app import sweeping
from review_app.accounts.administration import change_editing_time
from review_app.accounts.log import audit_rows
from review_app.accounts.permissions import COMMAND_LINE, Actor
from review_app.db import utc_now
from review_app.errors import BadInput, NotAllowed
from review_app.reports.spent import time_by_page
from review_app.sites.service import site_by_id
from review_app.timing.service import forget_own_time, note_time, own_time
from review_app.timing.tables import EditingTime
from tests.builders import build_page
from tests.houses import House


@pytest.fixture
def timed(house: House) -> House:
    """The house, when Carin has switched it on."""
    with house.database.writing() as session:
        change_editing_time(session, house.town.carin, house.town.site_id, 30)
    return house


def note(house: House, session: Session, who: Actor, said: int = 40, page_id: int | None = None) -> None:
    site = site_by_id(session, house.town.site_id)
    note_time(session, who, site, page_id or house.page.page_id, "en", said)


def minutes_pass(session: Session, minutes: int = 10) -> None:
    for row in session.scalars(select(EditingTime)):
        row.noted_at -= timedelta(minutes=minutes)
    session.flush()


def seconds(session: Session, who: Actor) -> list[int]:
    return [one.seconds for one in own_time(session, who)]


def test_nothing_is_stored_until_it_is_switched_on_and_nothing_is_left_when_it_is_off(house: House) -> None:
    anna, carin, site_id = house.town.anna, house.town.carin, house.town.site_id
    with house.database.writing() as session:
        note(house, session, anna)
        assert own_time(session, anna) == []
        change_editing_time(session, carin, site_id, 30)
        note(house, session, anna)
        assert seconds(session, anna) == [40]
        change_editing_time(session, carin, site_id, None)
        (off, on) = [row for row in audit_rows(session, carin, site_id) if row.action == "site.editing_time"]
        assert (on.after, off.before, off.after) == ({"days": 30}, {"days": 30}, {"days": None})
    sweeping.forget_time(house.database)
    with house.database.reading() as session:
        assert session.scalars(select(EditingTime)).all() == []


def test_a_day_on_a_page_is_one_row_and_no_more_than_has_passed(timed: House) -> None:
    anna = timed.town.anna
    with timed.database.writing() as session:
        note(timed, session, anna)
        note(timed, session, anna, 300)  # a moment later: a browser that says so is wrong
        assert seconds(session, anna) == [40]
        minutes_pass(session)
        note(timed, session, anna, 300)
        note(timed, session, anna, -7)
        (mine,) = own_time(session, anna)
        assert (mine.seconds, mine.site, mine.title, mine.language) == (
            340,
            "Älvby kommun",
            "Biblioteket i Älvby",
            "en",
        )


def test_it_is_seen_by_oneself_and_forgotten_by_oneself(timed: House) -> None:
    anna, carin = timed.town.anna, timed.town.carin
    with timed.database.writing() as session:
        note(timed, session, anna)
        note(timed, session, carin, 50)
        assert (seconds(session, anna), seconds(session, carin)) == ([40], [50])
        forget_own_time(session, anna)
        assert (seconds(session, anna), seconds(session, carin)) == ([], [50])
        for wrong in (lambda: own_time(session, COMMAND_LINE), lambda: forget_own_time(session, COMMAND_LINE)):
            with pytest.raises(NotAllowed):
                wrong()


def test_it_is_kept_for_as_long_as_the_site_says(timed: House) -> None:
    with timed.database.writing() as session:
        note(timed, session, timed.town.anna)
        note(timed, session, timed.town.carin)
        today = session.scalars(select(EditingTime.day)).first()
        for who, days in ((timed.town.anna, 30), (timed.town.carin, 31)):
            row = update(EditingTime).where(EditingTime.person_id == who.person_id)
            session.execute(row.values(day=today - timedelta(days=days)))
    sweeping.forget_time(timed.database)
    with timed.database.reading() as session:
        assert (seconds(session, timed.town.anna), seconds(session, timed.town.carin)) == ([40], [])


@contextmanager
def last_week(session: Session) -> Iterator[None]:
    """What is noted in the block was noted a week ago."""
    yield
    week_ago = utc_now().date() - timedelta(days=7)
    session.execute(update(EditingTime).where(EditingTime.day > week_ago).values(day=week_ago))


def test_reports_tell_of_three_people_together_and_of_ended_weeks(timed: House) -> None:
    anna, bo, carin = timed.town.anna, timed.town.bo, timed.town.carin
    with timed.database.writing() as session:
        site = site_by_id(session, timed.town.site_id)
        other = build_page(session, site.id, path="bad").page_id
        with last_week(session):
            for who in (anna, carin):
                note(timed, session, who, 900)
                note(timed, session, who, 900, other)
        day = utc_now().date() - timedelta(days=8)
        session.add(EditingTime(person_id=anna.person_id, page_id=other, language="en", day=day, seconds=900))
        assert time_by_page(session, site, "en", None) == []  # three days, but two people
        note(timed, session, bo, 900)
        assert time_by_page(session, site, "en", None) == []  # the week has not ended
        with last_week(session):
            pass
        (told,) = time_by_page(session, site, "en", None) or ()
        assert (told.page_id, told.minutes) == (timed.page.page_id, 45)
        assert time_by_page(session, site, "ar", None) == []
        change_editing_time(session, carin, site.id, None)
        assert time_by_page(session, site_by_id(session, site.id), "en", None) is None


@pytest.mark.parametrize("days", [0, -1, 367])
def test_it_is_not_kept_for_ever(house: House, days: int) -> None:
    with pytest.raises(BadInput, match="from 1 to 366"), house.database.writing() as session:
        change_editing_time(session, house.town.carin, house.town.site_id, days)


@pytest.mark.parametrize("who", ["anna", "bo"])
def test_only_an_administrator_switches_it_on(house: House, who: str) -> None:
    with pytest.raises(NotAllowed), house.database.writing() as session:
        change_editing_time(session, house.town.people[who], house.town.site_id, 30)
