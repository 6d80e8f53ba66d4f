"""Reads what the desk shows of a submission: the exact texts that were submitted, and what an approver has to know."""

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.permissions import Action, Actor
from review_app.accounts.service import names_of
from review_app.pages.service import PageView
from review_app.review.answering import why_not
from review_app.review.gating import allowed, gate_of, waivers_of
from review_app.review.heads import content_hash, head_of
from review_app.review.opening import open_page
from review_app.review.rows import rows_of
from review_app.review.submissions import (
    approved_before,
    comments_of,
    decision_view,
    get_submission,
    items_of,
    part_hash,
    part_of,
)
from review_app.review.tables import Decision, Submission
from review_app.review.views import Before, Desk, DeskRow, Part
from review_app.review.work import Work, load_work
from review_app.translations.tables import Revision


def desk(session: Session, actor: Actor, submission_id: int, against: int | None = None) -> Desk:
    """Return a submission for whoever decides on it, or who looks what was decided: its texts, whatever came later.

    It is compared with what was approved last when it was made, or with the submission ``against``.
    """
    submission = get_submission(session, submission_id)
    page, present = open_page(session, actor, submission.page_id, submission.language, Action.READ)
    items = items_of(session, submission_id)
    then, work = _as_submitted(session, present, page, submission, items)
    before = approved_before(session, submission) if against is None else items_of(session, against)
    decision = session.scalar(select(Decision).where(Decision.submission_id == submission_id))
    comments = comments_of(session, decision.id) if decision else {}
    segment_ids = {segment.key: segment.segment_id for segment in work.segments(then)}
    met = gate_of(work, then, items)
    refusal = why_not(session, actor, present, page, submission, decision)
    counted = head_of(work, then)
    part, digest = part_of(session, submission_id), content_hash(present, page)
    return Desk(
        head=replace(
            head_of(present, page), segments=counted.segments, read=counted.read, open_flags=counted.open_flags
        ),
        submission_id=submission_id,
        page_version_id=submission.page_version_id,
        submitted_by=names_of(session, {submission.submitted_by or 0}).get(submission.submitted_by or 0, ""),
        submitted_at=submission.submitted_at,
        rows=tuple(
            DeskRow(
                row=row,
                before=Before(found.text, found.source) if (found := before.get(segment_ids[row.key])) else None,
                offered=segment_ids[row.key] in items,
                comment=comments.get(segment_ids[row.key], ""),
            )
            for row in rows_of(session, work, then)
        ),
        decision=decision_view(session, decision),
        holds=submission.content_hash in {digest, part_hash(digest)},
        may_decide=refusal is None,
        may_publish=actor.may(Action.PUBLISH, page.site_id, submission.language),
        why_not=refusal,
        gate=met,
        blocking=met.blocking(allowed(session, submission.part_of_id or submission_id)),
        waivers=waivers_of(session, submission),
        may_allow=decision is None and actor.person_id is not None and actor.may(Action.ADMINISTER, page.site_id),
        gone=tuple(
            Before(revision.text, revision.source)
            for segment_id, revision in before.items()
            if segment_id not in segment_ids.values()
        ),
        part=Part(part.id, len(items_of(session, part.id).keys() & items.keys())) if part else None,
    )


def _as_submitted(
    session: Session, present: Work, page: PageView, submission: Submission, items: dict[int, Revision]
) -> tuple[PageView, Work]:
    """Return the page as it stood then, with the revisions that were submitted."""
    then = replace(page, version_id=submission.page_version_id)
    return then, load_work(session, present.site, [then], submission.language, exactly=items)
