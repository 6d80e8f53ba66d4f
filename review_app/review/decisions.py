"""Use cases of approval: submit a page, show it to an approver, approve it or send it back."""

from collections.abc import Collection, Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.permissions import Action, Actor
from review_app.accounts.service import names_of, record
from review_app.db import utc_now
from review_app.errors import BadInput, Conflict, NotAllowed, NotFound
from review_app.locale import N_
from review_app.pages.service import PageView, hold_page, pages_by_id
from review_app.review.queries import head_of, open_page, rows_of
from review_app.review.remembering import remember
from review_app.review.states import Basis, PageState, Verdict
from review_app.review.submissions import approved_items, decision_view, pages_answered
from review_app.review.tables import Decision, Submission, SubmissionItem
from review_app.review.views import DecisionView, Desk, DeskRow, PageHead
from review_app.review.work import Work, content_hash, load_work
from review_app.sites.policy import ContentClass
from review_app.sites.service import all_sites, site_by_id
from review_app.translations.revision_rows import RevisionRow
from review_app.translations.tables import Revision


def waiting(session: Session, actor: Actor) -> list[PageHead]:
    """Return the submissions this person may decide on, crises first, what pages share last."""
    heads = [
        head
        for work in _works(session, actor, Action.APPROVE, None)
        for head in (head_of(work, page) for page in work.pages)
        if head.state is PageState.SUBMITTED
    ]
    return sorted(heads, key=lambda head: (head.content_class is not ContentClass.CRISIS, head.shared, head.path))


def returned(session: Session, actor: Actor) -> list[tuple[PageHead, DecisionView]]:
    """Return the pages that came back to the translators, with what the approver said."""
    return [
        (head, decision)
        for work in _works(session, actor, Action.CORRECT, Verdict.RETURNED)
        for page in work.pages
        if (head := head_of(work, page)).state is PageState.RETURNED
        and (decision := decision_view(session, work.latest[page.id].decision))
    ]


def _works(session: Session, actor: Actor, action: Action, verdict: Verdict | None) -> Iterator[Work]:
    """Yield, by site and language, the pages whose newest submission got this answer; ``None`` is none yet.

    Few pages wait at a time: lists of them are shown on every page and must not read the whole site.
    """
    for site in all_sites(session):
        if actor.may(action, site.id):
            for language in site.languages:
                pages = pages_by_id(session, pages_answered(session, site.id, language, verdict))
                if pages:
                    yield load_work(session, site, pages, language)


def submit(session: Session, actor: Actor, page_id: int, language: str) -> int:
    """Offer the page as it stands for approval: freeze the exact revisions. Returns the submission's id.

    A page that is offered already, as it stands, is not offered again.
    """
    hold_page(session, page_id)
    page, work = open_page(session, actor, page_id, language, Action.SUBMIT)
    offered = _offered(session, work, page)
    if not offered:
        raise BadInput(N_("There is nothing to submit yet. Correct or accept at least one sentence first."))
    digest = content_hash(work, page)
    latest = work.latest.get(page.id)
    if latest and latest.submission.content_hash == digest and latest.decision is None:
        return latest.submission.id
    submission = Submission(
        page_id=page.id,
        page_version_id=page.version_id,
        language=language,
        content_hash=digest,
        submitted_by=actor.person_id,
        submitted_at=utc_now(),
    )
    session.add(submission)
    session.flush()
    session.add_all(
        SubmissionItem(submission_id=submission.id, segment_id=segment_id, revision_id=revision.id)
        for segment_id, revision in offered.items()
    )
    record(
        session,
        actor,
        "page.submit",
        f"submission:{submission.id}",
        site_id=page.site_id,
        after={"page": page.path, "language": language, "texts": len(offered), "sha256": digest},
    )
    session.flush()
    return submission.id


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
    offered = _offered(session, work, page)
    covered = {key: found for key, found in offered.items() if segment_ids is None or key in segment_ids}
    whole = len(covered) == len(work.revisions)
    submission = Submission(
        page_id=page.id,
        page_version_id=page.version_id,
        language=language,
        content_hash=content_hash(work, page) if whole else f"part of {content_hash(work, page)}"[:64],
        submitted_by=actor.person_id,
        submitted_at=decided_at or utc_now(),
        imported=segment_ids is not None,
    )
    session.add(submission)
    session.flush()
    session.add_all(
        SubmissionItem(submission_id=submission.id, segment_id=segment_id, revision_id=revision.id)
        for segment_id, revision in covered.items()
    )
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
        remember(session, page.site_id, language, {segment: revision.id for segment, revision in covered.items()})
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


def desk(session: Session, actor: Actor, submission_id: int) -> Desk:
    """Return a submission for whoever decides on it."""
    submission = _submission(session, submission_id)
    page, work = open_page(session, actor, submission.page_id, submission.language, Action.READ)
    before = _texts_before(session, submission)
    rows = rows_of(session, work, page)
    decision = session.scalar(select(Decision).where(Decision.submission_id == submission_id))
    why_not = _why_not(session, actor, work, page, submission, decision)
    segment_ids = {segment.key: segment.segment_id for segment in work.segments(page)}
    head = head_of(work, page)
    return Desk(
        head=head,
        submission_id=submission_id,
        submitted_by=names_of(session, {submission.submitted_by or 0}).get(submission.submitted_by or 0, ""),
        submitted_at=submission.submitted_at,
        rows=tuple(DeskRow(row, before.get(segment_ids[row.key])) for row in rows),
        decision=decision_view(session, decision),
        holds=content_hash(work, page) == submission.content_hash,
        may_decide=why_not is None,
        may_publish=actor.may(Action.PUBLISH, page.site_id),
        why_not=why_not,
        read_share=head.read / head.segments if head.segments else 0.0,
    )


