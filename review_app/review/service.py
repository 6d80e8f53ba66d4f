"""Use cases of review: correct, accept, dismiss, submit, approve, return."""

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.permissions import Action, Actor
from review_app.accounts.service import names_of, record
from review_app.checks import check_pair
from review_app.checks.service import check_revisions, decide_flag
from review_app.checks.tables import FlagState
from review_app.db import utc_now
from review_app.errors import BadInput, Conflict, NotAllowed, NotFound
from review_app.locale import N_
from review_app.pages.service import PageView, get_page, pages_of
from review_app.review.queries import (
    Work,
    approved_items,
    content_hash,
    decision_view,
    head_of,
    latest_submissions,
    load_work,
    rows_of,
)
from review_app.review.states import Basis, PageState, Verdict
from review_app.review.tables import Decision, Submission, SubmissionItem
from review_app.review.views import Bench, DecisionView, Desk, DeskRow, FlagView, PageHead, SegmentRow
from review_app.segments.service import Placed
from review_app.sites.policy import ContentClass
from review_app.sites.service import SiteView, all_sites, site_by_id
from review_app.text.normalise import normalise
from review_app.translations.origin import Origin
from review_app.translations.service import NewRevision, add_revision
from review_app.translations.tables import Revision

LONGEST_TEXT = 20_000
"""Characters of one segment's translation; the longest sentence of a real page has some 2,000."""


def page_heads(session: Session, actor: Actor, site_id: int) -> list[PageHead]:
    """Return every page of a site in every language it is translated into."""
    actor.require(Action.READ, site_id)
    site = site_by_id(session, site_id)
    pages = pages_of(session, site_id)
    works = [load_work(session, site, pages, language) for language in site.languages]
    return [head_of(work, page) for page in pages for work in works]


def today(session: Session, actor: Actor) -> list[PageHead]:
    """Return what this person can correct next: crises first, then what was returned, then the gravest flags."""
    open_states = {PageState.MACHINE, PageState.WORK, PageState.RETURNED, PageState.UNTRANSLATED}
    heads = [head for head in _heads_where(session, actor, Action.CORRECT) if head.state in open_states]
    return sorted(heads, key=_urgency)


def waiting(session: Session, actor: Actor) -> list[PageHead]:
    """Return the submissions this person may decide on."""
    return [head for head in _heads_where(session, actor, Action.APPROVE) if head.state is PageState.SUBMITTED]


def returned(session: Session, actor: Actor) -> list[tuple[PageHead, DecisionView]]:
    """Return the pages that came back to the translators, with what the approver said."""
    found = []
    for head in _heads_where(session, actor, Action.CORRECT):
        if head.state is PageState.RETURNED:
            latest = latest_submissions(session, [head.page_id], head.language)[head.page_id]
            decision = decision_view(session, latest.decision)
            if decision is not None:
                found.append((head, decision))
    return found


def bench(session: Session, actor: Actor, page_id: int, language: str) -> Bench:
    """Return a page in a language with every segment."""
    page, work = _open(session, actor, page_id, language, Action.READ)
    latest = work.latest.get(page.id)
    head = head_of(work, page)
    may_correct = actor.may(Action.CORRECT, page.site_id) and actor.person_id is not None
    return Bench(
        head=head,
        rows=rows_of(session, work, page),
        page_version_id=page.version_id,
        page_version=page.version,
        last_decision=decision_view(session, latest.decision if latest else None),
        may_correct=may_correct,
        may_submit=may_correct and head.translated > 0 and head.state not in _SUBMITTED_STATES,
        may_translate=actor.may(Action.TRANSLATE, page.site_id),
    )


_SUBMITTED_STATES = {PageState.SUBMITTED, PageState.APPROVED, PageState.PUBLISHED}


def row(session: Session, actor: Actor, page_id: int, language: str, key: str) -> SegmentRow:
    """Return one segment of a page; raises ``NotFound``."""
    page, work = _open(session, actor, page_id, language, Action.READ)
    placed = _placed(work, page, key)
    narrowed = replace(work, placed={page.version_id: [placed]})
    return rows_of(session, narrowed, page)[0]


