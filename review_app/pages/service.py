"""Use cases of pages: keep a snapshot of a page's bytes, look pages and versions up."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, bindparam, func, select, update
from sqlalchemy.orm import Session

from review_app.accounts.administration import change_rule
from review_app.accounts.permissions import Action, Actor
from review_app.accounts.service import record
from review_app.db import add_missing, hold, utc_now
from review_app.errors import BadAddress, BadInput, NotFound
from review_app.locale import N_
from review_app.pages.addresses import MALFORMED
from review_app.pages.document import Document
from review_app.pages.fetch import Fetched, Known
from review_app.pages.tables import Block, Page, PageVersion
from review_app.sites.policy import ContentClass, LanguagePolicy
from review_app.sites.sections import Rule, find_rule, rule_for, rules_of
from review_app.sites.service import SiteView
from review_app.sites.tables import Site

LONGEST_PATH = 500
LONGEST_URL = 2000
LONGEST_ETAG = 400

SHARED_PATH = "_shared"
"""Path of the page that holds what a site's pages share; no page of a website may have it."""

PATH_TAKEN = N_("The path “{path}” is used for what the pages share. Choose another.")

SHARED_TITLE = "Meny, sidhuvud och sidfot"


@dataclass(frozen=True, slots=True)
class PageView:
    """A page with its newest version; ``shared``: what a site's pages share.

    ``known`` is what its website said of it last, ``vanished_at`` since when it is gone there. ``content_class``,
    ``policies`` and ``never_send`` are what is said of it or its section; of a language that is not named there the
    site's policy holds.
    """

    id: int
    site_id: int
    path: str
    url: str
    content_class: ContentClass
    shared: bool
    title: str
    version_id: int
    version: int
    origin: str
    taken_at: datetime
    policies: Mapping[str, LanguagePolicy]
    visits: int
    known: Known
    vanished_at: datetime | None
    checked_at: datetime | None
    never_send: bool = False

    def policy(self, site: SiteView, language: str) -> LanguagePolicy:
        """Return what readers may see of this page in a language of its site."""
        return self.policies.get(language, site.languages[language])


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Bytes of a page as they came in, and what they were read as."""

    body: bytes
    document: Document
    origin: str
    taken_at: datetime | None = None


def normalise_path(path: str) -> str:
    """Return a page's path as the house writes it: no slash at either end, ``start`` for the root."""
    parts = [
        part for part in path.split("?", maxsplit=1)[0].split("#", maxsplit=1)[0].split("/") if part not in {"", "."}
    ]
    if ".." in parts or any(ord(c) < 32 or c == "\\" for c in path) or len(path) > LONGEST_PATH:
        raise BadInput(N_("“{path}” cannot be a page's path. Use names separated by slashes."), path=path[:80])
    return "/".join(parts).removesuffix(".html").removesuffix(".htm") or "start"


def store_snapshot(
    session: Session, actor: Actor, site_id: int, path: str, snapshot: Snapshot, *, url: str = "", shared: bool = False
) -> tuple[PageVersion, bool]:
    """Keep a page's bytes as its newest version; returns it and whether it is new (the same bytes are kept once)."""
    actor.require(Action.IMPORT, site_id)
    if url and (not url.lower().startswith(("https://", "http://")) or len(url) > LONGEST_URL):
        raise BadAddress(MALFORMED, url=url[:200])  # it is shown as a link: javascript: must not get there
    path = normalise_path(path)
    hold(session, Site.id, [site_id])  # what pages share is of the site: one at a time takes its pages in
    page = session.scalar(select(Page).where(Page.site_id == site_id, Page.path == path))
    if page is None:
        page = Page(site_id=site_id, path=path, url=url, shared=shared)
        session.add(page)
        session.flush()
    if page.shared != shared or (path == SHARED_PATH and not shared):
        raise BadInput(PATH_TAKEN, path=path)
    page.url = url or page.url
    newest = newest_version(session, page.id)
    content_hash = hashlib.sha256(snapshot.body).hexdigest()
    if newest is not None and newest.content_hash == content_hash:
        return newest, False
    version = PageVersion(
        page_id=page.id,
        number=newest.number + 1 if newest else 1,
        title=SHARED_TITLE if shared else (snapshot.document.title or path)[:500],
        body=snapshot.body,
        content_hash=content_hash,
        charset=snapshot.document.charset,
        origin=snapshot.origin,
        taken_at=snapshot.taken_at or utc_now(),
    )
    _add_version(session, version, snapshot.document)
    record(
        session,
        actor,
        "page.import",
        f"page:{page.id}",
        site_id=site_id,
        after={"path": path, "version": version.number, "origin": snapshot.origin, "sha256": content_hash},
    )
    return version, True


