"""Tables of the segments stage."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from review_app.db import Base, utc_now
from review_app.pages.tables import Block, Page, PageVersion


class Segment(Base):
    """A sentence with a lasting identity; its source may change with the page, its key never does."""

    __tablename__ = "segment"
    __table_args__ = (UniqueConstraint("page_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    page_id: Mapped[int] = mapped_column(ForeignKey(Page.id))
    key: Mapped[str] = mapped_column(String(64))
    source: Mapped[str] = mapped_column(Text)
    source_hash: Mapped[str] = mapped_column(String(64), index=True)
    created_at: Mapped[datetime] = mapped_column(default=utc_now)


class Occurrence(Base):
    """Where a segment stands in one page version."""

    __tablename__ = "occurrence"
    __table_args__ = (UniqueConstraint("block_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    page_version_id: Mapped[int] = mapped_column(ForeignKey(PageVersion.id), index=True)
    block_id: Mapped[int] = mapped_column(ForeignKey(Block.id))
    position: Mapped[int]
    segment_id: Mapped[int] = mapped_column(ForeignKey(Segment.id), index=True)
    source: Mapped[str] = mapped_column(Text)
