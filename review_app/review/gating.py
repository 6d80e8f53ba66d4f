"""Use cases of the gate before an approval: what is in a submission's way, and a reason to pass all the same."""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.permissions import Action, Actor
from review_app.accounts.service import names_of, record
from review_app.errors import BadInput, Conflict, NotAllowed
from review_app.locale import N_
from review_app.pages.service import PageView, hold_page
from review_app.review.gate import Gate, Obstacle, Passage, gate
from review_app.review.heads import content_hash
from review_app.review.opening import open_page
from review_app.review.submissions import get_submission, items_of
from review_app.review.tables import Decision, Submission, Waiver
from review_app.review.views import WaiverView
from review_app.review.work import Work
from review_app.translations.origin import Origin

LONGEST_REASON = 2_000


def gate_of(work: Work, page: PageView, segment_ids: Collection[int]) -> Gate:
    """Return what an approval of some of a page's texts meets."""
    passages = [
        Passage(
            segment_id=segment.segment_id,
            read=revision.origin.read_by_person,
            critical=sum(flag.severity == "critical" for flag in work.open_flags(segment)),
            copied=revision.origin is Origin.COPY,
        )
        for segment in work.segments(page)
        if segment.segment_id in segment_ids and (revision := work.fresh_revision(segment)) is not None
    ]
    return gate(passages, page.content_class, work.site.least_read)


def allow(session: Session, actor: Actor, submission_id: int, *, reason: str) -> None:
    """Record an administrator's reason why what blocks a submission now shall not.

    It holds for the passages that are in the way now, as they are submitted, and for nothing that comes later.
    """
    submission = get_submission(session, submission_id)
    hold_page(session, submission.page_id)
    page, work = open_page(session, actor, submission.page_id, submission.language, Action.ADMINISTER)
    if actor.person_id is None:
        raise NotAllowed(N_("A reason needs a person's name. Sign in to record one."))
    if session.scalar(select(Decision.id).where(Decision.submission_id == submission_id)) is not None:
        raise Conflict(N_("Somebody has decided on this submission already. Reload the page to see it."))
    if content_hash(work, page) != submission.content_hash:
        raise Conflict(N_("The page was changed after it was submitted. It has to be submitted again."))
    if not reason.strip():
        raise BadInput(N_("Write why the page may be approved all the same. The reason is kept with the decision."))
    if len(reason.strip()) > LONGEST_REASON:
        raise BadInput(N_("The text is longer than {longest} characters. Shorten it."), longest=LONGEST_REASON)
    met = gate_of(work, page, items_of(session, submission_id))
    if not met.blocking(allowed(session, submission_id)):
        return  # nothing is in the way, or the same word came again
    session.add(
        Waiver(
            submission_id=submission_id,
            reason=reason.strip(),
            segments={str(obstacle): sorted(found) for obstacle, found in met.obstacles.items()},
            allowed_by=actor.person_id,
        )
    )
    record(
        session,
        actor,
        "page.allow",
        f"submission:{submission_id}",
        site_id=page.site_id,
        after={
            "page": page.path,
            "language": submission.language,
            "reason": reason.strip(),
            **{str(obstacle): len(found) for obstacle, found in met.obstacles.items()},
        },
    )
    session.flush()


def allowed(session: Session, submission_id: int) -> dict[Obstacle, set[int]]:
    """Return the segments that are allowed in spite of each obstacle to a submission."""
    found: defaultdict[Obstacle, set[int]] = defaultdict(set)
    for segments in session.scalars(select(Waiver.segments).where(Waiver.submission_id == submission_id)):
        for obstacle, ids in segments.items():
            found[Obstacle(obstacle)].update(ids)
    return found


def waivers_of(session: Session, submission: Submission) -> tuple[WaiverView, ...]:
    """Return the reasons that were recorded for a submission, or for the one it is a part of, oldest first."""
    about = submission.part_of_id or submission.id
    rows = session.scalars(select(Waiver).where(Waiver.submission_id == about).order_by(Waiver.id)).all()
    names = names_of(session, {row.allowed_by for row in rows})
    return tuple(WaiverView(row.reason, names.get(row.allowed_by, ""), row.allowed_at) for row in rows)
