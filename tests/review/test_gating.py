"""The gate before an approval: the service asks it, whatever the page shows."""

import pytest
from sqlalchemy import select

from review_app.accounts.administration import change_rule
from review_app.accounts.permissions import COMMAND_LINE
from review_app.accounts.tables import AuditEntry
from review_app.checks.states import FlagState
from review_app.errors import BadInput, Conflict, NotAllowed
from review_app.review import gating, service
from review_app.review.desk import desk
from review_app.review.gate import Obstacle
from review_app.review.tables import Waiver
from review_app.sites.policy import ContentClass
from review_app.sites.sections import Rule
from tests.houses import House
from tests.review.hands import BOOKS, RULES, allow, approve, correct, save, submit


def about_rights(house: House) -> None:
    with house.database.writing() as session:
        rule = Rule("bibliotek", ContentClass.RIGHTS)
        change_rule(session, COMMAND_LINE, house.town.site_id, rule)


def test_an_open_critical_flag_blocks_until_it_is_mended(house: House) -> None:
    submission = submit(house)
    with pytest.raises(BadInput, match="critical flag is open on 2"):
        approve(house, submission)
    correct(house)
    approve(house, submit(house))


def test_a_dismissed_flag_blocks_no_more(house: House) -> None:
    save(house, RULES, "The rules were adopted by the council on 23 June 2014.")
    with house.database.writing() as session:
        anna, page, key = house.town.anna, house.page.page_id, house.page.key(BOOKS)
        (flag,) = service.row(session, anna, page, "en", key).open_flags
        service.dismiss(session, anna, page, "en", key, flag_id=flag.id or 0, state=FlagState.DISMISSED)
    approve(house, submit(house))


def test_an_administrator_s_reason_lets_it_through_and_is_kept(house: House) -> None:
    submission = submit(house)
    allow(house, submission)
    allow(house, submission)  # the same again changes nothing
    approve(house, submission)
    with house.database.reading() as session:
        (waiver,) = desk(session, house.town.bo, submission).waivers
        entries = {
            entry.action: entry.after
            for entry in session.scalars(select(AuditEntry).where(AuditEntry.subject == f"submission:{submission}"))
        }
    assert (waiver.reason, waiver.by) == ("Checked by telephone.", "Carin")
    assert entries["page.allow"] == {
        "page": "bibliotek",
        "language": "en",
        "reason": "Checked by telephone.",
        "critical_flags": 2,
    }
    assert entries["page.approve"]["reason"] == "Checked by telephone."
    assert entries["page.approve"]["little_read"] is True


def test_a_reason_is_not_for_what_comes_after_it(house: House) -> None:
    submission = submit(house)
    allow(house, submission)
    with house.database.writing() as session:
        waiver = session.scalars(select(Waiver)).one()
        waiver.segments = {Obstacle.CRITICAL_FLAGS: [house.page.segment(BOOKS).segment_id]}  # the other came later
    with pytest.raises(BadInput, match="critical flag"):
        approve(house, submission)


def test_a_reason_needs_words_an_administrator_and_a_page_as_submitted(house: House) -> None:
    submission = submit(house)
    with pytest.raises(BadInput, match="Write why"):
        allow(house, submission, reason=" ")
    for who in ("anna", "bo"):
        with pytest.raises(NotAllowed):
            allow(house, submission, who)
    with house.database.writing() as session, pytest.raises(NotAllowed, match="person's name"):
        gating.allow(session, COMMAND_LINE, submission, reason="A machine says so.")
    correct(house)
    with pytest.raises(Conflict, match="changed after"):
        allow(house, submission)


def test_unread_passages_about_rights_block_and_accepted_ones_count_as_read(house: House) -> None:
    about_rights(house)
    correct(house)
    with pytest.raises(BadInput, match="no person has read 6 of the sentences"):
        approve(house, submit(house))
    with house.database.writing() as session:
        anna, page = house.town.anna, house.page.page_id
        for row in service.bench(session, anna, page, "en").rows:
            service.accept(session, anna, page, "en", row.key, based_on=row.revision)
    approve(house, submit(house))


def test_too_little_read_warns_and_does_not_block(house: House) -> None:
    correct(house)
    submission = submit(house)
    with house.database.reading() as session:
        met = desk(session, house.town.bo, submission).gate
    assert (met.read, met.total, met.least, met.little_read) == (2, 8, 50, True)
    approve(house, submission)
