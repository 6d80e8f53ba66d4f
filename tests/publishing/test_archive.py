"""What did the page say: every state the public was shown, at any moment, intact and exported."""

import json
import zipfile
from datetime import datetime, timedelta
from io import BytesIO

import pytest
from sqlalchemy import update

from review_app.db import utc_now
from review_app.errors import NotAllowed, NotFound
from review_app.publishing.archive import Edition, edition_at, editions, export, get_edition
from review_app.publishing.pulling import pull_passage
from review_app.publishing.service import hash_of, publish, withdraw
from review_app.publishing.tables import Publication
from review_app.review import decisions
from tests.builders import say_yes
from tests.houses import House

LOAN = "The loan period is four weeks."


@pytest.fixture
def told(house: House) -> House:
    """The house with a page that was published, lost a passage, and was withdrawn: a day between each."""
    with house.database.writing() as session:
        submission = decisions.submit(session, house.town.anna, house.page.page_id, "en")
        say_yes(session, house.town, submission)
        publish(session, house.town.bo, house.page.page_id, "en")
        pull_passage(session, house.town.bo, house.page.page_id, "en", house.page.key("Lånetiden"))
        withdraw(session, house.town.bo, house.page.page_id, "en")
    with house.database.writing() as session:
        for number, (start, end) in enumerate([(3, 2), (2, 1)], start=1):
            times = {"published_at": ago(start), "ended_at": ago(end)}
            session.execute(update(Publication).where(Publication.id == number).values(**times))
    return house


NOW = utc_now()


def ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


def found(house: House, days: float) -> Edition | None:
    with house.database.reading() as session:
        return edition_at(session, house.town.carin, house.page.page_id, "en", ago(days))


def test_what_was_shown_at_a_moment(told: House) -> None:
    first, second = found(told, 2.5), found(told, 1.5)
    assert first is not None
    assert second is not None
    assert LOAN in first.html
    assert LOAN not in second.html
    assert "Lånetiden är fyra veckor." in second.html
    assert found(told, 4) is None
    assert found(told, 0.5) is None


def test_the_moment_of_change_belongs_to_the_new_state(told: House) -> None:
    edition = found(told, 2)
    assert edition is not None
    assert LOAN not in edition.html


def test_all_states_newest_first_with_who(told: House) -> None:
    with told.database.reading() as session:
        every = editions(session, told.town.carin, told.page.page_id, "en")
    assert [(one.id, one.published_by, one.ended_by, one.intact) for one in every] == [
        (2, "Bo", "Bo", True),
        (1, "Bo", "Bo", True),
    ]


def test_what_was_altered_in_the_database_shows(told: House) -> None:
    with told.database.writing() as session:
        session.execute(update(Publication).where(Publication.id == 1).values(html="<p>We never said that.</p>"))
    edition = found(told, 2.5)
    assert edition is not None
    assert not edition.intact


def test_an_export_can_be_checked_without_the_program(told: House) -> None:
    edition = found(told, 2.5)
    assert edition is not None
    with zipfile.ZipFile(BytesIO(export(edition))) as archive:
        record = json.loads(archive.read("record.json"))
        page = archive.read("page.html").decode()
    assert hash_of(record["html"], record["passages"], record["facts"]) == record["sha256"] == edition.content_hash
    assert record["html"] in page
    assert 'lang="en" dir="ltr"' in page
    assert {passage["kind"] for passage in record["passages"]} == {"machine"}


def test_only_administrators_look_into_it(told: House) -> None:
    with told.database.reading() as session:
        with pytest.raises(NotAllowed):
            editions(session, told.town.bo, told.page.page_id, "en")
        with pytest.raises(NotFound):
            get_edition(session, told.town.bo, 1)
        with pytest.raises(NotFound):
            get_edition(session, told.town.carin, 99)
