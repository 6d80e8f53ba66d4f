"""What people made of the machine's texts at a site: what the model learns from and is measured by."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, aliased

from review_app.checks import check_pairs
from review_app.checks.guiding import guide_of
from review_app.checks.lexicons import lexicon_of
from review_app.checks.switches import switched_off
from review_app.db import among
from review_app.pages.tables import Page
from review_app.quality.edits import word_edits
from review_app.quality.examples import Judged, examples_of
from review_app.quality.features import matrix_of
from review_app.quality.figures import Floats
from review_app.quality.models import active_estimator
from review_app.quality.sampling import Sample
from review_app.quality.tables import Judgement
from review_app.segments.tables import Segment
from review_app.sites.service import SiteView
from review_app.text.normalise import source_hash
from review_app.translations.origin import Origin
from review_app.translations.tables import MachineTranslation, Revision, Translation

AnySelect: TypeAlias = Select[*tuple[Any, ...]]

AT_ONCE = 500
"""Texts checked and estimated at a time, so that memory stays small."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A machine's text and what a person left of it; ``risk`` was estimated before anybody judged it."""

    segment_id: int
    source: str
    machine: str
    draft_id: int
    text: str
    at: datetime
    sample: Sample
    risk: float | None
    judged_id: int | None
    revision_id: int

    @property
    def edits(self) -> int:
        """Words that were changed; none for a text that was accepted."""
        return word_edits(self.machine, self.text)


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Which judgements are meant; whatever is ``None`` lets all pass. The days are those of judging, both included."""

    page_ids: Collection[int] | None = None
    engine: str | None = None
    since: date | None = None
    until: date | None = None
    sample: Sample | None = None


ALL = Narrowed()


def corrections_of(session: Session, site_id: int, language: str, meant: Narrowed = ALL) -> list[Correction]:
    """Return the judgements of machines' texts into a language, the oldest first."""
    found = (
        select(
            Translation.segment_id,
            Revision.source,
            MachineTranslation.text.label("machine"),
            MachineTranslation.id.label("draft_id"),
            Revision.text,
            Revision.created_at.label("at"),
            Judgement.sample,
            Judgement.risk,
            Judgement.judged_id,
            Judgement.revision_id,
        )
        .select_from(Judgement)
        .join(Revision, Judgement.revision_id == Revision.id)
        .join(Translation, Revision.translation_id == Translation.id)
        .join(Segment, Translation.segment_id == Segment.id)
        .join(MachineTranslation, Revision.draft_id == MachineTranslation.id)
        .where(
            Judgement.site_id == site_id,
            Judgement.language == language,
            MachineTranslation.text.is_not(None),
            MachineTranslation.publishable,
        )
        .order_by(Revision.created_at, Revision.id)
    )
    rows = session.execute(found.where(*_conditions(meant)))
    return [Correction(**row._asdict()) for row in rows]


def judged_engines(session: Session, site_id: int, language: str) -> list[str]:
    """Return the engines whose texts people have judged, by name."""
    found = (
        select(MachineTranslation.engine)
        .join(Revision, Revision.draft_id == MachineTranslation.id)
        .join(Judgement, Judgement.revision_id == Revision.id)
        .where(Judgement.site_id == site_id, Judgement.language == language)
        .distinct()
    )
    return sorted(session.scalars(found))


def _conditions(meant: Narrowed) -> Iterator[ColumnElement[bool]]:
    if meant.page_ids is not None:
        yield among(Segment.page_id, meant.page_ids)
    if meant.engine is not None:
        yield MachineTranslation.engine == meant.engine
    if meant.since is not None:
        yield Revision.created_at >= _midnight(meant.since)
    if meant.until is not None:
        yield Revision.created_at < _midnight(meant.until + timedelta(days=1))
    if meant.sample is not None:
        yield Judgement.sample == meant.sample


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(0), UTC)


def judged_count(session: Session, site_id: int, language: str) -> int:
    """Return how many machine texts have been judged."""
    counted = select(func.count()).where(Judgement.site_id == site_id, Judgement.language == language)
    return session.scalar(counted) or 0


def matrix_of_corrections(session: Session, site: SiteView, language: str, corrections: list[Correction]) -> Floats:
    """Return the features of the machine's raw texts, never of the corrected ones, a row each."""
    off, guide = switched_off(session, site.id), guide_of(session, site.id, language)
    found = check_pairs([(row.source, row.machine) for row in corrections], site.source_language, language, guide)
    judged = [
        Judged(
            row.segment_id,
            row.source,
            row.machine,
            row.draft_id,
            [finding for finding in findings if finding.check not in off],
        )
        for row, findings in zip(corrections, found, strict=True)
    ]
    return matrix_of(examples_of(session, site, language, judged), guide.lexicon)


def note_earlier(session: Session, site: SiteView, language: str) -> int:
    """Note corrections that were taken in, or are older than judgements, with the risk that a model gives them now.

    It has not seen them: models learn from what is noted. Returns how many there were.
    """
    estimator = active_estimator(session, site, language, lexicon_of(session, site.id, language))
    found = [row for row in session.execute(_unnoted(site.id, language)) if row.source_hash == source_hash(row.source)]
    corrections = [
        Correction(
            segment_id=row.segment_id,
            source=row.source,
            machine=row.machine,
            draft_id=row.draft_id,
            text=row.text,
            at=row.created_at,
            sample=Sample.ELSEWHERE if row.origin is Origin.IMPORT else Sample.TRIAGE,
            risk=None,
            judged_id=None,
            revision_id=row.id,
        )
        for row in found
    ]
    for start in range(0, len(corrections), AT_ONCE):
        part = corrections[start : start + AT_ONCE]
        risks: Iterable[float | None] = [None] * len(part)
        if estimator:
            risks = estimator.model.predict(matrix_of_corrections(session, site, language, part)).tolist()
        session.add_all(
            Judgement(
                revision_id=row.revision_id,
                site_id=site.id,
                language=language,
                sample=row.sample,
                risk=risk,
                model=estimator.version if estimator else None,
            )
            for row, risk in zip(part, risks, strict=True)
        )
    session.flush()
    return len(corrections)


def _unnoted(site_id: int, language: str) -> AnySelect:
    """Select the first texts that people left of a machine's draft, as far as no judgement is noted of them."""
    earlier = aliased(Revision)
    people = [origin for origin in Origin if origin.read_by_person]
    before = select(earlier.id).where(
        earlier.translation_id == Revision.translation_id,
        earlier.number < Revision.number,
        earlier.origin.in_(people),
    )
    return (
        select(
            Translation.segment_id,
            Revision.source,
            MachineTranslation.text.label("machine"),
            MachineTranslation.id.label("draft_id"),
            MachineTranslation.source_hash,
            Revision.text,
            Revision.created_at,
            Revision.origin,
            Revision.id,
        )
        .join(Translation, Revision.translation_id == Translation.id)
        .join(Segment, Translation.segment_id == Segment.id)
        .join(Page, Segment.page_id == Page.id)
        .join(MachineTranslation, Revision.draft_id == MachineTranslation.id)
        .outerjoin(Judgement, Judgement.revision_id == Revision.id)
        .where(
            Page.site_id == site_id,
            Translation.language == language,
            Revision.origin.in_(people),
            Judgement.revision_id.is_(None),
            MachineTranslation.text.is_not(None),
            MachineTranslation.publishable,
            ~before.exists(),
        )
        .order_by(Revision.id)
    )
