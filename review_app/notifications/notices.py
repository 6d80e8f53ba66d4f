"""A person's notices: what happened that concerns them, what they have read of it, and how they want to be told."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.permissions import Action, Actor
from review_app.db import add_missing, among, utc_now
from review_app.notifications.happened import events_of
from review_app.notifications.kinds import USUAL, Event, Kind, Way
from review_app.notifications.tables import MailChoice, Noticed
from review_app.sites.service import site_by_id

SHOWN_FOR = timedelta(days=30)
"""How far back a person's list goes."""


@dataclass(frozen=True, slots=True)
class Notice:
    """An event that concerns a person, and whether they have read of it."""

    event: Event
    site_slug: str
    site_name: str
    read: bool


def notices(session: Session, actor: Actor) -> list[Notice]:
    """Return what concerns a person, the newest first. It follows from the log and from their roles of now."""
    if actor.person_id is None:
        return []
    now, found = utc_now(), []
    for site_id in sorted(actor.site_ids):
        site = site_by_id(session, site_id)
        found += [(event, site) for event in events_of(session, site, now - SHOWN_FOR, now) if concerns(event, actor)]
    seen = _read(session, actor.person_id, [event.key for event, _ in found])
    shown = [Notice(event, site.slug, site.name, event.key in seen) for event, site in found]
    return sorted(shown, key=lambda notice: notice.event.at, reverse=True)


def concerns(event: Event, actor: Actor) -> bool:
    """Say whether an event is for this person: never for whoever may not read the site, as those it lends pages to."""
    return actor.may(Action.READ, event.site_id) and event.is_for(
        actor.person_id, may=actor.may(event.action, event.site_id, event.language)
    )


def unread_count(session: Session, actor: Actor) -> int:
    """Return how many notices a person has not read."""
    return sum(not notice.read for notice in notices(session, actor))


def mark(session: Session, actor: Actor, keys: Collection[str] | None, *, read: bool) -> None:
    """Note that a person has read of events, or wants to read of them again; without keys: of all there are."""
    if actor.person_id is None:
        return
    mine = [notice.event.key for notice in notices(session, actor)]
    chosen = [key for key in mine if keys is None or key in keys]
    rows = [{"person_id": actor.person_id, "key": key, "at": utc_now()} for key in chosen]
    add_missing(session, Noticed, rows)
    kept = select(Noticed).where(Noticed.person_id == actor.person_id, among(Noticed.key, chosen))
    for row in session.scalars(kept.execution_options(populate_existing=True)):
        row.read_at = (row.read_at or utc_now()) if read else None
    session.flush()


def mail_choices(session: Session, person_id: int) -> dict[Kind, Way]:
    """Return how a person is told of each kind of event by e-mail."""
    chosen = select(MailChoice.kind, MailChoice.way).where(MailChoice.person_id == person_id)
    return USUAL | {Kind(kind): Way(way) for kind, way in session.execute(chosen) if kind in set(Kind)}


def choose_mail(session: Session, actor: Actor, ways: Mapping[Kind, Way]) -> None:
    """Say how one wants to be told. It is one's own matter, and no row of the log."""
    if actor.person_id is None:
        return
    held = {row.kind: row for row in session.scalars(select(MailChoice).where(MailChoice.person_id == actor.person_id))}
    for kind, way in ways.items():
        row = held.get(kind) or MailChoice(person_id=actor.person_id, kind=kind)
        row.way = way
        session.add(row)
    session.flush()


def _read(session: Session, person_id: int, keys: Collection[str]) -> set[str]:
    read = (Noticed.person_id == person_id) & among(Noticed.key, keys) & Noticed.read_at.is_not(None)
    return set(session.scalars(select(Noticed.key).where(read)))
