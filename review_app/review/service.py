"""Use cases of correcting: see a page with its segments, save, accept, dismiss a false alarm."""

from collections.abc import Callable, Sequence

from sqlalchemy.orm import Session

from review_app.accounts.permissions import Action, Actor
from review_app.accounts.service import record
from review_app.checks import check_pair
from review_app.checks.guiding import guide_for, guide_of
from review_app.checks.service import decide_flag
from review_app.checks.states import FlagState
from review_app.checks.switches import switched_off
from review_app.errors import BadInput, NotAllowed, NotFound
from review_app.locale import N_
from review_app.pages.service import PageView, get_page, pages_of
from review_app.quality.saved import assess_saved
from review_app.quality.service import hidden_revisions, note_judgement
from review_app.review.benching import bench_of, open_lines
from review_app.review.heads import head_of
from review_app.review.opening import OpenSegment, open_page, open_segment
from review_app.review.rows import outlines_of, rows_of
from review_app.review.states import BEING_CORRECTED, PageState
from review_app.review.veiling import veiled_flags, veiled_row
from review_app.review.views import Bench, FlagView, PageHead, SegmentRow
from review_app.review.work import Work, load_work
from review_app.segments.service import Placed, placed_segments
from review_app.sites.policy import ContentClass
from review_app.sites.service import all_sites, site_by_id
from review_app.text.normalise import normalise
from review_app.translations.origin import Origin
from review_app.translations.service import NewRevision, append_revision, newest_revision, newest_revisions
from review_app.translations.tables import MachineTranslation, Revision

LONGEST_TEXT = 20_000
"""Characters of one segment's translation; the longest sentence of a real page has some 2,000."""


def page_heads(session: Session, actor: Actor, site_id: int) -> list[PageHead]:
    """Return every page of a site in every language it is translated into."""
    actor.require(Action.READ, site_id)
    site = site_by_id(session, site_id)
    pages = pages_of(session, site_id)
    placed = placed_segments(session, [page.version_id for page in pages])
    works = [load_work(session, site, pages, language, placed=placed) for language in site.languages]
    return [head_of(work, page) for page in pages for work in works]


def heads_of(session: Session, actor: Actor, page_id: int) -> list[PageHead]:
    """Return one page in every language its site is translated into."""
    page = get_page(session, page_id)
    actor.require(Action.READ, page.site_id)
    site = site_by_id(session, page.site_id)
    return [head_of(load_work(session, site, [page], language), page) for language in site.languages]


def today(session: Session, actor: Actor) -> list[PageHead]:
    """Return what this person can correct next: crises first, then what was returned, then where most is to be gained.

    A risk weighs as much as the page has readers and is at stake there. What pages share comes after the pages
    themselves.
    """
    heads = [head for head in heads_where(session, actor, Action.CORRECT) if head.state in BEING_CORRECTED]
    return sorted(heads, key=_urgency)


Choose = Callable[[Sequence[SegmentRow]], str | None]
"""Says which of a page's segments is shown open, by its key."""


def bench(session: Session, actor: Actor, page_id: int, language: str, opened: Choose | None = None) -> Bench:
    """Return a page in a language with every segment.

    If it is said which one is ``opened``, the others are as a closed row shows them: without drafts, other engines'
    texts, names, and reasons of their risk.
    """
    found = open_lines(session, actor, page_id, language)
    work = load_work(session, found.site, [found.page], language)
    rows = rows_of(session, work, found.page) if opened is None else _rows(session, work, found.page, opened)
    return bench_of(session, actor, found, rows)


def _rows(session: Session, work: Work, page: PageView, opened: Choose) -> tuple[SegmentRow, ...]:
    outlines = outlines_of(session, work, page)
    key = opened(outlines)
    whole = {row.key: row for row in rows_of(session, work, page, {key})} if key else {}
    return tuple(whole.get(row.key, row) for row in outlines)


def row(session: Session, actor: Actor, page_id: int, language: str, key: str) -> SegmentRow:
    """Return one segment of a page; raises ``NotFound``."""
    page, work = open_page(session, actor, page_id, language, Action.READ, key)
    _placed(work, page)
    return veiled_row(rows_of(session, work, page)[0], actor, work.site.name)


def save(
    session: Session, actor: Actor, page_id: int, language: str, key: str, *, text: str, based_on: int
) -> OpenSegment:
    """Store a person's text as the next revision and check it; returns where.

    Raises ``Conflict`` when somebody saved since ``based_on``. Saving the machine's text unchanged accepts it.
    Saving what is stored already changes nothing, so that a repeated request does no harm.
    """
    at = open_segment(session, actor, page_id, language, Action.CORRECT, key, hold=True)
    text = clean(text)
    head = newest_revision(session, at.segment_id, language)
    if head and head.text == text and head.source == at.source and head.author_id == actor.person_id:
        return at
    unchanged = head is not None and head.text == text and (not head.origin.read_by_person or head.accepted)
    write(session, actor, at, head, text=text, based_on=based_on, accepted=unchanged)
    return at


def accept(session: Session, actor: Actor, page_id: int, language: str, key: str, *, based_on: int) -> OpenSegment:
    """Store a person's word that the text is right as it stands; returns where.

    For a source that has changed since, that says that its meaning has not: an approval of the text goes on to hold.
    """
    at = open_segment(session, actor, page_id, language, Action.CORRECT, key, hold=True)
    head = newest_revision(session, at.segment_id, language)
    if head is None:
        raise BadInput(N_("There is no text to accept. Write a translation first."))
    if head.origin.read_by_person and head.source == at.source:
        return at
    accepted = not head.origin.read_by_person or head.accepted
    carried = head.approved_as if head.origin.read_by_person else None
    write(session, actor, at, head, text=head.text, based_on=based_on, accepted=accepted, carried_from_id=carried)
    return at


