"""The approved versions of a page in a language: which there are, and one of them before the public again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from review_app.accounts.permissions import Action, Actor
from review_app.accounts.service import names_of, record
from review_app.errors import BadInput, NotFound
from review_app.locale import N_
from review_app.pages.service import get_page, hold_page
from review_app.publishing.editions import edition_of
from review_app.publishing.service import find_live, publish, publish_edition
from review_app.review.states import Basis, Verdict
from review_app.review.submissions import get_submission
from review_app.review.tables import Decision, Submission, SubmissionItem
from review_app.sites.service import site_by_id


@dataclass(frozen=True, slots=True)
class Version:
    """Texts of a page that were approved together; ``public`` says that readers see exactly these now."""

    submission_id: int
    approved_at: datetime
    approved_by: str
    basis: Basis | None
    comment: str
    texts: int
    in_part: bool
    imported: bool
    one_person: bool
    public: bool


def versions(session: Session, actor: Actor, page_id: int, language: str) -> list[Version]:
    """Return what was approved of a page, newest first; raises ``NotFound`` for strangers."""
    page = get_page(session, page_id)
    if not actor.may(Action.READ, page.site_id):
        raise NotFound(N_("There is no such page."))
    rows = _approved(session, page_id, language)
    names = names_of(session, {decision.decided_by for _, decision, _ in rows if decision.decided_by})
    live = find_live(session, page_id, language)
    return [
        Version(
            submission_id=submission.id,
            approved_at=decision.decided_at,
            approved_by=names.get(decision.decided_by or 0, ""),
            basis=decision.basis,
            comment=decision.comment,
            texts=texts,
            in_part=submission.part_of_id is not None,
            imported=submission.imported,
            one_person=decision.one_person,
            public=live is not None and live.submission_id == submission.id,
        )
        for submission, decision, texts in rows
    ]


def roll_back(session: Session, actor: Actor, submission_id: int) -> int:
    """Put an earlier approved version before the public again; returns the publication's id.

    What was public until now stays on record; what was pulled since stays pulled, and what is being worked on stays
    as it is.
    """
    submission = get_submission(session, submission_id)
    hold_page(session, submission.page_id)
    page = get_page(session, submission.page_id)
    if not actor.may(Action.READ, page.site_id):
        raise NotFound(N_("There is no such submission."))
    actor.require(Action.PUBLISH, page.site_id, submission.language)
    approved = {row.id: decision for row, decision, _ in _approved(session, page.id, submission.language)}
    if submission_id not in approved:
        raise BadInput(N_("This was not approved as it stands, so it cannot be published."))
    if submission_id == max(approved):
        return publish(session, actor, page.id, submission.language)
    before = find_live(session, page.id, submission.language)
    if before is not None and before.submission_id == submission_id:
        return before.id
    site = site_by_id(session, page.site_id)
    edition = edition_of(session, submission, approved[submission_id])
    published = publish_edition(session, actor, site, page, submission.language, edition)
    record(
        session,
        actor,
        "page.roll_back",
        f"submission:{submission_id}",
        site_id=page.site_id,
        before={"publication": before.id if before else None},
        after={"page": page.path, "language": submission.language, "publication": published},
    )
    session.flush()
    return published


def _approved(session: Session, page_id: int, language: str) -> Sequence[tuple[Submission, Decision, int]]:
    """Return a page's approved submissions with how many texts each has, newest first."""
    texts = (
        select(func.count())
        .where(SubmissionItem.submission_id == Submission.id)
        .correlate(Submission)
        .scalar_subquery()
    )
    rows = session.execute(
        select(Submission, Decision, texts)
        .join(Decision, Decision.submission_id == Submission.id)
        .where(Submission.page_id == page_id, Submission.language == language, Decision.verdict == Verdict.APPROVED)
        .order_by(Submission.id.desc())
    )
    return [(submission, decision, count) for submission, decision, count in rows]
