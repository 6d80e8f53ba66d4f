"""An approval is carried over a change of the source by a word that its meaning is the same, and by nothing else."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from review_app.accounts.log import audit_rows
from review_app.review import decisions, service
from review_app.review.going_back import bring_back, take_back
from review_app.review.replacing import replace_in
from review_app.review.views import SegmentRow
from review_app.text.phrases import Replacement
from tests.builders import HTML, MACHINE, build_page, say_yes
from tests.houses import House

LOAN, TYPO, OTHER = "Lånetiden är fyra veckor.", "Lånetiden är 4 veckor.", "Lånetiden är 4 hela veckor."
READ, UNREAD = LOAN, "Du får låna 20 böcker åt gången."
"""What Anna had corrected when Bo approved the page, and what nobody had read."""


@pytest.fixture
def approved(house: House) -> House:
    """The library's page, approved: one sentence corrected by Anna, the others as the machine left them."""
    with house.database.writing() as session:
        save(house, session, READ, "The loan period is 4 weeks.")
        say_yes(session, house.town, decisions.submit(session, house.town.anna, house.page.page_id, "en"))
    return house


def row(house: House, session: Session, beginning: str = READ) -> SegmentRow:
    return service.row(session, house.town.anna, house.page.page_id, "en", house.page.key(beginning))


def save(house: House, session: Session, beginning: str, text: str, who: str = "anna") -> None:
    at, number = (house.page.page_id, "en", house.page.key(beginning)), row(house, session, beginning).revision
    service.save(session, house.town.people[who], *at, text=text, based_on=number)


def accept(house: House, session: Session, beginning: str = READ) -> None:
    at, number = (house.page.page_id, "en", house.page.key(beginning)), row(house, session, beginning).revision
    service.accept(session, house.town.anna, *at, based_on=number)


def website_says(house: House, session: Session, old: str, new: str) -> None:
    build_page(session, house.town.site_id, html=HTML.replace(old, new), machine={})


def test_a_word_that_the_meaning_is_the_same_carries_it_and_is_logged(approved: House) -> None:
    with approved.database.writing() as session:
        website_says(approved, session, LOAN, TYPO)
        assert not row(approved, session).approved
        accept(approved, session)
        assert row(approved, session).approved
        newest = audit_rows(session, approved.town.carin, approved.town.site_id)[0]
    assert (newest.action, newest.actor) == ("segment.same_meaning", "Anna")


def it_was_never_read(house: House, session: Session) -> None:
    """To accept what nobody had read is to read it for the first time, and that of another source."""
    website_says(house, session, UNREAD, UNREAD.replace("20", "tjugo"))
    accept(house, session, UNREAD)


def another_text_is_written(house: House, session: Session) -> None:
    website_says(house, session, LOAN, TYPO)
    save(house, session, READ, "Loans are for 4 weeks.")


def another_text_is_accepted_for_the_new_source(house: House, session: Session) -> None:
    save(house, session, READ, "Loans are for 4 weeks.")
    website_says(house, session, LOAN, TYPO)
    accept(house, session)


def it_is_saved_by_somebody_else_who_says_nothing_of_the_source(house: House, session: Session) -> None:
    website_says(house, session, LOAN, TYPO)
    save(house, session, READ, "The loan period is 4 weeks.", who="carin")


def the_source_changes_once_more(house: House, session: Session) -> None:
    website_says(house, session, LOAN, TYPO)
    accept(house, session)
    website_says(house, session, LOAN, OTHER)


def the_word_is_taken_back(house: House, session: Session) -> None:
    website_says(house, session, LOAN, TYPO)
    accept(house, session)
    at, number = (house.page.page_id, "en", house.page.key(READ)), row(house, session).revision
    take_back(session, house.town.anna, *at, number=number)


def an_unapproved_text_is_brought_back(house: House, session: Session) -> None:
    """The machine's text that Anna had corrected stood before the approval."""
    at, number = (house.page.page_id, "en", house.page.key(READ)), row(house, session).revision
    bring_back(session, house.town.anna, *at, number=1, based_on=number)


def a_correction_is_put_in_everywhere(house: House, session: Session) -> None:
    chosen = {house.page.segment(READ).segment_id: row(house, session).revision}
    replace_in(session, house.town.anna, house.town.slug, "en", Replacement("loan period", "time of loan"), chosen)


ENDS: dict[Callable[[House, Session], None], str] = {
    it_was_never_read: UNREAD,
    another_text_is_written: READ,
    another_text_is_accepted_for_the_new_source: READ,
    it_is_saved_by_somebody_else_who_says_nothing_of_the_source: READ,
    the_source_changes_once_more: READ,
    the_word_is_taken_back: READ,
    an_unapproved_text_is_brought_back: READ,
    a_correction_is_put_in_everywhere: READ,
}
"""What ends an approval, and of which sentence."""


@pytest.mark.parametrize("happens", ENDS, ids=lambda happens: happens.__name__)
def test_nothing_else_carries_it(approved: House, happens: Callable[[House, Session], None]) -> None:
    with approved.database.writing() as session:
        assert row(approved, session, ENDS[happens]).approved
        happens(approved, session)
        assert not row(approved, session, ENDS[happens]).approved


def test_it_is_carried_for_the_sentence_it_was_said_of_alone(approved: House) -> None:
    with approved.database.writing() as session:
        changed = HTML.replace(LOAN, TYPO).replace(UNREAD, UNREAD.replace("20", "tjugo"))
        build_page(session, approved.town.site_id, html=changed, machine={})
        accept(approved, session)
        assert row(approved, session).approved
        assert not row(approved, session, UNREAD).approved
        head = service.bench(session, approved.town.anna, approved.page.page_id, "en").head
    assert round(head.approved_share * len(MACHINE)) == len(MACHINE) - 1


def test_what_was_carried_and_approved_again_is_carried_on(approved: House) -> None:
    with approved.database.writing() as session:
        website_says(approved, session, LOAN, TYPO)
        accept(approved, session)
        save(approved, session, UNREAD, "You may borrow 20 books at a time.")
        say_yes(session, approved.town, decisions.submit(session, approved.town.anna, approved.page.page_id, "en"))
        assert row(approved, session).approved
