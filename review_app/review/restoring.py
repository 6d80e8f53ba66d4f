"""Brings in submissions and approvals from elsewhere: a corpus folder that an administrator takes in."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.orm import Session

from review_app.accounts.permissions import Action, Actor
from review_app.accounts.service import record
from review_app.db import utc_now
from review_app.pages.service import PageView
from review_app.review.decisions import add_submission, ids_of, offered
from review_app.review.heads import content_hash
from review_app.review.remembering import remember
from review_app.review.states import Basis, Verdict
from review_app.review.submissions import part_hash
from review_app.review.tables import Decision, Submission
from review_app.review.work import load_work
from review_app.sites.service import site_by_id


def restore_submission(
    session: Session,
    actor: Actor,
    page: PageView,
    language: str,
    *,
    segment_ids: Collection[int] | None = None,
    approver_id: int | None = None,
    basis: Basis = Basis.VOUCHES,
    decided_at: datetime | None = None,
) -> int:
    """Bring in a submission from elsewhere, marked as imported; with segments, it is one that was approved there.

    Texts that were not approved there keep the restored approval from covering the page as it stands.
    """
    actor.require(Action.ADMINISTER, page.site_id)
    work = load_work(session, site_by_id(session, page.site_id), [page], language)
    covered = {
        key: found for key, found in offered(session, work, page).items() if segment_ids is None or key in segment_ids
    }
    whole = len(covered) == len(work.revisions)
    submission = Submission(
        page_id=page.id,
        page_version_id=page.version_id,
        language=language,
        content_hash=content_hash(work, page) if whole else part_hash(content_hash(work, page)),
        submitted_by=actor.person_id,
        submitted_at=decided_at or utc_now(),
        imported=segment_ids is not None,
    )
    add_submission(session, submission, covered)
    if segment_ids is not None:
        session.add(
            Decision(
                submission_id=submission.id,
                verdict=Verdict.APPROVED,
                basis=basis,
                decided_by=approver_id,
                decided_at=decided_at or utc_now(),
            )
        )
        remember(session, page.site_id, language, ids_of(covered))
    record(
        session,
        actor,
        "page.restore",
        f"submission:{submission.id}",
        site_id=page.site_id,
        after={"page": page.path, "language": language, "texts": len(covered), "approved": segment_ids is not None},
    )
    session.flush()
    return submission.id
