"""Use cases of putting a recurring correction into many texts at once, and of taking that back.

Each text gets a revision by the person, is checked and estimated like any save, and says in the log how it came about.
Nobody has read a draft for it: it stays unread. What was read stays read, by whoever replaced.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.permissions import Action, Actor
from review_app.accounts.service import names_of
from review_app.db import among, utc_now
from review_app.errors import BadInput, Conflict, NotFound
from review_app.locale import N_
from review_app.review.batching import finish, person_of, restored, rewritten, written_as
from review_app.review.recurring import open_language
from review_app.review.standing import Place, places_of
from review_app.review.tables import Batch, BatchItem
from review_app.sites.service import site_by_id
from review_app.text.phrases import Replacement
from review_app.translations.service import newest_revisions
from review_app.translations.tables import Revision


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a batch: how many texts were changed, and the segments left alone, by whose newer text."""

    batch_id: int
    changed: int
    skipped: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class BatchView:
    """A batch as it is shown; ``left`` texts have been edited since, and are not restored."""

    id: int
    by: str
    at: datetime
    texts: int
    undone_by: str | None
    undone_at: datetime | None
    left: int


def replace_in(
    session: Session,
    actor: Actor,
    site_slug: str,
    language: str,
    replacement: Replacement,
    chosen: Mapping[int, int],
) -> Outcome:
    """Put the phrase into the chosen segments; ``chosen`` maps each to the number of the revision that was seen.

    A segment that somebody saved since, or that is a spot check, is left alone and named. Raises ``BadInput`` if
    nothing was chosen, and ``Conflict`` if nothing is left of what was.
    """
    site = open_language(session, actor, site_slug, language)
    person = person_of(actor)
    if not chosen:
        raise BadInput(N_("Nothing is chosen. Tick the passages that are to be changed."))
    standing = {place.segment_id: place for place in places_of(session, site.id, language, replacement)}
    fresh = [standing[one] for one, number in chosen.items() if _is_as_seen(standing.get(one), number)]
    heads = newest_revisions(session, [place.segment_id for place in fresh], language)
    batch = Batch(
        site_id=site.id, language=language, old=replacement.old, new=replacement.new, made_by=person, made_at=utc_now()
    )
    session.add(batch)
    session.flush()
    written = []
    for place in fresh:
        head = heads[place.segment_id]
        made = written_as(session, rewritten(place.segment_id, head, place.after, language, person))
        if made is not None:
            written.append((place.segment_id, head, made))
    if not written:
        raise Conflict(N_("Somebody has changed all of these passages meanwhile. Look at them again."))
    session.add_all(
        BatchItem(batch_id=batch.id, segment_id=segment, before_id=before.id, revision_id=made.id)
        for segment, before, made in written
    )
    finish(session, actor, site, language, "segment.replace", batch.id, written)
    done = {segment for segment, _, _ in written}
    return Outcome(batch.id, len(written), tuple(segment for segment in chosen if segment not in done))


def undo(session: Session, actor: Actor, batch_id: int) -> Outcome:
    """Give the texts of a batch back what they were, where nobody edited since; what somebody did stays, and is named.

    A text that was approved is again: it is the same text of the same source.
    """
    batch = _batch(session, actor, batch_id)
    person = person_of(actor)
    if batch.undone_at is not None:
        raise Conflict(N_("This is undone already."))
    site = site_by_id(session, batch.site_id)
    items = _items(session, [batch.id])
    heads = newest_revisions(session, [item.segment_id for item in items], batch.language)
    before = _revisions(session, [item.before_id for item in items])
    written = []
    for item in items:
        head = heads[item.segment_id]
        if head.id != item.revision_id:
            continue
        back = restored(item.segment_id, head, before[item.before_id], batch.language, person)
        made = written_as(session, back)
        if made is not None:
            item.restored_id = made.id
            written.append((item.segment_id, head, made))
    batch.undone_by, batch.undone_at = person, utc_now()
    finish(session, actor, site, batch.language, "segment.restore", batch.id, written)
    done = {segment for segment, _, _ in written}
    return Outcome(batch.id, len(written), tuple(i.segment_id for i in items if i.segment_id not in done))


def batches_of(
    session: Session, actor: Actor, site_slug: str, language: str, replacement: Replacement | None = None
) -> list[BatchView]:
    """Return what was replaced in a language of a site, the newest first; of one replacement, if it is given."""
    site = open_language(session, actor, site_slug, language)
    rows = session.scalars(
        select(Batch).where(Batch.site_id == site.id, Batch.language == language).order_by(Batch.id.desc())
    )
    found = [row for row in rows if replacement is None or Replacement(row.old, row.new).key == replacement.key]
    people = {person for row in found for person in (row.made_by, row.undone_by) if person}
    names = names_of(session, people)
    items: dict[int, list[BatchItem]] = {row.id: [] for row in found}
    for item in _items(session, list(items)):
        items[item.batch_id].append(item)
    return [
        BatchView(
            id=row.id,
            by=names.get(row.made_by, ""),
            at=row.made_at,
            texts=len(items[row.id]),
            undone_by=names.get(row.undone_by) if row.undone_by else None,
            undone_at=row.undone_at,
            left=sum(item.restored_id is None for item in items[row.id]) if row.undone_at else 0,
        )
        for row in found
    ]


def replacement_of(session: Session, actor: Actor, batch_id: int) -> tuple[str, str, Replacement]:
    """Return the site, the language and the replacement of a batch; raises ``NotFound``."""
    batch = _batch(session, actor, batch_id)
    return site_by_id(session, batch.site_id).slug, batch.language, Replacement(batch.old, batch.new)


def _batch(session: Session, actor: Actor, batch_id: int) -> Batch:
    batch = session.get(Batch, batch_id)
    if batch is None or not actor.may(Action.READ, batch.site_id):
        raise NotFound(N_("There is no such change."))
    actor.require(Action.CORRECT, batch.site_id, batch.language)
    return batch


def _is_as_seen(place: Place | None, number: int) -> bool:
    return place is not None and place.revision == number and not place.spot_check


def _items(session: Session, batch_ids: Sequence[int]) -> list[BatchItem]:
    rows = (
        select(BatchItem).where(among(BatchItem.batch_id, batch_ids)).order_by(BatchItem.batch_id, BatchItem.segment_id)
    )
    return list(session.scalars(rows))


def _revisions(session: Session, ids: Sequence[int]) -> dict[int, Revision]:
    return {row.id: row for row in session.scalars(select(Revision).where(among(Revision.id, ids)))}
