"""Tables of the sites stage."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from review_app.db import Base, Choice, utc_now
from review_app.sites.policy import LEAST_READ, ContentClass, LanguagePolicy


class Site(Base):
    """One organisation's website."""

    __tablename__ = "site"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    base_url: Mapped[str] = mapped_column(String(500))
    source_language: Mapped[str] = mapped_column(String(35), default="sv")
    timezone: Mapped[str] = mapped_column(String(64), default="Europe/Stockholm")
    responsible: Mapped[str] = mapped_column(String(200), default="")
    contact: Mapped[str] = mapped_column(String(320), default="")
    engine: Mapped[str] = mapped_column(String(40), default="google")
    one_person_mode: Mapped[bool] = mapped_column(default=False)
    least_read: Mapped[int] = mapped_column(default=LEAST_READ)
    sync_hours: Mapped[int | None]
    synced_at: Mapped[datetime | None]
    push_hash: Mapped[str | None] = mapped_column(String(64))
    editing_time_days: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(default=utc_now)


class SiteLanguage(Base):
    """A language a site is translated into."""

    __tablename__ = "site_language"

    site_id: Mapped[int] = mapped_column(ForeignKey(Site.id), primary_key=True)
    language: Mapped[str] = mapped_column(String(35), primary_key=True)
    policy: Mapped[LanguagePolicy] = mapped_column(Choice(LanguagePolicy))
    engine: Mapped[str | None] = mapped_column(String(40))


class Section(Base):
    """A part of a website: the pages whose path begins so (``path`` ends with a slash), or one page alone."""

    __tablename__ = "section"
    __table_args__ = (UniqueConstraint("site_id", "path"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey(Site.id))
    path: Mapped[str] = mapped_column(String(500))
    content_class: Mapped[ContentClass | None] = mapped_column(Choice(ContentClass))
    never_send: Mapped[bool] = mapped_column(default=False)


class SectionPolicy(Base):
    """A language whose policy is another in a section than at the site."""

    __tablename__ = "section_policy"

    section_id: Mapped[int] = mapped_column(ForeignKey(Section.id), primary_key=True)
    language: Mapped[str] = mapped_column(String(35), primary_key=True)
    policy: Mapped[LanguagePolicy] = mapped_column(Choice(LanguagePolicy))
