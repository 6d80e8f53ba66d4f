"""Tables of the annotations stage."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from review_app.accounts.tables import Person
from review_app.annotations.marks import Protocol
from review_app.annotations.sampling import Outputs, Sampled
from review_app.db import Base, Choice, utc_now
from review_app.pages.tables import Page
from review_app.sites.tables import Site
from review_app.translations.tables import MachineTranslation


class AnnotationSetting(Base):
    """What a site has decided: by which rules its next rounds are marked, and what errors cost."""

    __tablename__ = "annotation_setting"

    site_id: Mapped[int] = mapped_column(ForeignKey(Site.id), primary_key=True)
    protocol: Mapped[Protocol] = mapped_column(Choice(Protocol))
    weights: Mapped[dict[str, Any]] = mapped_column(JSON)


class AnnotationRound(Base):
    """Texts in one language that some people mark, each alone; ``seed`` is what they were drawn and shuffled with."""

    __tablename__ = "annotation_round"
    __table_args__ = (Index(None, "site_id", "language"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey(Site.id))
    language: Mapped[str] = mapped_column(String(35))
    name: Mapped[str] = mapped_column(String(200))
    protocol: Mapped[Protocol] = mapped_column(Choice(Protocol))
    sampled: Mapped[Sampled] = mapped_column(Choice(Sampled))
    outputs: Mapped[Outputs] = mapped_column(Choice(Outputs))
    seed: Mapped[int]
    opened_by: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    opened_at: Mapped[datetime] = mapped_column(default=utc_now)
    closed_at: Mapped[datetime | None]


class AnnotationText(Base):
    """A machine's raw text that a round holds, with the source it translates.

    ``audit``: it was a spot check, drawn before anybody saw its flags.
    """

    __tablename__ = "annotation_text"
    __table_args__ = (UniqueConstraint("round_id", "machine_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey(AnnotationRound.id))
    machine_id: Mapped[int] = mapped_column(ForeignKey(MachineTranslation.id), index=True)
    page_id: Mapped[int] = mapped_column(ForeignKey(Page.id))
    source: Mapped[str] = mapped_column(Text)
    audit: Mapped[bool]


class AnnotationTask(Base):
    """That a person marks a round's texts."""

    __tablename__ = "annotation_task"
    __table_args__ = (UniqueConstraint("round_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey(AnnotationRound.id))
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)


class Annotation(Base):
    """What one person says of one text; a draft until it is ``done``. ``number`` counts the changes of its marks."""

    __tablename__ = "annotation"
    __table_args__ = (UniqueConstraint("task_id", "text_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey(AnnotationTask.id))
    text_id: Mapped[int] = mapped_column(ForeignKey(AnnotationText.id), index=True)
    number: Mapped[int]
    marks: Mapped[list[list[Any]]] = mapped_column(JSON)
    score: Mapped[int | None]
    done: Mapped[bool] = mapped_column(default=False)
    changed_at: Mapped[datetime] = mapped_column(default=utc_now)
