"""What readers have reported, and what became of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from review_app.checks.states import FlagOrigin, FlagState
from review_app.checks.tables import Flag
from review_app.db import among
from review_app.pages.tables import Page
from review_app.reports.slices import Chosen
from review_app.reports.texts import between, drafted_by
from review_app.segments.tables import Segment
from review_app.translations.tables import Revision, Translation

AT_ONCE = 25
"""Reports on a page of the list."""

STATES = ("open", "changed", "decided")


@dataclass(frozen=True, slots=True)
class ReaderReport:
    """A reader's words, and a machine's Swedish of them if there is one; ``open`` until somebody has decided."""

    page_id: int
    key: str
    words: str
    swedish: str | None
    at: datetime
    open: bool
    changed: bool

    @property
    def state(self) -> str:
        """One of ``STATES``."""
        return "changed" if self.changed else "open" if self.open else "decided"


@dataclass(frozen=True, slots=True)
class ReaderReports:
    """The reports, the newest first, how many there are, and how long it took to decide, half of them at most."""

    count: int
    open: int
    changed: int
    took: timedelta | None
    all: tuple[ReaderReport, ...]


def reader_reports(session: Session, chosen: Chosen) -> ReaderReports:
    """Return what readers have reported of the pages; ``changed``: the text is another one now.

    The filter's days are those of the reports, its engine the one that wrote the text or that people started from.
    Why a text was read says nothing of its readers.
    """
    asked = chosen.filter
    reported = aliased(Revision)
    newer = select(Revision.id).where(Revision.translation_id == Translation.id, Revision.number > reported.number)
    found = (
        select(Segment.page_id, Segment.key, Flag, newer.exists())
        .join(reported, Flag.revision_id == reported.id)
        .join(Translation, reported.translation_id == Translation.id)
        .join(Segment, Translation.segment_id == Segment.id)
        .join(Page, Segment.page_id == Page.id)
        .where(Page.site_id == chosen.site.id, Translation.language == asked.language, Flag.origin == FlagOrigin.READER)
        .where(*drafted_by(reported, asked.engine), *between(Flag.created_at, asked.since, asked.until))
        .order_by(Flag.id.desc())
    )
    if chosen.page_ids is not None:
        found = found.where(among(Page.id, chosen.page_ids))
    rows = session.execute(found).all()
    reports = [
        ReaderReport(
            page_id=page_id,
            key=key,
            words=str(flag.values["words"]),
            swedish=flag.values.get("swedish"),
            at=flag.created_at,
            open=flag.state is FlagState.OPEN and not changed,
            changed=changed,
        )
        for page_id, key, flag, changed in rows
    ]
    times = [(flag.created_at, flag.decided_at) for _, _, flag, _ in rows]
    took = [(decided - told).total_seconds() for told, decided in times if decided is not None]
    return ReaderReports(
        count=len(reports),
        open=sum(report.open for report in reports),
        changed=sum(report.changed for report in reports),
        took=timedelta(seconds=median(took)) if took else None,
        all=tuple(reports),
    )
