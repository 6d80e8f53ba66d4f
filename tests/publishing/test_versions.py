"""Approved versions: listed, compared, and one of them before the public again."""

import pytest
from sqlalchemy import select

from review_app.accounts.permissions import COMMAND_LINE
from review_app.accounts.tables import AuditEntry
from review_app.errors import BadInput, NotAllowed
from review_app.publishing.archive import editions
from review_app.publishing.public import public_page
from review_app.publishing.pulling import pull_passage
from review_app.publishing.service import publish, with_publications
from review_app.publishing.versions import Version, roll_back, versions
from review_app.review import decisions, service
from review_app.review.desk import desk
from review_app.review.states import PageState
from review_app.segments.service import import_page
from tests.builders import HTML
from tests.houses import House
from tests.review.hands import approve, correct, save, submit

LOAN = "Lånetiden"
FIRST, SECOND = "The loan period is four weeks.", "Loans are for a month."


def twice_approved(house: House) -> tuple[int, int]:
    """Have the page approved and published twice, with another sentence the second time."""
    correct(house)
    first = submit(house)
    approve(house, first)
    publish_newest(house)
    save(house, LOAN, SECOND)
    second = submit(house)
    approve(house, second)
    publish_newest(house)
    return first, second


def publish_newest(house: House) -> None:
    with house.database.writing() as session:
        publish(session, house.town.bo, house.page.page_id, "en")


def back_to(house: House, submission: int, who: str = "bo") -> int:
    with house.database.writing() as session:
        return roll_back(session, house.town.people[who], submission)


def public(house: House) -> str:
    with house.database.reading() as session:
        return public_page(session, house.town.slug, "en", "bibliotek").html


def listed(house: House) -> list[Version]:
    with house.database.reading() as session:
        return versions(session, house.town.anna, house.page.page_id, "en")


def state(house: House) -> PageState:
    with house.database.reading() as session:
        head = service.bench(session, house.town.anna, house.page.page_id, "en").head
        return with_publications(session, [head])[0].state


def test_an_earlier_version_is_public_again_and_the_newer_can_come_back(house: House) -> None:
    first, second = twice_approved(house)
    assert SECOND in public(house)
    back_to(house, first)
    assert FIRST in public(house)
    assert [(one.submission_id, one.public) for one in listed(house)] == [(second, False), (first, True)]
    assert state(house) is PageState.APPROVED
    back_to(house, second)
    assert SECOND in public(house)
    assert state(house) is PageState.PUBLISHED
    with house.database.reading() as session:
        assert len(editions(session, house.town.carin, house.page.page_id, "en")) == 4, "each is on record"


def test_going_back_is_logged_and_done_once(house: House) -> None:
    first, _ = twice_approved(house)
    assert back_to(house, first) == back_to(house, first)
    with house.database.reading() as session:
        told = session.scalars(select(AuditEntry).where(AuditEntry.action == "page.roll_back")).all()
    assert [(entry.subject, entry.actor) for entry in told] == [(f"submission:{first}", "Bo")]


def test_what_is_being_worked_on_stays_as_it_is(house: House) -> None:
    first, _ = twice_approved(house)
    save(house, LOAN, "Not finished.")
    back_to(house, first)
    with house.database.reading() as session:
        row = service.row(session, house.town.anna, house.page.page_id, "en", house.page.key(LOAN))
    assert row.text == "Not finished."
    assert state(house) is PageState.WORK


def test_what_was_withdrawn_since_stays_withdrawn(house: House) -> None:
    correct(house)
    first = submit(house)
    approve(house, first)
    publish_newest(house)
    with house.database.writing() as session:
        pull_passage(session, house.town.bo, house.page.page_id, "en", house.page.key(LOAN))
    save(house, LOAN, SECOND)
    approve(house, submit(house))
    publish_newest(house)
    back_to(house, first)
    assert FIRST not in public(house)
    assert "Lånetiden är fyra veckor." in public(house)


def test_it_stands_on_the_page_as_it_was_then(house: House) -> None:
    first, _ = twice_approved(house)
    with house.database.writing() as session:
        body = HTML.replace("fyra veckor", "tre veckor").encode()
        import_page(session, COMMAND_LINE, house.town.site_id, body=body, path="bibliotek", origin="test")
    back_to(house, first)
    assert FIRST in public(house)


def test_only_who_publishes_may_and_only_what_was_approved(house: House) -> None:
    first, _ = twice_approved(house)
    with pytest.raises(NotAllowed):
        back_to(house, first, "anna")
    save(house, LOAN, "Another.")
    third = submit(house)
    with house.database.writing() as session:
        decisions.send_back(session, house.town.bo, third, comment="No.")
    with pytest.raises(BadInput, match="not approved"):
        back_to(house, third)


def test_two_versions_are_compared_text_by_text(house: House) -> None:
    first, second = twice_approved(house)
    with house.database.reading() as session:
        found = desk(session, house.town.bo, second, against=first)
        same = desk(session, house.town.bo, first, against=first)
    changed = [(one.before.text if one.before else None, one.row.text) for one in found.rows if one.changed]
    assert changed == [(FIRST, SECOND)]
    assert not any(one.changed for one in same.rows)


def test_a_later_edit_ends_the_approval_of_what_it_touched_and_says_so(house: House) -> None:
    twice_approved(house)
    save(house, LOAN, "Not finished.")
    with house.database.reading() as session:
        bench = service.bench(session, house.town.anna, house.page.page_id, "en")
    assert bench.ended == 1
    assert sum(row.approved for row in bench.rows) == len(bench.rows) - 1
    assert SECOND in public(house), "the public keeps what was approved"


def test_a_page_that_is_approved_as_it_stands_is_not_submitted_again(house: House) -> None:
    twice_approved(house)
    with pytest.raises(BadInput, match="approved as it stands"):
        submit(house)
