"""What every answer to a submission has in common: who may give it, what stands in its way, how it is stored."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.permissions import Action, Actor
from review_app.accounts.service import record
from review_app.db import utc_now
from review_app.errors import BadInput, Conflict, NotAllowed, NotFound
from review_app.locale import N_
from review_app.pages.service import PageView, hold_page
from review_app.review.gate import Obstacle
from review_app.review.gating import allowed, gate_of, waivers_of
from review_app.review.heads import content_hash
from review_app.review.opening import open_page
from review_app.review.states import Basis, Verdict
from review_app.review.submissions import comments_of, get_submission, items_of, part_of
from review_app.review.tables import Decision, DecisionComment, Submission
from review_app.review.work import Work
from review_app.translations.tables import Revision

LONGEST_COMMENT = 5_000

BLOCKED = {
    Obstacle.CRITICAL_FLAGS: N_(
        "A critical flag is open on {number} of the sentences. Have them corrected, or the flags dismissed; or an "
        "administrator records why the page may be approved all the same."
    ),
    Obstacle.UNREAD_RIGHTS: N_(
        "The page is about rights or duties, and no person has read {number} of the sentences. Have them read; or an "
        "administrator records why the page may be approved all the same."
    ),
}
"""Why the gate refuses an approval."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What an approver says; ``comments`` are on passages, by segment id.

    ``chosen`` is what of the submission is approved, where the rest goes back.
    """

    verdict: Verdict
    basis: Basis | None
    comment: str
    comments: Mapping[int, str] = field(default_factory=dict)
    chosen: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A submission that is being decided on: the page is held, and this person may decide if nothing else is wrong."""

    submission: Submission
    page: PageView
    work: Work
    items: dict[int, Revision]
    authors: frozenset[int]

    @property
    def segment_ids(self) -> dict[str, int]:
        """The page's segments by key."""
        return {segment.key: segment.segment_id for segment in self.work.segments(self.page)}

    def words_on(self, comments: Mapping[str, str] | None) -> dict[int, str]:
        """Return what was said of passages, by segment id."""
        said = {key: text for key, text in (comments or {}).items() if text.strip()}
        if said.keys() - self.segment_ids.keys():
            raise NotFound(N_("This sentence is no longer on the page. Reload the page."))
        return {self.segment_ids[key]: clean(text) for key, text in said.items()}

    def is_answered(self, session: Session, actor: Actor, given: Answer) -> bool:
        """Say whether this very answer was given, and lost on its way back; raises ``Conflict`` for another."""
        decided = session.scalar(select(Decision).where(Decision.submission_id == self.submission.id))
        if decided is None:
            return False
        said = comments_of(session, decided.id)
        stored = Answer(decided.verdict, decided.basis, decided.comment, said, self._approved_of_it(session))
        if (stored, decided.decided_by) != (given, actor.person_id):
            raise Conflict(N_("Somebody has decided on this submission already. Reload the page to see it."))
        return True

    def _approved_of_it(self, session: Session) -> frozenset[int] | None:
        """Return the segments that were chosen, if a part of the submission was approved."""
        part = part_of(session, self.submission.id)
        covered = items_of(session, part.id) if part else {}
        same = {segment for segment, text in covered.items() if segment in self.items and self.items[segment] is text}
        return frozenset(same) if part else None

    def decision_on(self, submission_id: int, actor: Actor, given: Answer) -> Decision:
        """Return the row of a decision."""
        return Decision(
            submission_id=submission_id,
            verdict=given.verdict,
            basis=given.basis,
            comment=given.comment,
            decided_by=actor.person_id,
            decided_at=utc_now(),
            one_person=actor.person_id in self.authors,
        )


def open_case(session: Session, actor: Actor, submission_id: int) -> Case:
    """Return a submission to be decided on, and let whoever else decides about the page wait."""
    submission = get_submission(session, submission_id)
    hold_page(session, submission.page_id)
    page, work = open_page(session, actor, submission.page_id, submission.language, Action.APPROVE)
    items = items_of(session, submission_id)
    return Case(submission, page, work, items, authors_of(session, submission))


