"""Tables of the segments stage."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from review_app.accounts.tables import Person
from review_app.db import Base, Choice, utc_now
from review_app.pages.tables import Block, Page, PageVersion
from review_app.segments.rules import RuleKind
from review_app.sites.tables import Site


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


class CutRule(Base):
    """What a person decided of where a sentence ends, at a site, until somebody takes it back.

    ``whole`` is the one sentence, ``first`` and ``second`` the two, as translators read them; ``at`` is where in
    ``whole`` the second begins.
    """

    __tablename__ = "cut_rule"

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey(Site.id), index=True)
    kind: Mapped[RuleKind] = mapped_column(Choice(RuleKind))
    whole: Mapped[str] = mapped_column(Text)
    at: Mapped[int]
    first: Mapped[str] = mapped_column(Text)
    second: Mapped[str] = mapped_column(Text)
    person_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    created_at: Mapped[datetime] = mapped_column(default=utc_now)
    ended_at: Mapped[datetime | None]


class VersionCut(Base):
    """A rule that a page version was cut by: what was published of it is put together in the same way."""

    __tablename__ = "version_cut"

    page_version_id: Mapped[int] = mapped_column(ForeignKey(PageVersion.id), primary_key=True)
    rule_id: Mapped[int] = mapped_column(ForeignKey(CutRule.id), primary_key=True, index=True)


class SetApart(Base):
    """A place of a text on a page that has a segment, and so a translation, of its own, until somebody takes it back.

    It is found again in later versions by its text, what stood before and after it, and its number among its places.
    """

    __tablename__ = "set_apart"

    id: Mapped[int] = mapped_column(primary_key=True)
    page_id: Mapped[int] = mapped_column(ForeignKey(Page.id), index=True)
    segment_id: Mapped[int] = mapped_column(ForeignKey(Segment.id), unique=True)
    text: Mapped[str] = mapped_column(Text)
    before: Mapped[str] = mapped_column(Text)
    after: Mapped[str] = mapped_column(Text)
    nth: Mapped[int]
    person_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    created_at: Mapped[datetime] = mapped_column(default=utc_now)
    ended_at: Mapped[datetime | None]
