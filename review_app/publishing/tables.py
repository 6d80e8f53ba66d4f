"""Tables of the publishing stage."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from review_app.accounts.tables import Person
from review_app.db import Base, utc_now
from review_app.pages.tables import Page, PageVersion
from review_app.review.tables import Submission
from review_app.segments.tables import Segment
from review_app.sites.tables import Site

_PUBLIC = text("ended_at IS NULL")


class Publication(Base):
    """What the public is shown of a page in a language, from one moment on; immutable but for its end.

    Of a page in a language one is public at a time.

    ``passages`` holds every passage with its text and kind, ``facts`` what the notice is built from, ``html`` the
    sanitised content ready to be put into the public template.
    """

    __tablename__ = "publication"
    __table_args__ = (
        Index(None, "page_id", "language"),
        Index(
            "uq_publication_public", "page_id", "language", unique=True, sqlite_where=_PUBLIC, postgresql_where=_PUBLIC
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    page_id: Mapped[int] = mapped_column(ForeignKey(Page.id))
    page_version_id: Mapped[int] = mapped_column(ForeignKey(PageVersion.id))
    submission_id: Mapped[int | None] = mapped_column(ForeignKey(Submission.id))
    language: Mapped[str] = mapped_column(String(35))
    title: Mapped[str] = mapped_column(String(500))
    description: Mapped[str] = mapped_column(Text, default="")
    html: Mapped[str] = mapped_column(Text)
    passages: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    content_hash: Mapped[str] = mapped_column(String(64))
    published_by: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    published_at: Mapped[datetime] = mapped_column(default=utc_now)
    ended_by: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    ended_at: Mapped[datetime | None]


class PulledText(Base):
    """A text that was taken off the public side; it is not shown again, whatever approval it has."""

    __tablename__ = "pulled_text"
    __table_args__ = (Index(None, "segment_id", "language"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    segment_id: Mapped[int] = mapped_column(ForeignKey(Segment.id))
    language: Mapped[str] = mapped_column(String(35))
    text: Mapped[str] = mapped_column(Text)
    pulled_by: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    pulled_at: Mapped[datetime] = mapped_column(default=utc_now)


class WordingChange(Base):
    """A site's own words for a message to its readers; the newest holds, and an empty text gives ours back."""

    __tablename__ = "wording_change"
    __table_args__ = (Index(None, "site_id", "language"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey(Site.id))
    language: Mapped[str] = mapped_column(String(35))
    message: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    changed_by: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    created_at: Mapped[datetime] = mapped_column(default=utc_now)


class AccuracyStatement(Base):
    """What the public is told of how good a language's machine translation is, from one moment on.

    Immutable but for its end; of a site's language one is public at a time. ``facts`` is what the text is built from.
    """

    __tablename__ = "accuracy_statement"
    __table_args__ = (
        Index(
            "uq_accuracy_statement_public",
            "site_id",
            "language",
            unique=True,
            sqlite_where=_PUBLIC,
            postgresql_where=_PUBLIC,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey(Site.id))
    language: Mapped[str] = mapped_column(String(35))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    published_by: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    published_at: Mapped[datetime] = mapped_column(default=utc_now)
    ended_by: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    ended_at: Mapped[datetime | None]


class WordingConfirmation(Base):
    """A person's word that a language's messages to readers are right as they stood then."""

    __tablename__ = "wording_confirmation"
    __table_args__ = (Index(None, "site_id", "language"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey(Site.id))
    language: Mapped[str] = mapped_column(String(35))
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    created_at: Mapped[datetime] = mapped_column(default=utc_now)