def require_decidable(session: Session, actor: Actor, case: Case) -> None:
    """Refuse whoever may not decide, and what is no longer what was submitted."""
    superseded = _superseded(case.work, case.page, case.submission)
    if superseded is not None:
        raise Conflict(superseded)
    refusal = why_not(session, actor, case.work, case.page, case.submission, None)
    if refusal is not None:
        raise NotAllowed(refusal)


def pass_gate(session: Session, case: Case, chosen: Collection[int]) -> None:
    """Refuse an approval that the gate blocks, naming what is in the way."""
    met = gate_of(case.work, case.page, chosen)
    for obstacle in met.blocking(allowed(session, case.submission.id)):
        raise BadInput(BLOCKED[obstacle], number=len(met.obstacles[obstacle]))


def answer(
    session: Session,
    actor: Actor,
    case: Case,
    given: Answer,
    part: tuple[Collection[int], Basis] | None = None,
) -> None:
    """Store the answer to a submission, and write the log: of a part, what was approved and what goes back."""
    decision = case.decision_on(case.submission.id, actor, given)
    session.add(decision)
    session.flush()
    session.add_all(
        DecisionComment(decision_id=decision.id, segment_id=segment_id, text=text)
        for segment_id, text in given.comments.items()
    )
    chosen, basis = part or (set(case.items) if given.verdict is Verdict.APPROVED else set(), given.basis)
    met = gate_of(case.work, case.page, chosen or case.items)
    reasons = [one.reason for one in waivers_of(session, case.submission)]
    record(
        session,
        actor,
        "page.approve_part" if part else "page.approve" if chosen else "page.return",
        f"submission:{case.submission.id}",
        site_id=case.page.site_id,
        after={
            "page": case.page.path,
            "language": case.submission.language,
            "basis": basis,
            "comment": given.comment,
            **({"comments": len(given.comments)} if given.comments else {}),
            "texts": met.total,
            "read": met.read,
            **({"returned": len(case.items) - len(chosen)} if part else {}),
            **({"little_read": True} if chosen and met.little_read else {}),
            **({"reason": " / ".join(reasons)} if chosen and reasons else {}),
        },
    )
    session.flush()


def why_not(
    session: Session, actor: Actor, work: Work, page: PageView, submission: Submission, decision: Decision | None
) -> str | None:
    """Return why this person may not decide, as an English template; ``None`` when they may."""
    if actor.person_id is None or not actor.may(Action.APPROVE, page.site_id):
        return N_("Only an approver of the site can approve or return a page.")
    if not actor.may(Action.APPROVE, page.site_id, submission.language):
        return N_("You approve other languages at this site. An approver of this one has to decide.")
    if decision is not None:
        return N_("This submission has been decided on.")
    if superseded := _superseded(work, page, submission):
        return superseded
    if not work.site.one_person_mode and actor.person_id in authors_of(session, submission):
        return N_("You wrote or submitted some of these texts. Another person has to approve them.")
    return None


def _superseded(work: Work, page: PageView, submission: Submission) -> str | None:
    """Return why a submission is no longer what is to be decided on; ``None`` when it is."""
    if content_hash(work, page) != submission.content_hash:
        return N_("The page was changed after it was submitted. It has to be submitted again.")
    if work.latest[page.id].submission.id != submission.id:
        return N_("The page was submitted anew since. Decide on the newest submission.")
    return None


def authors_of(session: Session, submission: Submission) -> frozenset[int]:
    """Return everyone who submitted, or wrote a text of the submission."""
    texts = items_of(session, submission.id).values()
    people = {submission.submitted_by, *(revision.author_id for revision in texts)}
    return frozenset(person for person in people if person is not None)


def clean(text: str) -> str:
    """Return what an approver wrote, without what no database takes; raises ``BadInput`` when it is too long."""
    text = text.replace("\x00", "").strip()
    if len(text) > LONGEST_COMMENT:
        raise BadInput(N_("The text is longer than {longest} characters. Shorten it."), longest=LONGEST_COMMENT)
    return text
