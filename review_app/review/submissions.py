"""Reads submissions and the answers to them; writes nothing."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from review_app.accounts.service import names_of
from review_app.db import among_given
from review_app.errors import NotFound
from review_app.locale import N_
from review_app.pages.tables import Page
from review_app.review.states import Verdict
from review_app.review.tables import Decision, DecisionComment, Submission, SubmissionItem
from review_app.review.views import DecisionView
from review_app.translations.tables import Revision


class Latest(NamedTuple):
    """A page's newest submission in a language, and the answer to it."""

    submission: Submission
    decision: Decision | None


def decision_view(session: Session, decision: Decision | None) -> DecisionView | None:
    """Return an answer with the name of who gave it."""
    if decision is None:
        return None
    names = names_of(session, {decision.decided_by} if decision.decided_by else set())
    return DecisionView(
        verdict=decision.verdict,
        basis=decision.basis,
        comment=decision.comment,
        by=names.get(decision.decided_by or 0, ""),
        at=decision.decided_at,
    )


def latest_submissions(session: Session, page_ids: Sequence[int], language: str) -> dict[int, Latest]:
    """Return each page's newest submission with its decision, by page id; one of which a part was approved as it is."""
    rows = session.execute(_LATEST, {"page_ids": list(page_ids), "language": language})
    return {submission.page_id: Latest(submission, decision) for submission, decision in rows}


_LATEST = (
    select(Submission, Decision)
    .outerjoin(Decision, Decision.submission_id == Submission.id)
    .where(
        Submission.id.in_(
            select(func.max(Submission.id))
            .where(among_given(Submission.page_id, "page_ids"), Submission.language == bindparam("language"))
            .where(Submission.part_of_id.is_(None))
            .group_by(Submission.page_id)
        )
    )
)


def pages_answered(session: Session, site_id: int, language: str, verdict: Verdict | None) -> list[int]:
    """Return the ids of a site's pages whose newest submission in a language got this answer, or none yet."""
    newest = (
        select(func.max(Submission.id))
        .join(Page, Submission.page_id == Page.id)
        .where(Page.site_id == site_id, Submission.language == language, Submission.part_of_id.is_(None))
        .group_by(Submission.page_id)
    )
    rows = session.scalars(
        select(Submission.page_id)
        .outerjoin(Decision, Decision.submission_id == Submission.id)
        .where(
            Submission.id.in_(newest), Decision.verdict.is_(None) if verdict is None else Decision.verdict == verdict
        )
    )
    return list(rows)


def newest_approvals(session: Session, page_ids: Sequence[int], language: str) -> dict[int, Decision]:
    """Return, by page id, the decision on the page's newest approved submission."""
    rows = session.execute(
        select(Submission.page_id, Decision)
        .join(Decision, Decision.submission_id == Submission.id)
        .where(Submission.id.in_(_newest_approved(page_ids, language)))
    )
    return dict(rows.all())


def approved_items(session: Session, page_ids: Sequence[int], language: str) -> dict[int, dict[int, int]]:
    """Return, by page id, the revision id of each segment in the page's newest approved submission."""
    return _by_page(session, _approved(page_ids, language, SubmissionItem.revision_id))


def approved_as(session: Session, page_ids: Sequence[int], language: str) -> dict[int, dict[int, int]]:
    """Return the same as ``Revision.approved_as`` says it: a text that was carried over and approved again is one."""
    named = func.coalesce(Revision.carried_from_id, Revision.id)
    rows = _approved(page_ids, language, named).join(Revision, SubmissionItem.revision_id == Revision.id)
    return _by_page(session, rows)


def approved_before(session: Session, submission: Submission) -> dict[int, Revision]:
    """Return, by segment id, what was approved last of a page when a submission of it was made."""
    newest = _newest_approved([submission.page_id], submission.language, before=submission.part_of_id or submission.id)
    found = session.scalar(newest)
    return items_of(session, found) if found else {}


def _approved(
    page_ids: Sequence[int], language: str, column: ColumnElement[int] | InstrumentedAttribute[int]
) -> Select[int, int, int]:
    return (
        select(Submission.page_id, SubmissionItem.segment_id, column)
        .join(SubmissionItem, SubmissionItem.submission_id == Submission.id)
        .where(Submission.id.in_(_newest_approved(page_ids, language)))
    )


def _by_page(session: Session, rows: Select[int, int, int]) -> dict[int, dict[int, int]]:
    found: dict[int, dict[int, int]] = {}
    for page_id, segment_id, revision_id in session.execute(rows):
        found.setdefault(page_id, {})[segment_id] = revision_id
    return found


def get_submission(session: Session, submission_id: int) -> Submission:
    """Return a submission; raises ``NotFound``."""
    submission = session.get(Submission, submission_id)
    if submission is None:
        raise NotFound(N_("There is no such submission."))
    return submission


def part_hash(content_hash: str) -> str:
    """Return the hash of what covers a part of a page as it stands: never that of the page."""
    return f"part of {content_hash}"[:64]


def items_of(session: Session, submission_id: int) -> dict[int, Revision]:
    """Return the exact revision of each segment of a submission."""
    rows = session.execute(
        select(SubmissionItem.segment_id, Revision)
        .join(Revision, SubmissionItem.revision_id == Revision.id)
        .where(SubmissionItem.submission_id == submission_id)
    )
    return dict(rows.all())


def part_of(session: Session, submission_id: int) -> Submission | None:
    """Return what was approved of a submission that was approved in part."""
    return session.scalar(select(Submission).where(Submission.part_of_id == submission_id))


def comments_of(session: Session, decision_id: int) -> dict[int, str]:
    """Return what was said of passages in a decision, by segment id."""
    rows = select(DecisionComment.segment_id, DecisionComment.text).where(DecisionComment.decision_id == decision_id)
    return dict(session.execute(rows).all())


def _newest_approved(page_ids: Sequence[int], language: str, before: int | None = None) -> Select[int]:
    return (
        select(func.max(Submission.id))
        .join(Decision, Decision.submission_id == Submission.id)
        .where(
            Submission.page_id.in_(page_ids),
            Submission.language == language,
            Decision.verdict == Verdict.APPROVED,
            *([Submission.id < before] if before is not None else []),
        )
        .group_by(Submission.page_id)
    )
