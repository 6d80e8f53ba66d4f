"""Which machine texts a round can hold, and those it is given."""

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from review_app.annotations.sampling import Outputs, Sampled, drawn
from review_app.annotations.tables import AnnotationText
from review_app.db import among
from review_app.pages.tables import Page
from review_app.quality.tables import AuditDraw
from review_app.segments.tables import Segment
from review_app.translations.origin import Origin
from review_app.translations.service import machine_translations
from review_app.translations.tables import MachineTranslation, Revision, Translation

Row = dict[str, Any]


def draw_texts(
    session: Session, site_id: int, language: str, *, sampled: Sampled, outputs: Outputs, size: int, seed: int
) -> list[Row]:
    """Return rows of ``AnnotationText`` for so many sentences, drawn by lot; fewer where there are no more.

    What people start from, of the Swedish that stands there now, and that no earlier round holds.
    """
    newest = dict(session.execute(_candidates(site_id, language, sampled)).all())
    chosen = drawn(seed, newest.values(), size)
    rows = list(_rows(session, chosen))
    return rows if outputs is Outputs.DRAFTED else [*rows, *_others(session, language, rows)]


def _candidates(site_id: int, language: str, sampled: Sampled) -> Select[int, int]:
    """Select segments with what people started from, the oldest first."""
    held = select(AnnotationText.id).where(AnnotationText.machine_id == MachineTranslation.id)
    found = (
        select(Segment.id, MachineTranslation.id)
        .select_from(Revision)
        .join(MachineTranslation, Revision.draft_id == MachineTranslation.id)
        .join(Translation, Revision.translation_id == Translation.id)
        .join(Segment, Translation.segment_id == Segment.id)
        .join(Page, Segment.page_id == Page.id)
        .where(
            Page.site_id == site_id,
            Translation.language == language,
            Revision.origin == Origin.MACHINE,
            MachineTranslation.text.is_not(None),
            MachineTranslation.publishable,
            MachineTranslation.source_hash == Segment.source_hash,
            ~held.exists(),
        )
        .order_by(Revision.id)
    )
    return found if sampled is Sampled.RANDOM else found.join(AuditDraw, AuditDraw.revision_id == Revision.id)


def _rows(session: Session, machine_ids: Collection[int]) -> Iterator[Row]:
    audited = (
        select(AuditDraw.revision_id)
        .join(Revision, AuditDraw.revision_id == Revision.id)
        .where(Revision.draft_id == MachineTranslation.id)
    )
    found = (
        select(MachineTranslation.id, Segment.page_id, Segment.source, audited.exists())
        .join(Segment, MachineTranslation.segment_id == Segment.id)
        .where(among(MachineTranslation.id, machine_ids))
        .order_by(MachineTranslation.id)
    )
    for machine_id, page_id, source, audit in session.execute(found):
        yield {"machine_id": machine_id, "page_id": page_id, "source": source, "audit": audit}


def _others(session: Session, language: str, rows: Collection[Row]) -> Iterator[Row]:
    """Yield the newest text of every other engine of the same sentences; none of them is a spot check."""
    found = select(MachineTranslation).where(among(MachineTranslation.id, [row["machine_id"] for row in rows]))
    first = {row["machine_id"]: row for row in rows}
    drafts = {one.segment_id: one for one in session.scalars(found)}
    for segment_id, outputs in machine_translations(session, drafts, language).items():
        draft = drafts[segment_id]
        newest = {
            one.engine: one
            for one in outputs  # oldest first
            if one.engine != draft.engine and one.text and one.publishable and one.source_hash == draft.source_hash
        }
        for one in newest.values():
            yield {**first[draft.id], "machine_id": one.id, "audit": False}
