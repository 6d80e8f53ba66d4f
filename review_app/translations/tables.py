"""Tables of the translations stage."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from review_app.accounts.tables import Person
from review_app.db import Base, Choice, utc_now
from review_app.segments.tables import Segment
from review_app.sites.tables import Site
from review_app.translations.origin import Origin


class MachineTranslation(Base):
    """The raw output of one engine for one source text; never edited. No text means it was rejected, and why.

    ``answered_at`` is kept of rejected ones: asked later, the engine may do better, and that answer takes their place.
    """

    __tablename__ = "machine_translation"
    __table_args__ = (
        UniqueConstraint("segment_id", "language", "engine", "version", "source_hash"),
        Index(None, "source_hash", "language", "engine"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    segment_id: Mapped[int] = mapped_column(ForeignKey(Segment.id))
    language: Mapped[str] = mapped_column(String(35))
    engine: Mapped[str] = mapped_column(String(40))
    version: Mapped[str] = mapped_column(String(80))
    made_on: Mapped[date]
    source_hash: Mapped[str] = mapped_column(String(64))
    text: Mapped[str | None] = mapped_column(Text)
    rejection: Mapped[str | None] = mapped_column(String(200))
    publishable: Mapped[bool] = mapped_column(default=True)
    answered_at: Mapped[datetime | None]


class Translation(Base):
    """A segment in one language: what revisions are numbered under."""

    __tablename__ = "translation"
    __table_args__ = (UniqueConstraint("segment_id", "language"), Index(None, "language"))

    id: Mapped[int] = mapped_column(primary_key=True)
    segment_id: Mapped[int] = mapped_column(ForeignKey(Segment.id))
    language: Mapped[str] = mapped_column(String(35))


class Revision(Base):
    """One immutable text of a translation.

    ``source`` is the text it translates, so staleness is derived; ``draft_id`` the machine translation it was edited
    from. ``carried_from_id`` is the revision whose approval it keeps, because a person said that the source's meaning
    has not changed. ``read_hash`` finds texts that read the same. The unique key on (translation, number) is what
    refuses the second of two simultaneous saves.
    """

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("translation_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    translation_id: Mapped[int] = mapped_column(ForeignKey(Translation.id))
    number: Mapped[int]
    origin: Mapped[Origin] = mapped_column(Choice(Origin))
    text: Mapped[str] = mapped_column(Text)
    read_hash: Mapped[str | None] = mapped_column(String(32), index=True)
    source: Mapped[str] = mapped_column(Text)
    accepted: Mapped[bool] = mapped_column(default=False)
    draft_id: Mapped[int | None] = mapped_column(ForeignKey(MachineTranslation.id))
    carried_from_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    created_at: Mapped[datetime] = mapped_column(default=utc_now)

    @property
    def approved_as(self) -> int:
        """The revision an approval of this text names: itself, or the one whose meaning it has kept."""
        return self.carried_from_id or self.id


class EngineBudget(Base):
    """How many characters a month a site may send to an engine; without a row, as many as it likes."""

    __tablename__ = "engine_budget"

    site_id: Mapped[int] = mapped_column(ForeignKey(Site.id), primary_key=True)
    engine: Mapped[str] = mapped_column(String(40), primary_key=True)
    characters: Mapped[int]


class EngineUsage(Base):
    """How many characters a site has sent to an engine in a month (``2026-11``, by the site's calendar)."""

    __tablename__ = "engine_usage"

    site_id: Mapped[int] = mapped_column(ForeignKey(Site.id), primary_key=True)
    engine: Mapped[str] = mapped_column(String(40), primary_key=True)
    month: Mapped[str] = mapped_column(String(7), primary_key=True)
    characters: Mapped[int] = mapped_column(default=0)


class EngineGate(Base):
    """What all workers know of an engine: how often in a row it failed, and when the next request may be sent.

    After too many ``failures`` nobody asks before ``closed_until``. ``next_at`` is when the bucket of tokens that its
    requests take would be empty for the next of them.
    """

    __tablename__ = "engine_gate"

    engine: Mapped[str] = mapped_column(String(40), primary_key=True)
    failures: Mapped[int] = mapped_column(default=0)
    closed_until: Mapped[datetime | None]
    next_at: Mapped[datetime | None]