def approve(session: Session, actor: Actor, submission_id: int, *, basis: Basis, comment: str = "") -> None:
    """Say yes to one submission, as someone who reads the language or who vouches for the process."""
    _decide(session, actor, submission_id, Verdict.APPROVED, basis, comment)


def send_back(session: Session, actor: Actor, submission_id: int, *, comment: str) -> None:
    """Return a submission to the translators, with a comment that says why."""
    if not comment.strip():
        raise BadInput(N_("Write what should be changed, so that the translator knows why the page comes back."))
    _decide(session, actor, submission_id, Verdict.RETURNED, None, comment)


def _decide(
    session: Session, actor: Actor, submission_id: int, verdict: Verdict, basis: Basis | None, comment: str
) -> None:
    submission = _submission(session, submission_id)
    hold_page(session, submission.page_id)
    page, work = open_page(session, actor, submission.page_id, submission.language, Action.APPROVE)
    decided = session.scalar(select(Decision).where(Decision.submission_id == submission_id))
    given = (verdict, basis, comment.strip(), actor.person_id)
    if decided is not None and (decided.verdict, decided.basis, decided.comment, decided.decided_by) == given:
        return  # the same word again: its answer was lost on the way
    if decided is not None:
        raise Conflict(N_("Somebody has decided on this submission already. Reload the page to see it."))
    if content_hash(work, page) != submission.content_hash:
        raise Conflict(N_("The page was changed after it was submitted. It has to be submitted again."))
    why_not = _why_not(session, actor, work, page, submission, None)
    if why_not is not None:
        raise NotAllowed(why_not)
    session.add(
        Decision(
            submission_id=submission_id,
            verdict=verdict,
            basis=basis,
            comment=comment.strip(),
            decided_by=actor.person_id,
            decided_at=utc_now(),
            one_person=actor.person_id in _authors(session, submission),
        )
    )
    record(
        session,
        actor,
        "page.approve" if verdict is Verdict.APPROVED else "page.return",
        f"submission:{submission_id}",
        site_id=page.site_id,
        after={"page": page.path, "language": submission.language, "basis": basis, "comment": comment.strip()},
    )
    if verdict is Verdict.APPROVED:
        remember(session, page.site_id, submission.language, _revision_ids(session, submission))
    session.flush()


def _why_not(
    session: Session, actor: Actor, work: Work, page: PageView, submission: Submission, decision: Decision | None
) -> str | None:
    """Return why this person may not decide, as an English template; ``None`` when they may."""
    if actor.person_id is None or not actor.may(Action.APPROVE, page.site_id):
        return N_("Only an approver of the site can approve or return a page.")
    if decision is not None:
        return N_("This submission has been decided on.")
    if content_hash(work, page) != submission.content_hash:
        return N_("The page was changed after it was submitted. It has to be submitted again.")
    if not work.site.one_person_mode and actor.person_id in _authors(session, submission):
        return N_("You wrote or submitted some of these texts. Another person has to approve them.")
    return None


def _authors(session: Session, submission: Submission) -> set[int]:
    """Return everyone who submitted, or wrote a text of the submission."""
    written = session.scalars(
        select(Revision.author_id)
        .join(SubmissionItem, SubmissionItem.revision_id == Revision.id)
        .where(SubmissionItem.submission_id == submission.id, Revision.author_id.is_not(None))
        .distinct()
    )
    people = {author for author in written if author is not None}
    return people | ({submission.submitted_by} if submission.submitted_by else set())


def _revision_ids(session: Session, submission: Submission) -> dict[int, int]:
    """Return the revision id of each segment of a submission."""
    items = select(SubmissionItem.segment_id, SubmissionItem.revision_id)
    return dict(session.execute(items.where(SubmissionItem.submission_id == submission.id)).all())


def _texts_before(session: Session, submission: Submission) -> dict[int, str]:
    """Return the texts of the page's last approved submission, by segment id."""
    approved = approved_items(session, [submission.page_id], submission.language).get(submission.page_id, {})
    revisions = session.scalars(select(Revision).where(Revision.id.in_(approved.values())))
    texts = {revision.id: revision.text for revision in revisions}
    return {segment: texts[revision] for segment, revision in approved.items()}


def _offered(session: Session, work: Work, page: PageView) -> dict[int, RevisionRow]:
    """Return the texts that can be approved: those of the present source that are no mere gloss."""
    rows = {row.key: row for row in rows_of(session, work, page)}
    fresh = {segment: work.fresh_revision(segment) for segment in work.segments(page)}
    return {
        segment.segment_id: revision
        for segment, revision in fresh.items()
        if revision is not None and (revision.origin.read_by_person or rows[segment.key].may_be_accepted)
    }


def _submission(session: Session, submission_id: int) -> Submission:
    submission = session.get(Submission, submission_id)
    if submission is None:
        raise NotFound(N_("There is no such submission."))
    return submission
