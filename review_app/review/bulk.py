"""Use cases of doing one thing to many passages of the queue: see what will happen, do it, take it back together.

A certain fix in a draft leaves it unread, and nothing here accepts a text: nobody reads many at once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.permissions import Action, Actor
from review_app.accounts.service import names_of
from review_app.checks.flags import FlagRow
from review_app.checks.service import decide_flag
from review_app.checks.states import FlagState
from review_app.checks.tables import Flag
from review_app.db import among, hold, utc_now
from review_app.errors import BadInput, Conflict, NotFound
from review_app.locale import N_
from review_app.pages.service import PageView, pages_of
from review_app.review.batching import finish, person_of, restored, rewritten, written_as
from review_app.review.narrowing import Narrow
from review_app.review.queue import open_queue, passages_asked
from review_app.review.states import Act
from review_app.review.tables import BulkAction, BulkItem
from review_app.review.work import Work, load_work
from review_app.segments.service import Placed
from review_app.segments.tables import Segment
from review_app.sites.service import SiteView, site_by_id
from review_app.translations.service import newest_revisions
from review_app.translations.tables import Revision

MOST = 300
"""Passages that are done at a time: more than anybody looks through."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What will happen to one passage: ``after`` is its text then, the same where only flags are dismissed."""

    segment_id: int
    revision: int
    page_id: int
    title: str
    key: str
    source: str
    text: str
    after: str
    flag_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """What was done, and what became of it; ``left``: passages that had changed since and were left alone."""

    id: int
    site_slug: str
    language: str
    act: Act
    kind: str
    by: str
    at: datetime
    passages: int
    undone_by: str | None
    undone_at: datetime | None
    left: int


def preview(
    session: Session, actor: Actor, site_slug: str, language: str, act: Act, asked: Narrow
) -> tuple[list[Proposal], int]:
    """Return what would happen to the first passages that are asked for, and how many there are."""
    site = open_queue(session, actor, site_slug, language)
    actor.require(Action.CORRECT, site.id, language)
    found = _proposals(session, actor, site, language, act, asked)
    return found[:MOST], len(found)


def do(
    session: Session, actor: Actor, site_slug: str, language: str, act: Act, asked: Narrow, chosen: Mapping[int, int]
) -> tuple[int, int]:
    """Do it to the chosen passages; ``chosen`` maps each to the number of the revision that was seen.

    Returns the action's id, and how many were left alone because somebody changed them since. Raises ``BadInput`` if
    nothing was chosen, ``Conflict`` if all were changed.
    """
    site = open_queue(session, actor, site_slug, language)
    actor.require(Action.CORRECT, site.id, language)
    person = person_of(actor)
    if not chosen:
        raise BadInput(N_("Nothing is chosen. Tick the passages that are to be changed."))
    hold(session, Segment.id, list(chosen))
    found = [
        one
        for one in _proposals(session, actor, site, language, act, asked)
        if chosen.get(one.segment_id) == one.revision
    ]
    if not found:
        raise Conflict(N_("Somebody has changed all of these passages meanwhile. Look at them again."))
    action = BulkAction(site_id=site.id, language=language, act=act, kind=asked.kind, made_by=person, made_at=utc_now())
    session.add(action)
    session.flush()
    heads = newest_revisions(session, [one.segment_id for one in found], language)
    make = _dismissed if act is Act.DISMISS else _fixed
    items = make(session, actor, site, action, found, heads)
    session.add_all(items)
    session.flush()
    return action.id, len(chosen) - len(items)


def undo(session: Session, actor: Actor, site_id: int, bulk_id: int) -> None:
    """Take it back where nothing changed since; what somebody did meanwhile stays."""
    action = _action(session, actor, site_id, bulk_id)
    if not _is_lent(session, actor, action):
        actor.require(Action.CORRECT, action.site_id, action.language)
    person = person_of(actor)
    if action.undone_at is not None:
        raise Conflict(N_("This is undone already."))
    items = list(session.scalars(select(BulkItem).where(BulkItem.bulk_id == bulk_id).order_by(BulkItem.segment_id)))
    hold(session, Segment.id, [item.segment_id for item in items])
    heads = newest_revisions(session, [item.segment_id for item in items], action.language)
    same = [item for item in items if heads[item.segment_id].id == item.revision_id]
    if action.act is Act.DISMISS:
        _open_again(session, actor, action, same)
    else:
        _give_back(session, actor, action, same, heads)
    action.undone_by, action.undone_at = person, utc_now()
    session.flush()


def done(session: Session, actor: Actor, site_id: int, bulk_id: int) -> Done:
    """Return what was done at once; raises ``NotFound``."""
    action = _action(session, actor, site_id, bulk_id)
    items = session.scalars(select(BulkItem).where(BulkItem.bulk_id == bulk_id)).all()
    names = names_of(session, {action.made_by, *([action.undone_by] if action.undone_by else [])})
    return Done(
        id=action.id,
        site_slug=site_by_id(session, action.site_id).slug,
        language=action.language,
        act=action.act,
        kind=action.kind,
        by=names[action.made_by],
        at=action.made_at,
        passages=len(items),
        undone_by=names.get(action.undone_by) if action.undone_by else None,
        undone_at=action.undone_at,
        left=sum(not item.restored for item in items) if action.undone_at else 0,
    )


