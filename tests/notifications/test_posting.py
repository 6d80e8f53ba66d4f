"""Writing to people: at once or in the morning, once, and never of what they have read already."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.db import utc_now
from review_app.notifications.kinds import Kind, Way
from review_app.notifications.letters import written
from review_app.notifications.notices import choose_mail, mark
from review_app.notifications.posting import post
from review_app.notifications.tables import Mail
from review_app.review import decisions, service
from review_app.review.assigning import give
from review_app.settings import Settings
from tests.houses import House

SETTINGS = Settings(smtp_url="smtp://127.0.0.1:25", mail_from="a@b.example", base_url="https://granska.example/")
STOCKHOLM = ZoneInfo("Europe/Stockholm")


def at(hour: int, days: int = 1) -> datetime:
    """Return a moment of the next day, by the site's clock."""
    day = utc_now().astimezone(STOCKHOLM).date() + timedelta(days=days)
    return datetime(day.year, day.month, day.day, hour, tzinfo=STOCKHOLM)


def give_to_anna(session: Session, house: House, language: str = "en") -> None:
    town = house.town
    give(session, town.carin, town.site_id, language, person_id=town.anna.person_id, page_ids=[house.page.page_id])


def submit(session: Session, house: House) -> int:
    page, key = house.page.page_id, house.page.key("Reglerna antogs")
    row = service.row(session, house.town.anna, page, "en", key)
    service.save(session, house.town.anna, page, "en", key, text=f"{row.text} Now.", based_on=row.revision)
    return decisions.submit(session, house.town.anna, page, "en")


def letters(house: House) -> list[tuple[str, str, str]]:
    """Return address, subject and text of what waits to be sent."""
    with house.database.reading() as session:
        mails = session.scalars(select(Mail).order_by(Mail.id))
        return [(mail.address, *written(mail.letter, mail.values, mail.language)) for mail in mails]


def test_what_is_told_at_once_is_written_once(house: House) -> None:
    with house.database.writing() as session:
        give_to_anna(session, house)
    assert [post(SETTINGS, house.database), post(SETTINGS, house.database)] == [1, 0]
    ((address, subject, text),) = letters(house)
    assert (address, subject) == ("anna@alvby.example", "Carin gav dig Biblioteket i Älvby, engelska")
    assert f"https://granska.example/sites/alvby/pages/{house.page.page_id}/en\n" in text
    assert text.endswith("https://granska.example/notices")


def test_several_things_at_once_are_one_message(house: House) -> None:
    with house.database.writing() as session:
        give_to_anna(session, house)
        give_to_anna(session, house, "ar")
    assert post(SETTINGS, house.database) == 1
    ((_, subject, text),) = letters(house)
    assert subject == "2 händelser hos Älvby kommun"
    assert "arabiska" in text


def test_the_daily_message_is_written_in_the_morning_of_the_site_once_a_day(house: House) -> None:
    with house.database.writing() as session:
        submit(session, house)
    assert [post(SETTINGS, house.database, at(hour)) for hour in (6, 7, 8, 23)] == [0, 1, 0, 0]
    ((address, subject, text),) = letters(house)
    assert (address, subject) == ("bo@alvby.example", "I dag hos Älvby kommun")
    assert "Anna skickade Biblioteket i Älvby, engelska, för godkännande" in text
    assert post(SETTINGS, house.database, at(7, days=2)) == 0, "nothing new"


@pytest.mark.parametrize("why", ["read", "never", "old", "no server"])
def test_nothing_is_written(house: House, why: str) -> None:
    bo, settings, now = house.town.bo, SETTINGS, at(7)
    with house.database.writing() as session:
        submit(session, house)
        session.flush()
        if why == "read":
            mark(session, bo, None, read=True)
        if why == "never":
            choose_mail(session, bo, {Kind.SUBMITTED: Way.NEVER})
    if why == "old":
        now = at(7, days=3)
    if why == "no server":
        settings = Settings()
    assert post(settings, house.database, now) == 0


def test_a_person_who_left_is_not_written_to(house: House) -> None:
    with house.database.writing() as session:
        give_to_anna(session, house)
        session.flush()
        session.connection().exec_driver_sql("DELETE FROM membership")
    assert post(SETTINGS, house.database) == 0
