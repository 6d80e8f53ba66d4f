"""Reads submissions and the answers to them; writes nothing."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session

from review_app.accounts.service import names_of
from review_app.db import among_given
from review_app.pages.tables import Page
from review_app.review.states import Verdict
from review_app.review.tables import Decision, Submission, SubmissionItem
from review_app.review.views import DecisionView


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
    """Return each page's newest submission with its decision, by page id."""
    rows = session.execute(_LATEST, {"page_ids": list(page_ids), "language": language})
    return {submission.page_id: Latest(submission, decision) for submission, decision in rows}


_LATEST = (
    select(Submission, Decision)
    .outerjoin(Decision, Decision.submission_id == Submission.id)
    .where(
        Submission.id.in_(
            select(func.max(Submission.id))
            .where(among_given(Submission.page_id, "page_ids"), Submission.language == bindparam("language"))
            .group_by(Submission.page_id)
        )
    )
)


def pages_answered(session: Session, site_id: int, language: str, verdict: Verdict | None) -> list[int]:
    """Return the ids of a site's pages whose newest submission in a language got this answer, or none yet."""
    newest = (
        select(func.max(Submission.id))
        .join(Page, Submission.page_id == Page.id)
        .where(Page.site_id == site_id, Submission.language == language)
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
    rows = session.execute(
        select(Submission.page_id, SubmissionItem.segment_id, SubmissionItem.revision_id)
        .join(SubmissionItem, SubmissionItem.submission_id == Submission.id)
        .where(Submission.id.in_(_newest_approved(page_ids, language)))
    )
    found: dict[int, dict[int, int]] = {}
    for page_id, segment_id, revision_id in rows:
        found.setdefault(page_id, {})[segment_id] = revision_id
    return found


def _newest_approved(page_ids: Sequence[int], language: str) -> Select[int]:
    return (
        select(func.max(Submission.id))
        .join(Decision, Decision.submission_id == Submission.id)
        .where(
            Submission.page_id.in_(page_ids),
            Submission.language == language,
            Decision.verdict == Verdict.APPROVED,
        )
        .group_by(Submission.page_id)
    )
