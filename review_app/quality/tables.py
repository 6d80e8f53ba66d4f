"""Tables of the quality stage."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from review_app.db import Base, Choice, utc_now
from review_app.quality.sampling import Sample
from review_app.sites.tables import Site
from review_app.translations.tables import Revision


class QualitySetting(Base):
    """What a site has decided: share of spot checks (0 to 1), segments between trainings, seed of the draw."""

    __tablename__ = "quality_setting"

    site_id: Mapped[int] = mapped_column(ForeignKey(Site.id), primary_key=True)
    audit_share: Mapped[float]
    retrain_every: Mapped[int]
    seed: Mapped[int]


class Estimate(Base):
    """The risk of one revision by one version of a model; derived, and filled again where it is missing or older.

    ``reasons`` are message ids with their values, the strongest first. ``newest_output`` is the id of the newest
    machine translation of the segment that it was compared with: once there is a newer one it is made anew; 0 for none.
    """

    __tablename__ = "estimate"

    revision_id: Mapped[int] = mapped_column(ForeignKey(Revision.id), primary_key=True)
    model: Mapped[str] = mapped_column(String(120))
    risk: Mapped[float]
    reasons: Mapped[list[tuple[str, dict[str, Any]]]] = mapped_column(JSON)
    newest_output: Mapped[int] = mapped_column(default=0, server_default="0")


class Assessment(Base):
    """By which checks and which model a site's texts in a language were last assessed throughout."""

    __tablename__ = "assessment"

    site_id: Mapped[int] = mapped_column(ForeignKey(Site.id), primary_key=True)
    language: Mapped[str] = mapped_column(String(35), primary_key=True)
    signature: Mapped[str] = mapped_column(String(200))


class QualityModel(Base):
    """A try to learn from a site's corrections, with its figures; the newest that was ``kept`` is in use."""

    __tablename__ = "quality_model"
    __table_args__ = (UniqueConstraint("site_id", "language", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey(Site.id))
    language: Mapped[str] = mapped_column(String(35))
    number: Mapped[int]
    version: Mapped[str] = mapped_column(String(120))
    kept: Mapped[bool]
    figures: Mapped[dict[str, Any]] = mapped_column(JSON)
    model: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(default=utc_now)


class AuditDraw(Base):
    """A machine text drawn as a spot check, and by which lot: its flags stay hidden until a person has judged it."""

    __tablename__ = "audit_draw"

    revision_id: Mapped[int] = mapped_column(ForeignKey(Revision.id), primary_key=True)
    share: Mapped[float]
    seed: Mapped[int]
    drawn_at: Mapped[datetime] = mapped_column(default=utc_now)


class Judgement(Base):
    """That a person judged a machine text: the revision they left, why they saw it, and the risk it had before.

    ``risk`` is by a model that had not seen the judgement; none where no model knew the language.
    """

    __tablename__ = "judgement"
    __table_args__ = (Index(None, "site_id", "language"),)

    revision_id: Mapped[int] = mapped_column(ForeignKey(Revision.id), primary_key=True)
    judged_id: Mapped[int | None] = mapped_column(ForeignKey(Revision.id), index=True)
    site_id: Mapped[int] = mapped_column(ForeignKey(Site.id))
    language: Mapped[str] = mapped_column(String(35))
    sample: Mapped[Sample] = mapped_column(Choice(Sample))
    risk: Mapped[float | None]
    model: Mapped[str | None] = mapped_column(String(120))
