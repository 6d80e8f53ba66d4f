"""Tables of the scoring stage. All but the references are derived: emptied at any time, they come out the same."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from review_app.accounts.tables import Person
from review_app.db import Base, utc_now
from review_app.pages.tables import Page
from review_app.segments.tables import Segment
from review_app.sites.tables import Site


class PageStatistics(Base):
    """Sufficient statistics of what people have read on a page in a language; ``layout`` says what ``rows`` holds.

    ``segments`` are all the page has now, ``read`` those that a person has read, ``scored`` the rows. ``unread`` counts
    the machine texts that nobody has read, by their risk (``layout.BANDS`` numbers of four bytes); ``systems`` are
    engine and version, as a row's number counts them.
    """

    __tablename__ = "page_statistics"

    page_id: Mapped[int] = mapped_column(ForeignKey(Page.id), primary_key=True)
    language: Mapped[str] = mapped_column(String(35), primary_key=True)
    signature: Mapped[str] = mapped_column(String(64))
    segments: Mapped[int]
    read: Mapped[int]
    scored: Mapped[int]
    unread: Mapped[bytes] = mapped_column(LargeBinary)
    systems: Mapped[list[list[str]]] = mapped_column(JSON)
    rows: Mapped[bytes] = mapped_column(LargeBinary)


class Reference(Base):
    """An independent translation of a segment's source, which ``source_hash`` names; the newest one counts.

    ``name`` is the file it came from.
    """

    __tablename__ = "reference"
    __table_args__ = (Index(None, "segment_id", "language"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    segment_id: Mapped[int] = mapped_column(ForeignKey(Segment.id))
    language: Mapped[str] = mapped_column(String(35))
    source_hash: Mapped[str] = mapped_column(String(64))
    text: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(String(200))
    added_by: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    added_at: Mapped[datetime] = mapped_column(default=utc_now)


class ScoringProgress(Base):
    """Up to where a site's language has been scored: when it was looked at, and the highest ids of what changes scores.

    Of ``looks`` the last ones are kept, since a transaction may be stored after one that began later, with lower ids.
    """

    __tablename__ = "scoring_progress"

    site_id: Mapped[int] = mapped_column(ForeignKey(Site.id), primary_key=True)
    language: Mapped[str] = mapped_column(String(35), primary_key=True)
    signature: Mapped[str] = mapped_column(String(64))
    looks: Mapped[list[list[str | int]]] = mapped_column(JSON)
    rebuilt_at: Mapped[datetime]
