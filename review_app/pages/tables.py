"""Tables of the pages stage."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from review_app.db import Base, utc_now
from review_app.sites.tables import Site


class Page(Base):
    """A URL or file of a site; or, once per site, what its pages share: menus, headers, footers."""

    __tablename__ = "page"
    __table_args__ = (UniqueConstraint("site_id", "path"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey(Site.id))
    path: Mapped[str] = mapped_column(String(500))
    url: Mapped[str] = mapped_column(String(2000), default="")
    shared: Mapped[bool] = mapped_column(default=False)
    visits: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(default=utc_now)


class PageVersion(Base):
    """An immutable snapshot of a page's bytes."""

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


class Block(Base):
    """An element or attribute of a page version that holds text; ``around``: in a menu, a footer and the like."""

    __tablename__ = "block"
    __table_args__ = (UniqueConstraint("page_version_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    page_version_id: Mapped[int] = mapped_column(ForeignKey(PageVersion.id))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(40))
    around: Mapped[bool] = mapped_column(default=False)