def save(session: Session, actor: Actor, page_id: int, language: str, key: str, *, text: str, based_on: int) -> None:
    """Store a person's text as the next revision and check it.

    Raises ``Conflict`` when somebody saved since ``based_on``. Saving the machine's text unchanged accepts it.
    Saving what is stored already changes nothing, so that a repeated request does no harm.
    """
    page, work = _open(session, actor, page_id, language, Action.CORRECT)
    placed = _placed(work, page, key)
    text = _clean(text)
    head = work.revisions.get(placed.segment_id)
    if head and head.text == text and head.source == placed.source and head.author_id == actor.person_id:
        return
    unchanged = head is not None and head.text == text and (not head.origin.read_by_person or head.accepted)
    _write(session, actor, work, placed, text=text, based_on=based_on, accepted=unchanged)


def accept(session: Session, actor: Actor, page_id: int, language: str, key: str, *, based_on: int) -> None:
    """Store a person's word that the text is right as it stands, also for a source that has changed since."""
    page, work = _open(session, actor, page_id, language, Action.CORRECT)
    placed = _placed(work, page, key)
    head = work.revisions.get(placed.segment_id)
    if head is None:
        raise BadInput(N_("There is no text to accept. Write a translation first."))
    if head.origin.read_by_person and head.source == placed.source:
        return
    accepted = not head.origin.read_by_person or head.accepted
    _write(session, actor, work, placed, text=head.text, based_on=based_on, accepted=accepted)


def dismiss(
    session: Session, actor: Actor, page_id: int, language: str, key: str, *, flag_id: int, state: FlagState
) -> None:
    """Dismiss a flag as a false alarm, or open it again."""
    page, work = _open(session, actor, page_id, language, Action.CORRECT)
    revision = work.revisions.get(_placed(work, page, key).segment_id)
    ids = [revision.id] if revision else []
    decide_flag(session, actor, site_id=page.site_id, revision_ids=ids, flag_id=flag_id, state=state)


def check_typed(
    session: Session, actor: Actor, page_id: int, language: str, key: str, *, text: str
) -> tuple[FlagView, ...]:
    """Check a text that is being typed; nothing is stored."""
    page, work = _open(session, actor, page_id, language, Action.CORRECT)
    placed = _placed(work, page, key)
    findings = check_pair(placed.source, _clean(text, may_be_empty=True), work.site.source_language, language)
    return tuple(
        FlagView(
            id=None,
            name=finding.check,
            severity=str(finding.severity),
            category=finding.category,
            source_span=finding.source_span,
            target_span=finding.target_span,
            message_id=finding.message_id,
            values=finding.values,
        )
        for finding in findings
    )


def submit(session: Session, actor: Actor, page_id: int, language: str) -> int:
    """Offer the page as it stands for approval: freeze the exact revisions. Returns the submission's id."""
    page, work = _open(session, actor, page_id, language, Action.SUBMIT)
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


def desk(session: Session, actor: Actor, submission_id: int) -> Desk:
    """Return a submission for whoever decides on it."""
    submission = _submission(session, submission_id)
    page, work = _open(session, actor, submission.page_id, submission.language, Action.READ)
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
    page, work = _open(session, actor, submission.page_id, submission.language, Action.APPROVE)
    decided = session.scalar(select(Decision).where(Decision.submission_id == submission_id))
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


def _texts_before(session: Session, submission: Submission) -> dict[int, str]:
    """Return the texts of the page's last approved submission, by segment id."""
    approved = approved_items(session, [submission.page_id], submission.language).get(submission.page_id, {})
    revisions = session.scalars(select(Revision).where(Revision.id.in_(approved.values())))
    texts = {revision.id: revision.text for revision in revisions}
    return {segment: texts[revision] for segment, revision in approved.items()}


