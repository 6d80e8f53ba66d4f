"""Tables of the memory stage."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from review_app.accounts.tables import Person
from review_app.db import Base, Choice, utc_now
from review_app.segments.tables import Segment
from review_app.sites.tables import Site


class Kind(StrEnum):
    """Where a pair comes from: a text that was approved, or a file."""

    APPROVED = "approved"
    IMPORTED = "imported"


class MemoryFile(Base):
    """A file that pairs came from; ``content`` is kept until its pairs are."""

    __tablename__ = "memory_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey(Site.id), index=True)
    name: Mapped[str] = mapped_column(String(200))
    content: Mapped[bytes | None] = mapped_column(LargeBinary)
    pairs: Mapped[int] = mapped_column(default=0)
    left_out: Mapped[int] = mapped_column(default=0)
    added_by: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    added_at: Mapped[datetime] = mapped_column(default=utc_now)


class MemoryEntry(Base):
    """A source text of a site and its translation.

    ``key`` makes it the only one of its kind: an approved text has one a segment, a file's pair one a pair of texts.
    Whoever keeps approved texts here knows by ``revision_id`` whether that approval still holds: what is found is
    asked about, not kept in step. ``read`` says that a person stands behind the text.
    """

    __tablename__ = "memory_entry"
    __table_args__ = (
        UniqueConstraint("site_id", "language", "key"),
        Index(None, "source_hash", "site_id", "language"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey(Site.id))
    language: Mapped[str] = mapped_column(String(35))
    key: Mapped[str] = mapped_column(String(40))
    kind: Mapped[Kind] = mapped_column(Choice(Kind))
    source_hash: Mapped[str] = mapped_column(String(64))
    source: Mapped[str] = mapped_column(Text)
    target: Mapped[str] = mapped_column(Text)
    read: Mapped[bool] = mapped_column(default=True)
    segment_id: Mapped[int | None] = mapped_column(ForeignKey(Segment.id))
    revision_id: Mapped[int | None]
    file_id: Mapped[int | None] = mapped_column(ForeignKey(MemoryFile.id), index=True)
    author_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    written_at: Mapped[datetime | None]


class MemoryWord(Base):
    """Which entries of a part of the memory have a word: packed numbers, see ``postings.py``.

    A part is ``PART`` neighbouring ids. ``side`` is 0 for the source and 1 for the target. Ids of entries that are gone
    stay until the memory is built anew.
    """

    __tablename__ = "memory_word"

    site_id: Mapped[int] = mapped_column(ForeignKey(Site.id), primary_key=True)
    language: Mapped[str] = mapped_column(String(35), primary_key=True)
    side: Mapped[int] = mapped_column(primary_key=True)
    word: Mapped[str] = mapped_column(
        String(40).with_variant(String(40, collation="C"), "postgresql"), primary_key=True
    )
    part: Mapped[int] = mapped_column(primary_key=True)
    entries: Mapped[bytes] = mapped_column(LargeBinary)


class MemorySharing(Base):
    """A site whose memory another site may read, and who said so."""

    __tablename__ = "memory_sharing"

    site_id: Mapped[int] = mapped_column(ForeignKey(Site.id), primary_key=True)
    reader_id: Mapped[int] = mapped_column(ForeignKey(Site.id), primary_key=True)
    said_by: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    said_at: Mapped[datetime] = mapped_column(default=utc_now)
