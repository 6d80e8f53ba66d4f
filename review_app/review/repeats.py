"""The same sentence on other pages of a site: where it reads otherwise, and one text put in there, undone together.

What nobody has read there becomes the text as a draft, from the other page, and stays unread. What somebody wrote is an
exception that its context may ask for: it changes only where it is chosen, by whoever chooses.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from review_app.accounts.permissions import Action, Actor
from review_app.db import hold, utc_now
from review_app.errors import BadInput, Conflict
from review_app.locale import N_
from review_app.pages.service import newest_version_ids, pages_by_id
from review_app.quality.service import hidden_revisions
from review_app.review.batching import finish, person_of, rewritten, written_as
from review_app.review.opening import OpenSegment, open_segment
from review_app.review.states import Act
from review_app.review.tables import BulkAction, BulkItem
from review_app.segments.decided import segments_of
from review_app.segments.service import standing_in
from review_app.segments.tables import Segment
from review_app.translations.origin import Origin
from review_app.translations.service import NewRevision, newest_revisions
from review_app.translations.tables import Revision

KIND = "repeat"


@dataclass(frozen=True, slots=True)
class Repeat:
    """The same sentence in another place with another text; ``read``: a person stands behind that one."""

    segment_id: int
    revision: int
    page_id: int
    title: str
    key: str
    text: str
    read: bool


def repeats_of(session: Session, actor: Actor, page_id: int, language: str, key: str) -> tuple[str, list[Repeat]]:
    """Return a sentence's text, and where else it stands with another; nothing while nobody has read it here.

    Sentences without any text are left out: whoever has them translated gets this text there by itself.
    """
    place = open_segment(session, actor, page_id, language, Action.READ, key)
    head = _read_text(session, place)
    return (head.text, _others(session, actor, place, head.text)) if head else ("", [])


def fill_in(
    session: Session, actor: Actor, page_id: int, language: str, key: str, chosen: Mapping[int, int]
) -> tuple[int, int]:
    """Put a sentence's text into the chosen places; ``chosen`` maps each to the number of the revision that was seen.

    Returns the action's id, by which it is undone, and how many were left alone because they had changed.
    """
    place = open_segment(session, actor, page_id, language, Action.CORRECT, key)
    person = person_of(actor)
    if not chosen:
        raise BadInput(N_("Nothing is chosen. Tick the passages that are to be changed."))
    hold(session, Segment.id, list(chosen))
    head = _read_text(session, place)
    others = _others(session, actor, place, head.text) if head else []
    found = [one for one in others if chosen.get(one.segment_id) == one.revision]
    if head is None or not found:
        raise Conflict(N_("Somebody has changed all of these passages meanwhile. Look at them again."))
    action = BulkAction(
        site_id=place.site.id, language=language, act=Act.REPEAT, kind=KIND, made_by=person, made_at=utc_now()
    )
    session.add(action)
    session.flush()
    heads = newest_revisions(session, [one.segment_id for one in found], language)
    written = []
    for one in found:
        before = heads[one.segment_id]
        made = written_as(session, _filled(one, before, head.text, language, person))
        if made is not None:
            written.append((one.segment_id, before, made))
    session.add_all(
        BulkItem(bulk_id=action.id, segment_id=segment, before_id=before.id, revision_id=made.id, flag_ids=[])
        for segment, before, made in written
    )
    finish(session, actor, place.site, language, "segment.repeat", action.id, written)
    return action.id, len(chosen) - len(written)


def _filled(one: Repeat, before: Revision, text: str, language: str, person: int) -> NewRevision:
    if one.read:
        return rewritten(one.segment_id, before, text, language, person)
    return NewRevision(
        segment_id=one.segment_id,
        language=language,
        text=text,
        source=before.source,
        based_on=before.number,
        origin=Origin.MEMORY,
    )


def _read_text(session: Session, place: OpenSegment) -> Revision | None:
    head = newest_revisions(session, [place.segment_id], place.language).get(place.segment_id)
    return head if head and head.origin.read_by_person and head.source == place.source else None


def _others(session: Session, actor: Actor, place: OpenSegment, text: str) -> list[Repeat]:
    """Return the other places with another text; to whom pages are lent, those on these."""
    segments = {
        one.id: one
        for one in segments_of(session, place.site.id, place.source)
        if one.id != place.segment_id and (actor.loan is None or one.page_id in actor.loan.page_ids)
    }
    if not segments:
        return []
    heads = newest_revisions(session, list(segments), place.language)
    differing = {segment_id: head for segment_id, head in heads.items() if head.text != text}
    hidden = hidden_revisions(session, [head.id for head in differing.values()])
    pages = {page.id: page for page in pages_by_id(session, {segments[one].page_id for one in differing})}
    places = {page_id: at for at, page_id in enumerate(pages)}
    versions = newest_version_ids(session, list(pages))
    standing = standing_in(session, list(versions.values()), list(differing))
    found = []
    for one in sorted(standing, key=lambda one: places[segments[one.segment_id].page_id]):
        head, segment = differing[one.segment_id], segments[one.segment_id]
        if head.id not in hidden and head.source == one.source:
            page, read = pages[segment.page_id], head.origin.read_by_person
            found.append(Repeat(one.segment_id, head.number, page.id, page.title, segment.key, head.text, read))
    return found