def _offered(session: Session, work: Work, page: PageView) -> dict[int, Revision]:
    """Return the texts that can be approved: those of the present source that are no mere gloss."""
    rows = {row.key: row for row in rows_of(session, work, page)}
    fresh = {segment: work.fresh_revision(segment) for segment in work.segments(page)}
    return {
        segment.segment_id: revision
        for segment, revision in fresh.items()
        if revision is not None and (revision.origin.read_by_person or rows[segment.key].may_be_accepted)
    }


def _write(
    session: Session, actor: Actor, work: Work, placed: Placed, *, text: str, based_on: int, accepted: bool
) -> None:
    if actor.person_id is None:
        raise NotAllowed(N_("A correction needs a person's name. Sign in to correct."))
    if accepted and _is_gloss(session, work, placed, text):
        raise BadInput(N_("A word-for-word gloss cannot be accepted as it stands. Write a translation."))
    head = work.revisions.get(placed.segment_id)
    revision = add_revision(
        session,
        NewRevision(
            segment_id=placed.segment_id,
            language=work.language,
            text=text,
            source=placed.source,
            based_on=based_on,
            origin=Origin.HUMAN,
            author_id=actor.person_id,
            accepted=accepted,
        ),
    )
    check_revisions(session, [revision], work.site.source_language, work.language)
    record(
        session,
        actor,
        "segment.accept" if accepted else "segment.edit",
        f"segment:{placed.segment_id}:{work.language}",
        site_id=work.site.id,
        before={"revision": head.number, "text": head.text} if head else None,
        after={"revision": revision.number, "text": text},
    )
    session.flush()


def _is_gloss(session: Session, work: Work, placed: Placed, text: str) -> bool:
    page = next(page for page in work.pages if placed in work.segments(page))
    narrowed = replace(work, placed={page.version_id: [placed]})
    draft = rows_of(session, narrowed, page)[0].draft
    return draft is not None and not draft.publishable and draft.text == text


def _open(session: Session, actor: Actor, page_id: int, language: str, action: Action) -> tuple[PageView, Work]:
    page = get_page(session, page_id)
    if not actor.may(Action.READ, page.site_id):
        raise NotFound(N_("There is no such page."))  # a stranger is not told that it exists
    actor.require(action, page.site_id)
    site = site_by_id(session, page.site_id)
    _require_language(site, language)
    return page, load_work(session, site, [page], language)


def _require_language(site: SiteView, language: str) -> None:
    if language not in site.languages:
        raise NotFound(N_("The site {site} is not translated into “{language}”."), site=site.name, language=language)


def _placed(work: Work, page: PageView, key: str) -> Placed:
    found = next((segment for segment in work.segments(page) if segment.key == key), None)
    if found is None:
        raise NotFound(N_("This sentence is no longer on the page. Reload the page."))
    return found


def _submission(session: Session, submission_id: int) -> Submission:
    submission = session.get(Submission, submission_id)
    if submission is None:
        raise NotFound(N_("There is no such submission."))
    return submission


def _clean(text: str, *, may_be_empty: bool = False) -> str:
    text = normalise(text.replace("\x00", "")).strip()
    if not text and not may_be_empty:
        raise BadInput(N_("The translation is empty. Write a text, or leave the sentence as it was."))
    if len(text) > LONGEST_TEXT:
        raise BadInput(N_("The text is longer than {longest} characters. Shorten it."), longest=LONGEST_TEXT)
    return text


def _heads_where(session: Session, actor: Actor, action: Action) -> list[PageHead]:
    sites = [site for site in all_sites(session) if actor.may(action, site.id)]
    return [head for site in sites for head in page_heads(session, actor, site.id)]


def _urgency(head: PageHead) -> tuple[bool, bool, int, int, str]:
    grave = head.open_flags.get("critical", 0)
    return (
        head.content_class is not ContentClass.CRISIS,
        head.state is not PageState.RETURNED,
        -grave,
        -head.flag_total,
        head.path,
    )
