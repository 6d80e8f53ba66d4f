"""What people said of texts, for reports: of rounds that are closed, so that nobody sees marks before their own."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.annotations.agreement import Said
from review_app.annotations.marks import Mark, read_marks
from review_app.annotations.tables import Annotation, AnnotationRound, AnnotationText
from review_app.db import among
from review_app.segments.tables import Segment
from review_app.text.placeholders import plain
from review_app.translations.tables import MachineTranslation


@dataclass(frozen=True, slots=True)
class Annotated:
    """A machine's raw text with what each annotator said of it; nothing tells who they are.

    ``audit``: it was a spot check. ``marked_on``: when the last of them was done.
    """

    text_id: int
    round_id: int
    page_id: int
    segment_id: int
    key: str
    engine: str
    version: str
    audit: bool
    source: str
    text: str
    marked_on: date
    said: tuple[Said, ...]

    @property
    def words(self) -> int:
        """Words of the source."""
        return len(plain(self.source).split())

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The marks of all annotators."""
        return tuple(mark for one in self.said for mark in one.marks)


def annotated_texts(
    session: Session, site_id: int, language: str, page_ids: Collection[int] | None = None
) -> list[Annotated]:
    """Return the texts that somebody has finished in a closed round of a site, by page, in the order of their ids."""
    found = (
        select(AnnotationText, MachineTranslation, Segment.key, Annotation)
        .join(AnnotationRound, AnnotationText.round_id == AnnotationRound.id)
        .join(MachineTranslation, AnnotationText.machine_id == MachineTranslation.id)
        .join(Segment, MachineTranslation.segment_id == Segment.id)
        .join(Annotation, Annotation.text_id == AnnotationText.id)
        .where(
            AnnotationRound.site_id == site_id,
            AnnotationRound.language == language,
            AnnotationRound.closed_at.is_not(None),
            Annotation.done,
        )
        .order_by(AnnotationText.page_id, AnnotationText.id, Annotation.id)
    )
    if page_ids is not None:
        found = found.where(among(AnnotationText.page_id, page_ids))
    texts: dict[int, tuple[AnnotationText, MachineTranslation, str, list[Annotation]]] = {}
    for text, machine, key, said in session.execute(found):
        texts.setdefault(text.id, (text, machine, key, []))[3].append(said)
    return [_annotated(*row) for row in texts.values()]


def _annotated(text: AnnotationText, machine: MachineTranslation, key: str, said: list[Annotation]) -> Annotated:
    return Annotated(
        text_id=text.id,
        round_id=text.round_id,
        page_id=text.page_id,
        segment_id=machine.segment_id,
        key=key,
        engine=machine.engine,
        version=machine.version,
        audit=text.audit,
        source=text.source,
        text=machine.text or "",
        marked_on=max(one.changed_at for one in said).date(),
        said=tuple(Said(read_marks(one.marks), one.score or 0) for one in said),
    )