def dismiss(
    session: Session, actor: Actor, page_id: int, language: str, key: str, *, flag_id: int, state: FlagState
) -> None:
    """Dismiss a flag as a false alarm, or open it again."""
    page, work = open_page(session, actor, page_id, language, Action.CORRECT, key)
    revision = work.revisions.get(_placed(work, page).segment_id)
    ids = [revision.id] if revision and revision.id not in work.hidden else []
    decide_flag(
        session,
        actor,
        site_id=page.site_id,
        page_id=page.id,
        language=language,
        revision_ids=ids,
        flag_id=flag_id,
        state=state,
    )


def check_typed(
    session: Session, actor: Actor, page_id: int, language: str, key: str, *, text: str
) -> tuple[FlagView, ...]:
    """Check a text that is being typed; nothing is stored, and of a spot check nothing is told."""
    at = open_segment(session, actor, page_id, language, Action.CORRECT, key)
    return _findings(session, actor, at, clean(text, may_be_empty=True))


def check_changed_source(
    session: Session, actor: Actor, page_id: int, language: str, row: SegmentRow, text: str
) -> tuple[FlagView, ...]:
    """Check a text of a stale row against the source of now: the row's flags are those of the older one."""
    at = open_segment(session, actor, page_id, language, Action.READ, row.key)
    return _findings(session, actor, at, clean(text, may_be_empty=True))


def _findings(session: Session, actor: Actor, at: OpenSegment, text: str) -> tuple[FlagView, ...]:
    language = at.language
    head = newest_revisions(session, [at.segment_id], language).get(at.segment_id)
    if head is not None and head.id in hidden_revisions(session, [head.id]):
        return ()
    off, guide = switched_off(session, at.site.id), guide_of(session, at.site.id, language)
    guide = guide_for(session, guide, at.site.id, language, [(at.source, text)], apart_from=at.segment_id)
    found = [
        FlagView(
            id=None,
            name=finding.check,
            severity=str(finding.severity),
            category=finding.category,
            source_span=finding.source_span,
            target_span=finding.target_span,
            message_id=finding.message_id,
            values=finding.values,
            fix=finding.fix,
        )
        for finding in check_pair(at.source, text, at.site.source_language, language, guide)
        if finding.check not in off
    ]
    return veiled_flags(found, actor, at.site.name)


def write(
    session: Session,
    actor: Actor,
    at: OpenSegment,
    head: Revision | None,
    *,
    text: str,
    based_on: int,
    accepted: bool,
    carried_from_id: int | None = None,
    action: str | None = None,
) -> None:
    """Store a person's text after the newest one, check it, and log it as ``action``; raises ``Conflict``."""
    if actor.person_id is None:
        raise NotAllowed(N_("A correction needs a person's name. Sign in to correct."))
    if accepted and head is not None and _is_gloss(session, head, text):
        raise BadInput(N_("A word-for-word gloss cannot be accepted as it stands. Write a translation."))
    revision = append_revision(
        session,
        NewRevision(
            segment_id=at.segment_id,
            language=at.language,
            text=text,
            source=at.source,
            based_on=based_on,
            origin=Origin.HUMAN,
            author_id=actor.person_id,
            accepted=accepted,
            carried_from_id=carried_from_id,
        ),
        head,
    )
    note_judgement(session, at.site.id, at.language, head, revision)
    assess_saved(session, at.site, at.page, at.segment_id, revision, at.language)
    record(
        session,
        actor,
        action or ("segment.same_meaning" if carried_from_id else "segment.accept" if accepted else "segment.edit"),
        f"segment:{at.segment_id}:{at.language}",
        site_id=at.site.id,
        before={"revision": head.number, "text": head.text} if head else None,
        after={"revision": revision.number, "text": text},
    )
    session.flush()


def _is_gloss(session: Session, head: Revision, text: str) -> bool:
    draft = session.get(MachineTranslation, head.draft_id) if head.draft_id else None
    return draft is not None and not draft.publishable and draft.text == text


def _placed(work: Work, page: PageView) -> Placed:
    """Return the one segment the work was narrowed to."""
    if not work.segments(page):
        raise NotFound(N_("This sentence is no longer on the page. Reload the page."))
    return work.segments(page)[0]


def clean(text: str, *, may_be_empty: bool = False) -> str:
    """Return a typed text as it is stored; raises ``BadInput`` for none, and for one without end."""
    text = normalise(text.replace("\x00", "")).strip()
    if not text and not may_be_empty:
        raise BadInput(N_("The translation is empty. Write a text, or leave the sentence as it was."))
    if len(text) > LONGEST_TEXT:
        raise BadInput(N_("The text is longer than {longest} characters. Shorten it."), longest=LONGEST_TEXT)
    return text


def heads_where(session: Session, actor: Actor, action: Action) -> list[PageHead]:
    """Return the pages of every site where this actor may do the action, in the languages they may do it in."""
    sites = [site for site in all_sites(session) if actor.may(action, site.id)]
    heads = [(site.id, head) for site in sites for head in page_heads(session, actor, site.id)]
    return [head for site_id, head in heads if actor.may(action, site_id, head.language)]


def _urgency(head: PageHead) -> tuple[bool, bool, bool, float, int, str]:
    return (
        head.content_class is not ContentClass.CRISIS,
        head.state is not PageState.RETURNED,
        head.shared,
        -head.gain,
        -head.visits,
        head.path,
    )