def store_again(session: Session, version: PageVersion, document: Document) -> PageVersion:
    """Keep a page's newest version once more, because it is to be cut into other sentences; return the new one."""
    again = PageVersion(
        page_id=version.page_id,
        number=version.number + 1,
        title=version.title,
        body=version.body,
        content_hash=version.content_hash,
        charset=version.charset,
        origin=version.origin,
        taken_at=version.taken_at,
        recut=True,
    )
    _add_version(session, again, document)
    return again


def _add_version(session: Session, version: PageVersion, document: Document) -> None:
    session.add(version)
    session.flush()
    blocks = [
        {"page_version_id": version.id, "number": block.number, "kind": block.kind, "around": block.around}
        for block in document.blocks
    ]
    add_missing(session, Block, blocks)


def set_content_class(session: Session, actor: Actor, page_id: int, content_class: ContentClass) -> None:
    """Say how much is at stake in a page."""
    page = session.get_one(Page, page_id)
    rule = find_rule(session, page.site_id, page.path)
    change_rule(session, actor, page.site_id, replace(rule, content_class=content_class))


def set_visits(session: Session, actor: Actor, site_id: int, visits: Mapping[str, int]) -> int:
    """Keep how often a site's pages are visited, by path, instead of what was known; returns of how many pages."""
    actor.require(Action.ADMINISTER, site_id)
    known = 0
    for page in session.scalars(select(Page).where(Page.site_id == site_id)):
        page.visits = visits.get(page.path, 0)
        known += page.path in visits
    record(session, actor, "site.visits", f"site:{site_id}", site_id=site_id, after={"pages": known})
    session.flush()
    return known


def note_fetched(session: Session, page_id: int, fetched: Fetched) -> None:
    """Remember what a page's website said of it; a page that had vanished is back."""
    page = session.get_one(Page, page_id)
    page.etag = fetched.etag if fetched.etag and len(fetched.etag) <= LONGEST_ETAG else None
    page.last_modified = fetched.last_modified[:100] if fetched.last_modified else None
    page.checked_at, page.vanished_at = fetched.fetched_at, None


def note_unchanged(session: Session, page_ids: Collection[int]) -> None:
    """Remember that pages were looked at and are as they were."""
    rows = update(Page).where(Page.id.in_(page_ids))
    session.execute(rows.values(checked_at=utc_now(), vanished_at=None))


def note_vanished(session: Session, actor: Actor, page_id: int) -> None:
    """Mark a page that its website has no more; nothing of it is deleted."""
    page = session.get_one(Page, page_id)
    page.checked_at = utc_now()
    if page.vanished_at is None:
        page.vanished_at = page.checked_at
        record(session, actor, "page.vanish", f"page:{page_id}", site_id=page.site_id, after={"path": page.path})


def hold_page(session: Session, page_id: int) -> None:
    """Let what is decided about a page wait for this transaction's end, so that it is decided once.

    A request that was sent again does not overtake the first, whose answer was lost.
    """
    hold(session, Page.id, [page_id])


def shared_page(session: Session, site_id: int) -> Page | None:
    """Return the page that holds what a site's pages share."""
    return session.scalar(select(Page).where(Page.site_id == site_id, Page.shared.is_(True)))


