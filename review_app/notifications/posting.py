"""Writes to people of what concerns them: at once, or once a day in the morning of the site. Run by the sweep."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from review_app.accounts.people import Colleague, colleagues
from review_app.accounts.service import person_actor
from review_app.db import Database, add_missing, among, utc_now
from review_app.locale import INTERFACE_LANGUAGES, catalogue
from review_app.notifications.happened import events_of
from review_app.notifications.kinds import Event, Way, sentence
from review_app.notifications.letters import MORE, MORE_ONE
from review_app.notifications.mail import can_send, send
from review_app.notifications.notices import SHOWN_FOR, concerns, mail_choices
from review_app.notifications.tables import Digest, Noticed
from review_app.settings import Settings
from review_app.sites.service import SiteView, all_sites

MORNING = 7
"""The hour of the site's day from which the daily message is written."""

FRESH = timedelta(hours=6)
"""What happened longer ago is not told at once any more: it was before mail was set up, or the worker was away."""

A_DAY = timedelta(hours=36)
"""How far the daily message looks back: a day, and some more for one that came late."""

MOST_LINES = 30


@dataclass(frozen=True, slots=True)
class _Letter:
    person: Colleague
    site: SiteView
    events: tuple[Event, ...]
    daily: bool


def post(settings: Settings, database: Database, now: datetime | None = None) -> int:
    """Have written what is due, and return how many messages that is. Whoever comes second writes none of them."""
    if not can_send(settings):
        return 0
    now = now or utc_now()
    with database.reading() as session:
        due = [letter for site in all_sites(session) for letter in _due(session, site, now)]
        mornings = [site for site in all_sites(session) if _is_morning(session, site, now)]
    if not due and not mornings:
        return 0
    with database.writing() as session:
        for site in mornings:
            add_missing(session, Digest, [{"site_id": site.id, "day": _day(site, now)}])
        session.execute(delete(Noticed).where(Noticed.at < now - 2 * SHOWN_FOR))
        return sum(_write(session, settings, letter, now) for letter in due)


def _due(session: Session, site: SiteView, now: datetime) -> Iterator[_Letter]:
    """Yield who is to be written to of what: nobody of what they have read, or were written to of, already."""
    morning = _is_morning(session, site, now)
    events = events_of(session, site, now - (A_DAY if morning else FRESH), now)
    if not events:
        return
    for person in colleagues(session, site.id):
        actor, ways = person_actor(session, person.person_id), mail_choices(session, person.person_id)
        mine = _untold(session, person.person_id, [event for event in events if concerns(event, actor)])
        at_once = [event for event in mine if ways[event.kind] is Way.ONCE and event.at >= now - FRESH]
        daily = [event for event in mine if ways[event.kind] is Way.DAILY] if morning else []
        if at_once:
            yield _Letter(person, site, tuple(at_once), daily=False)
        if daily:
            yield _Letter(person, site, tuple(daily), daily=True)


def _untold(session: Session, person_id: int, events: Sequence[Event]) -> list[Event]:
    told = Noticed.read_at.is_not(None) | Noticed.mailed_at.is_not(None)
    keys = [event.key for event in events]
    known = set(
        session.scalars(select(Noticed.key).where(Noticed.person_id == person_id, among(Noticed.key, keys), told))
    )
    return [event for event in events if event.key not in known]


def _write(session: Session, settings: Settings, letter: _Letter, now: datetime) -> int:
    """Keep a message with the note that it was written; another process may have written it meanwhile."""
    person_id, keys = letter.person.person_id, [event.key for event in letter.events]
    add_missing(session, Noticed, [{"person_id": person_id, "key": key, "at": now} for key in keys])
    rows = select(Noticed).where(Noticed.person_id == person_id, among(Noticed.key, keys)).with_for_update()
    fresh = [row for row in session.scalars(rows.execution_options(populate_existing=True)) if row.mailed_at is None]
    for row in fresh:
        row.mailed_at = now
    mine = {row.key for row in fresh}
    events = [event for event in letter.events if event.key in mine]
    if not events:
        return 0
    language = letter.person.language if letter.person.language in INTERFACE_LANGUAGES else settings.default_language
    values = {
        "site": letter.site.name,
        "count": len(events),
        "first": sentence(events[0], language),
        "lines": "\n\n".join(_lines(events, settings.base_url.rstrip("/"), language)),
        "settings": f"{settings.base_url.rstrip('/')}/notices",
    }
    kind = "daily" if letter.daily else "event" if len(events) == 1 else "events"
    send(session, to=letter.person.email, letter=kind, values=values, language=language)
    return 1


def _lines(events: Sequence[Event], base: str, language: str) -> Iterable[str]:
    for event in events[:MOST_LINES]:
        words = f"\n“{event.words}”" if event.words else ""
        yield f"{sentence(event, language)}{words}\n{base}{event.address}"
    more = len(events) - MOST_LINES
    if more > 0:
        yield catalogue(language).ngettext(MORE_ONE, MORE, more) % {"num": more}


def _is_morning(session: Session, site: SiteView, now: datetime) -> bool:
    """Say whether the site's daily message of this day is still to be written."""
    if now.astimezone(ZoneInfo(site.timezone)).hour < MORNING:
        return False
    return session.get(Digest, (site.id, _day(site, now))) is None


def _day(site: SiteView, now: datetime) -> object:
    return now.astimezone(ZoneInfo(site.timezone)).date()
