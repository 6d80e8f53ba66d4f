"""What happened to a site's pages on their website, and when. A page that was only cut anew has not changed."""

from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from review_app.db import among
from review_app.pages.tables import Page, PageVersion


def changes_of(session: Session, site_id: int, page_ids: Collection[int] | None = None) -> list[date]:
    """Return the day of every new version of a page after its first, of a site or of some of its pages."""
    taken = select(PageVersion.taken_at).join(Page, PageVersion.page_id == Page.id)
    taken = taken.where(Page.site_id == site_id, PageVersion.number > 1, PageVersion.recut.is_(False))
    if page_ids is not None:
        taken = taken.where(among(Page.id, page_ids))
    return [at.date() for at in session.scalars(taken)]


class NewVersion(NamedTuple):
    """A version of a page after its first."""

    page_id: int
    title: str
    number: int
    at: datetime


def new_versions(
    session: Session, site_id: int, page_ids: Collection[int] | None, since: datetime | None, before: datetime | None
) -> list[NewVersion]:
    """Return the versions of pages that came in a time, the newest first; what ``changes_of`` counts by day."""
    columns = (PageVersion.page_id, PageVersion.title, PageVersion.number, PageVersion.taken_at)
    found = select(*columns).join(Page, PageVersion.page_id == Page.id)
    found = found.where(Page.site_id == site_id, PageVersion.number > 1, PageVersion.recut.is_(False))
    found = found.order_by(PageVersion.id.desc())
    if page_ids is not None:
        found = found.where(among(Page.id, page_ids))
    if since is not None:
        found = found.where(PageVersion.taken_at >= since)
    if before is not None:
        found = found.where(PageVersion.taken_at < before)
    return [NewVersion(*row) for row in session.execute(found)]


class SiteChange(NamedTuple):
    """What happened to a page on its website: ``new``, ``changed`` or ``gone``."""

    page_id: int
    path: str
    title: str
    kind: str
    at: datetime


def changes_since(session: Session, site_id: int, since: datetime) -> list[SiteChange]:
    """Return the pages of a site that came, changed or went since a moment, the last first; each of them once."""
    mine = (Page.site_id == site_id, Page.shared.is_(False))
    columns = (Page.id, Page.path, PageVersion.title)
    taken = select(*columns, PageVersion.number, PageVersion.taken_at).join(Page, PageVersion.page_id == Page.id)
    taken = taken.where(*mine, PageVersion.taken_at >= since, PageVersion.recut.is_(False))
    rows = session.execute(taken.order_by(PageVersion.number)).all()
    found: dict[int, SiteChange] = {}
    for page_id, path, title, number, at in rows:
        is_new = number == 1 or (page_id in found and found[page_id].kind == "new")
        found[page_id] = SiteChange(page_id, path, title, "new" if is_new else "changed", at)
    newest = select(func.max(PageVersion.number)).where(PageVersion.page_id == Page.id).correlate(Page)
    gone = select(*columns, Page.vanished_at).join(Page, PageVersion.page_id == Page.id)
    gone = gone.where(*mine, Page.vanished_at >= since, PageVersion.number == newest.scalar_subquery())
    for row in session.execute(gone):
        found[row.id] = SiteChange(row.id, row.path, row.title, "gone", row.vanished_at or since)
    return sorted(found.values(), key=lambda change: change.at, reverse=True)
