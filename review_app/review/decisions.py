"""Use cases of approval: submit a page, show it to an approver, approve it or send it back."""

from collections.abc import Collection, Iterator, Mapping

from sqlalchemy.orm import Session

from review_app.accounts.permissions import Action, Actor
from review_app.accounts.service import record
from review_app.db import utc_now
from review_app.errors import BadInput
from review_app.locale import N_
from review_app.pages.service import PageView, hold_page, pages_by_id
from review_app.review.answering import Answer, Case, answer, clean, open_case, pass_gate, require_decidable
from review_app.review.heads import content_hash, head_of
from review_app.review.opening import open_page
from review_app.review.remembering import remember
from review_app.review.rows import rows_of
from review_app.review.states import Basis, Move, PageState, Verdict, leads_to
from review_app.review.submissions import (
    approved_before,
    decision_view,
    pages_answered,
    part_hash,
)
from review_app.review.tables import Submission, SubmissionItem
from review_app.review.views import DecisionView, PageHead
from review_app.review.work import Work, load_work
from review_app.sites.policy import ContentClass
from review_app.sites.service import all_sites
from review_app.translations.texts import WrittenText


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
        for language in site.languages:
            if actor.may(action, site.id, language):
                pages = pages_by_id(session, pages_answered(session, site.id, language, verdict))
                if pages:
                    yield load_work(session, site, pages, language)


def submit(session: Session, actor: Actor, page_id: int, language: str) -> int:
    """Offer the page as it stands for approval: freeze the exact revisions. Returns the submission's id.

    A page that is offered already, as it stands, is not offered again.
    """
    hold_page(session, page_id)
    page, work = open_page(session, actor, page_id, language, Action.SUBMIT)
    texts = offered(session, work, page)
    if not texts:
        raise BadInput(N_("There is nothing to submit yet. Correct or accept at least one sentence first."))
    digest = content_hash(work, page)
    latest = work.latest.get(page.id)
    if latest and latest.submission.content_hash == digest and latest.decision is None:
        return latest.submission.id
    if not leads_to(Move.SUBMIT, head_of(work, page).state):
        raise BadInput(N_("The page is approved as it stands. There is nothing to submit."))
    submission = Submission(
        page_id=page.id,
        page_version_id=page.version_id,
        language=language,
        content_hash=digest,
        submitted_by=actor.person_id,
        submitted_at=utc_now(),
    )
    add_submission(session, submission, texts)
    record(
        session,
        actor,
        "page.submit",
        f"submission:{submission.id}",
        site_id=page.site_id,
        after={"page": page.path, "language": language, "texts": len(texts), "sha256": digest},
    )
    session.flush()
    return submission.id


def approve(session: Session, actor: Actor, submission_id: int, *, basis: Basis, comment: str = "") -> None:
    """Say yes to one submission, as someone who reads the language or who vouches for the process."""
    case = open_case(session, actor, submission_id)
    given = Answer(Verdict.APPROVED, basis, clean(comment))
    if not case.is_answered(session, actor, given):
        require_decidable(session, actor, case)
        pass_gate(session, case, case.items)
        answer(session, actor, case, given)
        remember(session, case.page.site_id, case.submission.language, ids_of(case.items))


def send_back(
    session: Session, actor: Actor, submission_id: int, *, comment: str, comments: Mapping[str, str] | None = None
) -> None:
    """Return a submission to the translators, and say why: of the whole, or (``comments``) of passages, by key."""
    case = open_case(session, actor, submission_id)
    given = Answer(Verdict.RETURNED, None, clean(comment), case.words_on(comments))
    if not given.comment and not given.comments:
        raise BadInput(N_("Write what should be changed, so that the translator knows why the page comes back."))
    if not case.is_answered(session, actor, given):
        require_decidable(session, actor, case)
        answer(session, actor, case, given)


def approve_part(
    session: Session,
    actor: Actor,
    submission_id: int,
    *,
    keys: Collection[str],
    basis: Basis,
    comment: str = "",
    comments: Mapping[str, str] | None = None,
) -> None:
    """Say yes to the chosen passages of a submission, and return the others, with comments.

    What is approved then are the chosen texts, and of the others those approved earlier that still translate the
    present source: a submission of its own. The text that goes back is approved no longer, if it was.
    """
    case = open_case(session, actor, submission_id)
    chosen = frozenset(segment for key, segment in case.segment_ids.items() if key in keys and segment in case.items)
    given = Answer(Verdict.RETURNED, None, clean(comment), case.words_on(comments), chosen)
    if not chosen:
        raise BadInput(N_("Choose at least one sentence to approve, or send the whole page back."))
    if chosen == set(case.items):
        raise BadInput(N_("Every sentence is chosen. Approve the whole page, or take the choice off some of them."))
    if not given.comment and not given.comments:
        raise BadInput(N_("Write what should be changed, so that the translator knows why the rest comes back."))
    if case.is_answered(session, actor, given):
        return
    require_decidable(session, actor, case)
    pass_gate(session, case, chosen)
    answer(session, actor, case, given, part=(chosen, basis))
    covered = {**_standing(session, case, chosen), **{segment: case.items[segment] for segment in chosen}}
    part = Submission(
        page_id=case.page.id,
        page_version_id=case.submission.page_version_id,
        language=case.submission.language,
        content_hash=part_hash(case.submission.content_hash),
        submitted_by=case.submission.submitted_by,
        submitted_at=case.submission.submitted_at,
        part_of_id=submission_id,
    )
    add_submission(session, part, covered)
    session.add(case.decision_on(part.id, actor, Answer(Verdict.APPROVED, basis, given.comment)))
    remember(session, case.page.site_id, case.submission.language, ids_of(covered))
    session.flush()


def add_submission(session: Session, submission: Submission, texts: Mapping[int, WrittenText]) -> None:
    """Store a submission with the exact revision of each segment."""
    session.add(submission)
    session.flush()
    session.add_all(
        SubmissionItem(submission_id=submission.id, segment_id=segment_id, revision_id=revision.id)
        for segment_id, revision in texts.items()
    )
    session.flush()


def _standing(session: Session, case: Case, chosen: Collection[int]) -> dict[int, WrittenText]:
    """Return the earlier approved texts of passages that are not chosen, where they still say what the source does.

    Of what goes back, the very text is approved no longer.
    """
    sources = {segment.segment_id: segment.source for segment in case.work.segments(case.page)}
    refused = {revision.approved_as for segment, revision in case.items.items() if segment not in chosen}
    return {
        segment: revision
        for segment, revision in approved_before(session, case.submission).items()
        if segment not in chosen and revision.source == sources.get(segment) and revision.approved_as not in refused
    }


def ids_of(texts: Mapping[int, WrittenText]) -> dict[int, int]:
    """Return revision ids by segment id."""
    return {segment_id: revision.id for segment_id, revision in texts.items()}


def offered(session: Session, work: Work, page: PageView) -> dict[int, WrittenText]:
    """Return the texts that can be approved: those of the present source that are no mere gloss."""
    rows = {row.key: row for row in rows_of(session, work, page)}
    fresh = {segment: work.fresh_revision(segment) for segment in work.segments(page)}
    return {
        segment.segment_id: revision
        for segment, revision in fresh.items()
        if revision is not None and (revision.origin.read_by_person or rows[segment.key].may_be_accepted)
    }
