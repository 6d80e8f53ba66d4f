"""Approval: another person's yes to exactly what was submitted."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from review_app.accounts.tables import AuditEntry
from review_app.errors import BadInput, Conflict, NotAllowed
from review_app.review import decisions, gating, service
from review_app.review.desk import desk
from review_app.review.states import Basis, PageState, Verdict
from review_app.review.tables import Decision
from review_app.sites.tables import Site
from tests.builders import build_page, say_yes
from tests.houses import House


def submit(house: House) -> int:
    with house.database.writing() as session:
        return decisions.submit(session, house.town.anna, house.page.page_id, "en")


def approve(house: House, submission: int, who: str = "bo") -> None:
    allow(house, submission)
    with house.database.writing() as session:
        decisions.approve(session, house.town.people[who], submission, basis=Basis.READS)


def allow(house: House, submission: int) -> None:
    """Let Carin record why the machine's two wrong figures may pass."""
    with house.database.writing() as session:
        gating.allow(session, house.town.carin, submission, reason="Checked by telephone.")


def state(house: House) -> PageState:
    with house.database.reading() as session:
        return service.bench(session, house.town.anna, house.page.page_id, "en").head.state


def correct(house: House, text: str = "The loan period is 4 weeks.") -> None:
    with house.database.writing() as session:
        found = service.row(session, house.town.anna, house.page.page_id, "en", house.page.key("Lånetiden"))
        service.save(
            session,
            house.town.anna,
            house.page.page_id,
            "en",
            house.page.key("Lånetiden"),
            text=text,
            based_on=found.revision,
        )


def test_from_submission_to_approval(house: House) -> None:
    correct(house)
    submission = submit(house)
    assert state(house) is PageState.SUBMITTED
    approve(house, submission)
    assert state(house) is PageState.APPROVED


def test_submitting_twice_is_one_submission(house: House) -> None:
    assert submit(house) == submit(house)


def test_whoever_wrote_or_submitted_cannot_approve(house: House) -> None:
    submission = submit(house)
    with pytest.raises(NotAllowed):
        approve(house, submission, "anna")
    with pytest.raises(NotAllowed):
        approve(house, submission, "carin")


def test_one_person_mode_is_recorded(house: House) -> None:
    both = replace(
        house.town.anna,
        roles=tuple((site, roles | house.town.bo.roles[0][1]) for site, roles in house.town.anna.roles),
    )
    submission = submit(house)
    allow(house, submission)
    with house.database.writing() as session, pytest.raises(NotAllowed, match="Another person"):
        decisions.approve(session, both, submission, basis=Basis.READS)
    with house.database.writing() as session:
        session.get_one(Site, house.town.site_id).one_person_mode = True
    with house.database.writing() as session:
        decisions.approve(session, both, submission, basis=Basis.READS)


def test_an_edit_ends_the_submission_and_the_approval(house: House) -> None:
    submission = submit(house)
    correct(house)
    with pytest.raises(Conflict, match="changed after"), house.database.writing() as session:
        decisions.approve(session, house.town.bo, submission, basis=Basis.READS)
    approve(house, submit(house))
    assert state(house) is PageState.APPROVED
    correct(house, "Loans are for four weeks.")
    assert state(house) is PageState.WORK


def test_there_is_only_one_decision(house: House) -> None:
    submission = submit(house)
    approve(house, submission)
    with pytest.raises(Conflict, match="already"), house.database.writing() as session:
        say_yes(session, house.town, submission, Basis.VOUCHES)
    with pytest.raises(Conflict, match="already"), house.database.writing() as session:
        decisions.send_back(session, house.town.bo, submission, comment="On second thoughts.")


def test_the_same_word_sent_again_is_given_once(house: House) -> None:
    """The answer to the first was lost on its way, and the browser sent the form again."""
    submission = submit(house)
    assert submit(house) == submission
    approve(house, submission)
    with house.database.writing() as session:
        decisions.approve(session, house.town.bo, submission, basis=Basis.READS)
    with house.database.reading() as session:
        assert len(session.scalars(select(Decision)).all()) == 1
        told = session.scalars(select(AuditEntry.action).where(AuditEntry.subject == f"submission:{submission}")).all()
    assert told == ["page.submit", "page.allow", "page.approve"]


def test_a_return_needs_a_reason_and_shows_it(house: House) -> None:
    submission = submit(house)
    with house.database.writing() as session, pytest.raises(BadInput):
        decisions.send_back(session, house.town.bo, submission, comment=" ")
    with house.database.writing() as session:
        decisions.send_back(session, house.town.bo, submission, comment="Say municipal council.")
    with house.database.reading() as session:
        ((head, decision),) = decisions.returned(session, house.town.anna)
    assert (head.state, decision.verdict, decision.comment) == (
        PageState.RETURNED,
        Verdict.RETURNED,
        "Say municipal council.",
    )


def test_the_desk_shows_what_changed_since_the_last_approval(house: House) -> None:
    approve(house, submit(house))
    correct(house)
    with house.database.reading() as session:
        assert decisions.waiting(session, house.town.bo) == []
    submission = submit(house)
    with house.database.reading() as session:
        found = desk(session, house.town.bo, submission)
    assert [changed.row.text for changed in found.rows if changed.changed] == ["The loan period is 4 weeks."]
    assert found.may_decide


def test_a_gloss_is_never_submitted(house: House) -> None:
    with house.database.writing() as session:
        page = build_page(session, house.town.site_id, path="glosa", engine="gloss", publishable=False)
    with house.database.writing() as session, pytest.raises(BadInput, match="nothing to submit"):
        decisions.submit(session, house.town.anna, page.page_id, "en")