def newest_version(session: Session, page_id: int) -> PageVersion | None:
    """Return a page's newest version, without its bytes."""
    return session.scalar(
        select(PageVersion).where(PageVersion.page_id == page_id).order_by(PageVersion.number.desc()).limit(1)
    )


def newest_version_ids(session: Session, page_ids: Collection[int]) -> dict[int, int]:
    """Return the ids of pages' newest versions, by page id."""
    newest = select(PageVersion.page_id, func.max(PageVersion.id)).where(PageVersion.page_id.in_(page_ids))
    return dict(session.execute(newest.group_by(PageVersion.page_id)).all())


def body_of(session: Session, version_id: int) -> tuple[bytes, str]:
    """Return a page version's bytes and charset."""
    row = session.execute(select(PageVersion.body, PageVersion.charset).where(PageVersion.id == version_id)).one()
    return row.body, row.charset


def get_page(session: Session, page_id: int) -> PageView:
    """Return a page with its newest version; raises ``NotFound``."""
    row = session.execute(_PAGE, {"page_id": page_id}).first()
    if row is None:
        raise NotFound(N_("There is no such page."))
    page, version = row
    return _view(page, version, rule_for(rules_of(session, page.site_id), page.path))


def find_page(session: Session, site_id: int, path: str) -> PageView | None:
    """Return the page of a site at a path."""
    return next(iter(_views(session, (Page.site_id == site_id) & (Page.path == path))), None)


def pages_by_id(session: Session, page_ids: Collection[int]) -> list[PageView]:
    """Return these pages, by path."""
    return _views(session, Page.id.in_(page_ids)) if page_ids else []


def pages_of(session: Session, site_id: int) -> list[PageView]:
    """Return a site's pages, by path."""
    return _views(session, Page.site_id == site_id)


def paths_of(session: Session, site_id: int) -> list[tuple[int, str]]:
    """Return the ids and paths of a site's pages, by path: of thousands of pages that is quickly read."""
    rows = session.execute(select(Page.id, Page.path).where(Page.site_id == site_id).order_by(Page.path))
    return [(row.id, row.path) for row in rows]


class PageAddress(NamedTuple):
    """Where a page stands here, and on its website."""

    id: int
    path: str
    url: str


def addresses_of(session: Session, site_id: int) -> list[PageAddress]:
    """Return where a site's pages stand, those that came from its website."""
    rows = session.execute(select(Page.id, Page.path, Page.url).where(Page.site_id == site_id, Page.url != ""))
    return [PageAddress(*row) for row in rows]


_LAST = select(func.max(PageVersion.number)).where(PageVersion.page_id == Page.id).correlate(Page).scalar_subquery()
_PAGES = (
    select(Page, PageVersion)
    .join(PageVersion, (PageVersion.page_id == Page.id) & (PageVersion.number == _LAST))
    .order_by(Page.path)
)
_PAGE = _PAGES.where(Page.id == bindparam("page_id"))


def _views(session: Session, condition: ColumnElement[bool]) -> list[PageView]:
    rows = session.execute(_PAGES.where(condition)).all()
    rules = {site_id: rules_of(session, site_id) for site_id in {page.site_id for page, _ in rows}}
    return [_view(page, version, rule_for(rules[page.site_id], page.path)) for page, version in rows]


def _view(page: Page, version: PageVersion, rule: Rule) -> PageView:
    return PageView(
        id=page.id,
        site_id=page.site_id,
        path=page.path,
        url=page.url,
        content_class=rule.content_class or ContentClass.NORMAL,
        shared=page.shared,
        title=version.title,
        version_id=version.id,
        version=version.number,
        origin=version.origin,
        taken_at=version.taken_at,
        policies=rule.policies,
        visits=page.visits,
        known=Known(page.etag, page.last_modified),
        vanished_at=page.vanished_at,
        checked_at=page.checked_at,
        never_send=rule.never_send,
    )