def _action(session: Session, actor: Actor, site_id: int, bulk_id: int) -> BulkAction:
    action = session.get(BulkAction, bulk_id)
    if action is None or action.site_id != site_id:
        raise NotFound(N_("There is no such change."))
    if not actor.may(Action.READ, site_id) and not _is_lent(session, actor, action):
        raise NotFound(N_("There is no such change."))
    return action


def _is_lent(session: Session, actor: Actor, action: BulkAction) -> bool:
    """Whether it is this person's own and changed nothing but pages that they are lent."""
    loan = actor.loan
    if loan is None or action.made_by != actor.person_id:
        return False
    if (loan.site_id, loan.language) != (action.site_id, action.language):
        return False
    changed = select(Segment.page_id).join(BulkItem, BulkItem.segment_id == Segment.id)
    return set(session.scalars(changed.where(BulkItem.bulk_id == action.id))) <= loan.page_ids


def _proposals(
    session: Session, actor: Actor, site: SiteView, language: str, act: Act, asked: Narrow
) -> list[Proposal]:
    if not asked.kind:
        raise BadInput(N_("Choose a kind of flag first: only passages that have the same one are changed together."))
    work = load_work(session, site, pages_of(session, site.id), language)
    made = (_proposal(work, *place, act, asked.kind) for place in passages_asked(session, actor, work, asked))
    return [one for one in made if one is not None]


def _proposal(work: Work, page: PageView, segment: Placed, act: Act, kind: str) -> Proposal | None:
    head = work.fresh_revision(segment)
    flags = [flag for flag in work.open_flags(segment) if flag.name == kind]
    if act is Act.FIX:
        flags = [flag for flag in flags if flag.fix is not None and flag.target_span is not None]
    if head is None or not flags:
        return None
    return Proposal(
        segment_id=segment.segment_id,
        revision=head.number,
        page_id=page.id,
        title=page.title,
        key=segment.key,
        source=segment.source,
        text=head.text,
        after=_mended(head.text, flags) if act is Act.FIX else head.text,
        flag_ids=tuple(flag.id for flag in flags),
    )


def _mended(text: str, flags: Sequence[FlagRow]) -> str:
    """Return a text with the fixes of flags in it, from its end so that places stay true; of two in one place, one."""
    start_of_last = len(text) + 1
    for flag in sorted(flags, key=lambda one: one.target_span or (0, 0), reverse=True):
        start, end = flag.target_span or (0, 0)
        if end <= start_of_last:
            text, start_of_last = f"{text[:start]}{flag.fix or ''}{text[end:]}", start
    return text


def _dismissed(
    session: Session, actor: Actor, site: SiteView, action: BulkAction, found: Sequence[Proposal],
    heads: Mapping[int, Revision],
) -> list[BulkItem]:  # fmt: skip
    items = []
    for one in found:
        head = heads[one.segment_id]
        for flag_id in one.flag_ids:
            decide_flag(
                session, actor, site_id=site.id, language=action.language, revision_ids=[head.id], flag_id=flag_id,
                state=FlagState.DISMISSED,
            )  # fmt: skip
        items.append(_item(action, one, head.id, head.id))
    return items


def _fixed(
    session: Session, actor: Actor, site: SiteView, action: BulkAction, found: Sequence[Proposal],
    heads: Mapping[int, Revision],
) -> list[BulkItem]:  # fmt: skip
    written, items = [], []
    for one in found:
        head = heads[one.segment_id]
        made = written_as(session, rewritten(one.segment_id, head, one.after, action.language, action.made_by))
        if made is not None:
            written.append((one.segment_id, head, made))
            items.append(_item(action, one, head.id, made.id))
    finish(session, actor, site, action.language, "segment.fix", action.id, written)
    return items


def _item(action: BulkAction, one: Proposal, before: int, after: int) -> BulkItem:
    flags = list(one.flag_ids)
    return BulkItem(bulk_id=action.id, segment_id=one.segment_id, before_id=before, revision_id=after, flag_ids=flags)


def _open_again(session: Session, actor: Actor, action: BulkAction, items: Sequence[BulkItem]) -> None:
    """Open the flags again that stand as they were left."""
    ids = [flag_id for item in items for flag_id in item.flag_ids]
    flags = {flag.id: flag for flag in session.scalars(select(Flag).where(among(Flag.id, ids)))}
    for item in items:
        mine = [flags[one] for one in item.flag_ids if one in flags and flags[one].state is FlagState.DISMISSED]
        for flag in mine:
            decide_flag(
                session, actor, site_id=action.site_id, language=action.language, revision_ids=[item.revision_id],
                flag_id=flag.id, state=FlagState.OPEN,
            )  # fmt: skip
        item.restored = len(mine) == len(item.flag_ids)


def _give_back(
    session: Session, actor: Actor, action: BulkAction, items: Sequence[BulkItem], heads: Mapping[int, Revision]
) -> None:
    """Give the texts back what they were; one that was approved is again."""
    ids = [item.before_id for item in items]
    before = {row.id: row for row in session.scalars(select(Revision).where(among(Revision.id, ids)))}
    written = []
    for item in items:
        head = heads[item.segment_id]
        back = restored(item.segment_id, head, before[item.before_id], action.language, person_of(actor))
        made = written_as(session, back)
        if made is not None:
            item.restored = True
            written.append((item.segment_id, head, made))
    site = site_by_id(session, action.site_id)
    finish(session, actor, site, action.language, "segment.restore", action.id, written)
