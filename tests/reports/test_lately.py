"""The line of the start page: what people made of the machine's texts in the last 90 days, and in the 90 before."""

from datetime import date, timedelta

from review_app.db import utc_now
from review_app.reports.lately import lately
from tests.houses import House
from tests.reports.many import build_many, correct, references

SENTENCES = 40  # every fourth draft of them is clumsy


def test_of_what_people_read_lately_the_shares_are_told_and_what_they_were_before(house: House) -> None:
    town, today = house.town, utc_now().date()

    def told(day: date):
        with house.database.reading() as session:
            return lately(session, town.anna, town.slug, "en", day)

    assert not told(today).enough
    with house.database.writing() as session:
        correct(session, town, build_many(session, town, SENTENCES), references(SENTENCES))
    now = told(today)
    assert (now.enough, now.sentences, now.pages, now.before) == (True, SENTENCES, 1, None)
    assert (sum(now.of_hundred), now.of_hundred[0]) == (100, 75)
    later = told(today + timedelta(days=90))
    assert (later.enough, later.sentences, later.before) == (False, 0, 75)
    assert told(today + timedelta(days=180)).before is None
