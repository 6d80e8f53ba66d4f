"""What people are told of: it follows from the log and from the roles of now, and each reads it for themselves."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from review_app.accounts.permissions import Actor
from review_app.db import utc_now
from review_app.notifications.kinds import Kind, Way, sentence
from review_app.notifications.notices import choose_mail, mail_choices, mark, notices, unread_count
from review_app.publishing.reader_reports import report
from review_app.publishing.service import publish
from review_app.review import decisions, service
from review_app.review.assigning import give
from review_app.review.commenting import comment_on
from review_app.review.states import About, Basis
from review_app.sites.service import site_by_id
from review_app.translations.budget import set_budget, settle, spend
from tests.builders import build_page, build_town
from tests.houses import House

RULES, BOOKS = "Reglerna antogs", "Du får låna"


@pytest.fixture
def session(house: House) -> Iterator[Session]:
    with house.database.writing() as opened:
        build_town(opened, "noise")
        yield opened


def told(session: Session, who: Actor) -> list[str]:
    session.flush()
    return [sentence(notice.event, "en") for notice in reversed(notices(session, who))]


def submit(session: Session, house: House) -> int:
    """Correct what is gravely wrong, and something more each time, so that it is another submission."""
    page = house.page.page_id
    for beginning, text in ((BOOKS, "You may borrow 20 books at a time."), (RULES, "Adopted on 23 June 2014.")):
        row = service.row(session, house.town.anna, page, "en", house.page.key(beginning))
        written = f"{row.text} Now." if row.read else text
        service.save(session, house.town.anna, page, "en", row.key, text=written, based_on=row.revision)
    return decisions.submit(session, house.town.anna, page, "en")


def test_a_page_that_is_approved_in_part_is_told_as_both(house: House, session: Session) -> None:
    town, sent = house.town, submit(session, house)
    chosen = [house.page.key(BOOKS)]
    decisions.approve_part(session, town.bo, sent, keys=chosen, basis=Basis.READS, comment="See the rules.")
    assert told(session, town.anna) == ["Bo approved a part of Biblioteket i Älvby, English, and sent the rest back"]
    assert notices(session, town.anna)[0].event.kind is Kind.RETURNED


def test_the_approver_hears_of_a_submission_and_the_translator_of_the_answer(house: House, session: Session) -> None:
    town = house.town
    decisions.send_back(session, town.bo, submit(session, house), comment="We say assembly.")
    decisions.approve(session, town.bo, submit(session, house), basis=Basis.READS)
    once = "Anna submitted Biblioteket i Älvby, English, for approval"
    assert told(session, town.bo) == [once, once]
    assert told(session, town.anna) == [
        "Bo sent back Biblioteket i Älvby, English",
        "Bo approved Biblioteket i Älvby, English",
    ]
    back = notices(session, town.anna)[1].event
    assert (back.words, back.address) == ("We say assembly.", f"/sites/alvby/pages/{house.page.page_id}/en")
    assert told(session, town.carin) == []


def test_nobody_else_hears_of_it_and_nobody_of_their_own(house: House, session: Session) -> None:
    noise = build_town(session, "noise2")
    build_page(session, noise.site_id)
    submit(session, house)
    assert told(session, house.town.anna) == []
    assert [told(session, one) for one in noise.people.values()] == [[], [], []]


def test_who_is_given_a_page_hears_of_that_and_when_its_day_comes_near(house: House, session: Session) -> None:
    town, anna = house.town, house.town.anna
    far, near = utc_now().date() + timedelta(days=20), utc_now().date() + timedelta(days=1)
    given = {"person_id": anna.person_id, "page_ids": [house.page.page_id]}
    give(session, town.carin, town.site_id, "en", due_on=far, **given)
    assert told(session, anna) == ["Carin gave you Biblioteket i Älvby, English"]
    give(session, town.carin, town.site_id, "en", due_on=near, **given)
    assert set(told(session, anna)[1:]) == {
        "Carin gave you Biblioteket i Älvby, English",
        "Biblioteket i Älvby, English, is due soon",
    }
    submit(session, house)
    assert not any("due" in line for line in told(session, anna)), "it is done"
    give(session, town.carin, town.site_id, "ar", person_id=anna.person_id)
    assert told(session, anna)[-1] == "Carin gave you all pages that nobody else has, Arabic"


def test_a_comment_is_for_who_talks_there_and_a_fault_of_the_source_for_the_editor(
    house: House, session: Session
) -> None:
    town, at = house.town, (house.page.page_id, "en", house.page.key(BOOKS))
    comment_on(session, town.bo, *at, text="Twenty?", about=About.TRANSLATION)
    assert told(session, town.anna) == ["Bo commented on Biblioteket i Älvby, English"], (
        "nobody wrote there: all translators"
    )
    comment_on(session, town.anna, *at, text="Yes.", about=About.TRANSLATION)
    assert told(session, town.bo) == ["Anna commented on Biblioteket i Älvby, English"]
    assert "Anna" not in str(told(session, town.carin))
    comment_on(session, town.anna, *at, text="Åtta böcker?", about=About.SOURCE)
    assert told(session, town.carin)[-1] == "Anna found a fault in the Swedish text of Biblioteket i Älvby"
    assert notices(session, town.carin)[0].event.address.endswith("#said-of-source")


def test_a_readers_report_goes_to_who_has_the_page_and_its_words_are_not_in_the_notice(
    house: House, session: Session
) -> None:
    town, page = house.town, house.page
    decisions.approve(session, town.bo, submit(session, house), basis=Basis.READS)
    publish(session, town.bo, page.page_id, "en")
    give(session, town.carin, town.site_id, "en", person_id=town.carin.person_id, page_ids=[page.page_id])
    report(session, "alvby", "en", "bibliotek", place="", words="My number is 070-123 45 67.")
    assert told(session, town.carin)[-1] == "A reader reports a passage of Biblioteket i Älvby, English"
    (event,) = [one.event for one in notices(session, town.carin) if one.event.kind is Kind.REPORTED]
    assert "070" not in repr(event)
    assert "A reader" not in str(told(session, town.anna))


def test_each_reads_for_themselves_one_by_one_or_all_and_may_take_it_back(house: House, session: Session) -> None:
    town = house.town
    decisions.send_back(session, town.bo, submit(session, house), comment="No.")
    submit(session, house)
    session.flush()
    assert unread_count(session, town.bo) == 2
    first = notices(session, town.bo)[0].event.key
    mark(session, town.bo, [first, "log:999999"], read=True)
    mark(session, town.bo, [first], read=True)
    assert (unread_count(session, town.bo), unread_count(session, town.anna)) == (1, 1)
    mark(session, town.bo, None, read=True)
    mark(session, town.bo, [first], read=False)
    assert [notice.event.key for notice in notices(session, town.bo) if not notice.read] == [first]


def test_one_chooses_for_each_kind_how_one_is_told(house: House, session: Session) -> None:
    anna = house.town.anna
    assert anna.person_id is not None
    assert mail_choices(session, anna.person_id)[Kind.RETURNED] is Way.ONCE
    for way in (Way.NEVER, Way.DAILY):
        choose_mail(session, anna, {Kind.RETURNED: way})
        assert mail_choices(session, anna.person_id)[Kind.RETURNED] is way
    assert mail_choices(session, anna.person_id)[Kind.COMMENTED] is Way.DAILY


def test_administrators_hear_once_a_month_that_a_budget_is_nearly_used_up(house: House, session: Session) -> None:
    town, now = house.town, utc_now()
    site = site_by_id(session, town.site_id)
    set_budget(session, town.carin, site, "deepl", 1000)
    spend(session, site, "deepl", 799, now)
    assert told(session, town.carin) == []
    for characters in (1, 50):
        spend(session, site, "deepl", characters, now)
    settle(session, site, "deepl", -100, now)
    spend(session, site, "deepl", 150, now)
    once = "More than 80 per cent of the month's budget for the engine deepl is used"
    assert told(session, town.carin) == [once]
    assert notices(session, town.carin)[0].event.address == "/sites/alvby/engines"
    assert told(session, town.anna) == told(session, town.bo) == []
    spend(session, site, "deepl", 900, now + timedelta(days=32))
    assert told(session, town.carin) == [once, once]
