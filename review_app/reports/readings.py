"""What people have read, text by text: behind the weeks of the report about reviewing. Nothing is told per person."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeAlias

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from review_app.db import among
from review_app.pages.tables import Page
from review_app.reports.slices import Chosen
from review_app.reports.texts import between, drafted_by, seen_for
from review_app.segments.tables import Segment
from review_app.translations.origin import Origin
from review_app.translations.tables import MachineTranslation, Revision, Translation

AT_ONCE = 25
"""Texts on a page of the list."""

KINDS = ("accepted", "corrected")

AnySelect: TypeAlias = Select[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Reading:
    """A text that somebody accepted or wrote, the machine's that it was made of if any, and when."""

    page_id: int
    key: str
    source: str
    machine: str | None
    text: str
    accepted: bool
    at: datetime


def readings(
    session: Session, where: AnySelect, kind: str | None, first: int = 0, most: int = AT_ONCE
) -> tuple[list[Reading], int]:
    """Return up to so many of the texts (``read_by_people``), the newest first, and how many there are in all."""
    if kind is not None:
        where = where.where(Revision.accepted.is_(kind == "accepted"))
    count = session.scalar(where.with_only_columns(func.count())) or 0
    columns = (Segment.page_id, Segment.key, Revision.source, MachineTranslation.text.label("machine"), Revision.text)
    rows = session.execute(
        where.outerjoin(MachineTranslation, Revision.draft_id == MachineTranslation.id)
        .with_only_columns(*columns, Revision.accepted, Revision.created_at.label("at"))
        .order_by(Revision.id.desc())
        .offset(first)
        .limit(most)
    )
    return [Reading(**row._asdict()) for row in rows], count


def read_by_people(chosen: Chosen, since: date | None, until: date | None) -> AnySelect:
    """Select what people have accepted or written; what was taken in from elsewhere does not count.

    The days stand in for the filter's own: both are included.
    """
    asked = chosen.filter
    found = (
        select(Revision.created_at, Revision.accepted, Revision.source)
        .join(Translation, Revision.translation_id == Translation.id)
        .join(Segment, Translation.segment_id == Segment.id)
        .join(Page, Segment.page_id == Page.id)
        .where(Page.site_id == chosen.site.id, Translation.language == asked.language, Revision.origin == Origin.HUMAN)
        .where(*drafted_by(Revision, asked.engine), *seen_for(Revision, asked.sample))
        .where(*between(Revision.created_at, since, until))
    )
    return found if chosen.page_ids is None else found.where(among(Page.id, chosen.page_ids))
