"""Use cases of editing time: note one's own where the site measures it, see it, forget it, and what goes by itself."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.orm import Session

from review_app.accounts.permissions import Actor
from review_app.db import add_missing, among, utc_now
from review_app.errors import NotAllowed
from review_app.locale import N_
from review_app.pages.service import pages_by_id
from review_app.pages.tables import Page
from review_app.sites.service import SiteView, all_sites
from review_app.timing.measuring import believed, told_minutes
from review_app.timing.tables import EditingTime


@dataclass(frozen=True, slots=True)
class TimeSpent:
    """A person's own active seconds on a page in a language on a day."""

    day: date
    site: str
    title: str
    language: str
    seconds: int


def note_time(session: Session, actor: Actor, site: SiteView, page_id: int, language: str, said: int) -> None:
    """Add what a browser says to the person's day, as far as it is believed; nothing where it is not measured."""
    if site.editing_time_days is None or actor.person_id is None or said <= 0:
        return
    now = utc_now()
    last = session.scalar(select(func.max(EditingTime.noted_at)).where(EditingTime.person_id == actor.person_id))
    seconds = believed(said, now - last if last else None)
    key = {"person_id": actor.person_id, "page_id": page_id, "language": language, "day": _day(site, now)}
    add_missing(session, EditingTime, [{**key, "seconds": 0, "noted_at": now}])
    mine = [getattr(EditingTime, name) == value for name, value in key.items()]
    session.execute(update(EditingTime).where(*mine).values(seconds=EditingTime.seconds + seconds, noted_at=now))


def own_time(session: Session, actor: Actor) -> list[TimeSpent]:
    """Return one's own editing time, the newest day first; nobody gets anybody else's."""
    mine = select(EditingTime).where(EditingTime.person_id == _person(actor), EditingTime.seconds > 0)
    rows = session.scalars(mine.order_by(EditingTime.day.desc(), EditingTime.seconds.desc())).all()
    pages = {page.id: page for page in pages_by_id(session, {row.page_id for row in rows})}
    sites = {site.id: site.name for site in all_sites(session)}
    return [
        TimeSpent(row.day, sites[pages[row.page_id].site_id], pages[row.page_id].title, row.language, row.seconds)
        for row in rows
    ]


def forget_own_time(session: Session, actor: Actor) -> None:
    """Delete all of one's own editing time."""
    session.execute(delete(EditingTime).where(EditingTime.person_id == _person(actor)))


def minutes_by_page(
    session: Session, site: SiteView, language: str, page_ids: Collection[int] | None, since: date, until: date
) -> dict[int, int]:
    """Return about how many minutes people took together for pages from one day to before another, by page id.

    Only pages on which enough people worked: never is anything told that one of them did.
    """
    asked: list[ColumnElement[bool]] = [Page.site_id == site.id, EditingTime.language == language]
    asked += [EditingTime.day >= since, EditingTime.day < until, EditingTime.seconds > 0]
    asked += [among(Page.id, page_ids)] if page_ids is not None else []
    rows = session.execute(
        select(Page.id, func.sum(EditingTime.seconds), func.count(EditingTime.person_id.distinct()))
        .join(Page, EditingTime.page_id == Page.id)
        .where(*asked)
        .group_by(Page.id)
    )
    found = {page_id: told_minutes(seconds, people) for page_id, seconds, people in rows}
    return {page_id: minutes for page_id, minutes in found.items() if minutes is not None}


def has_old_time(session: Session, now: datetime) -> bool:
    """Say whether there is editing time that is to go."""
    return any(session.scalar(select(func.count()).where(old)) for old in _old(session, now))


def delete_old_time(session: Session, now: datetime) -> None:
    """Delete what is older than its site keeps it, and all of a site that does not measure it any more."""
    for old in _old(session, now):
        session.execute(delete(EditingTime).where(old))


def _old(session: Session, now: datetime) -> Iterator[ColumnElement[bool]]:
    for site in all_sites(session):
        of_site = EditingTime.page_id.in_(select(Page.id).where(Page.site_id == site.id))
        if site.editing_time_days is None:
            yield of_site
        else:
            yield of_site & (EditingTime.day < _day(site, now) - timedelta(days=site.editing_time_days))


def _day(site: SiteView, now: datetime) -> date:
    return now.astimezone(ZoneInfo(site.timezone)).date()


def _person(actor: Actor) -> int:
    if actor.person_id is None:
        raise NotAllowed(N_("Editing time is a person's own. Sign in to see yours."))
    return actor.person_id
