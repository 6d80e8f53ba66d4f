"""Tables of the pages stage."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from review_app.db import Base, Choice, utc_now
from review_app.pages.states import CrawlState
from review_app.sites.tables import Site


class Page(Base):
    """A URL or file of a site; or, once per site, what its pages share: menus, headers, footers.

    ``etag`` and ``last_modified`` are what the website said of it last, ``vanished_at`` since when it is gone there.
    """

    __tablename__ = "page"
    __table_args__ = (UniqueConstraint("site_id", "path"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey(Site.id))
    path: Mapped[str] = mapped_column(String(500))
    url: Mapped[str] = mapped_column(String(2000), default="")
    shared: Mapped[bool] = mapped_column(default=False)
    visits: Mapped[int] = mapped_column(default=0)
    etag: Mapped[str | None] = mapped_column(String(400))
    last_modified: Mapped[str | None] = mapped_column(String(100))
    checked_at: Mapped[datetime | None]
    vanished_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=utc_now)


class PageVersion(Base):
    """An immutable snapshot of a page's bytes; ``recut``: the bytes of the one before, in other sentences."""

    __tablename__ = "page_version"
    __table_args__ = (UniqueConstraint("page_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    page_id: Mapped[int] = mapped_column(ForeignKey(Page.id))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(500))
    body: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    content_hash: Mapped[str] = mapped_column(String(64))
    charset: Mapped[str] = mapped_column(String(40))
    origin: Mapped[str] = mapped_column(String(2000))
    taken_at: Mapped[datetime] = mapped_column(default=utc_now)
    recut: Mapped[bool] = mapped_column(default=False)


class Block(Base):
    """An element or attribute of a page version that holds text; ``around``: in a menu, a footer and the like."""

    __tablename__ = "block"
    __table_args__ = (UniqueConstraint("page_version_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    page_version_id: Mapped[int] = mapped_column(ForeignKey(PageVersion.id))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(40))
    around: Mapped[bool] = mapped_column(default=False)


class Crawl(Base):
    """Addresses to be taken in, one after the other; ``depth`` says how far links are followed from the first ones."""

    __tablename__ = "crawl"

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey(Site.id), index=True)
    source: Mapped[str] = mapped_column(String(2000))
    depth: Mapped[int]
    most_pages: Mapped[int]
    stopped: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=utc_now)


class CrawlAddress(Base):
    """One address of a crawl, how many links away from the first ones, and what became of it."""

    __tablename__ = "crawl_address"
    __table_args__ = (UniqueConstraint("crawl_id", "url"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    crawl_id: Mapped[int] = mapped_column(ForeignKey(Crawl.id))
    url: Mapped[str] = mapped_column(String(2000))
    depth: Mapped[int]
    state: Mapped[CrawlState] = mapped_column(Choice(CrawlState), default=CrawlState.WAITING)
    error: Mapped[str | None] = mapped_column(Text)
    error_values: Mapped[dict[str, Any] | None] = mapped_column(JSON)
