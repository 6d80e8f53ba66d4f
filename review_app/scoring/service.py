"""Use cases of scores: store the statistics that are missing, and read those of a slice."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.pages.service import PageView, pages_of
from review_app.scoring.metrics import METRICS, pack, placeholders_as_tokens, unpack
from review_app.scoring.tables import SegmentStatistics
from review_app.segments.service import Placed, placed_segments
from review_app.translations.service import machine_translations, newest_revisions
from review_app.translations.tables import MachineTranslation, Revision

DRAFTING_ONLY = frozenset({"HTER"})
"""Metrics that mean something only for the engine whose draft was edited."""


@dataclass(frozen=True, slots=True)
class Scored:
    """One machine translation beside the text a person accepted or edited: what a score is made of."""

    page_id: int
    segment_key: str
    engine: str
    version: str
    made_on: date
    source: str
    machine: str
    reference: str
    machine_id: int
    revision_id: int
    drafted: bool

    @property
    def unchanged(self) -> bool:
        """Whether the person left the machine's text as it was."""
        return self.machine == self.reference


def judged_texts(session: Session, pages: Sequence[PageView], language: str) -> list[tuple[PageView, Placed, Revision]]:
    """Return the pages' present segments whose newest text a person accepted or edited, with that text.

    A text of an older source is left out: it says nothing about the source that stands there now.
    """
    placed = placed_segments(session, [page.version_id for page in pages])
    segment_ids = {segment.segment_id for segments in placed.values() for segment in segments}
    revisions = newest_revisions(session, segment_ids, language)
    return [
        (page, segment, revision)
        for page in pages
        for segment in placed[page.version_id]
        if (revision := revisions.get(segment.segment_id)) is not None
        and revision.origin.read_by_person
        and revision.source == segment.source
    ]


def scored_pairs(session: Session, judged: Sequence[tuple[PageView, Placed, Revision]], language: str) -> list[Scored]:
    """Return the engines' outputs of the judged texts' present source, one per segment and engine."""
    outputs = machine_translations(session, {segment.segment_id for _, segment, _ in judged}, language)
    return [
        _scored(page.id, segment.key, output, revision)
        for page, segment, revision in judged
        for output in _one_per_engine(outputs.get(segment.segment_id, []), segment, revision)
    ]


def fill_language(session: Session, site_id: int, language: str) -> int:
    """Store what statistics a site's language lacks; returns how many."""
    judged = judged_texts(session, pages_of(session, site_id), language)
    return fill_statistics(session, scored_pairs(session, judged, language))


def fill_statistics(session: Session, pairs: Iterable[Scored]) -> int:
    """Store the statistics that are missing, or were made by another signature; returns how many."""
    pairs = list(pairs)
    known = _stored(session, pairs)
    filled = 0
    for name, metric in METRICS.items():
        missing = [pair for pair in pairs if _applies(name, pair) and _signature(known, pair, name) != metric.signature]
        if not missing:
            continue
        rows = metric.statistics_many(
            [placeholders_as_tokens(pair.machine) for pair in missing],
            [placeholders_as_tokens(pair.reference) for pair in missing],
        )
        for pair, statistics in zip(missing, rows, strict=True):
            key = (pair.machine_id, pair.revision_id, name)
            row = known.get(key)
            if row is None:
                row = SegmentStatistics(machine_translation_id=key[0], revision_id=key[1], metric=name)
                session.add(row)
                known[key] = row
            row.signature, row.statistics = metric.signature, pack(statistics)
        filled += len(missing)
    session.flush()
    return filled


def statistics_of(session: Session, pairs: Sequence[Scored], metric: str) -> tuple[list[Scored], NDArray[np.float64]]:
    """Return the pairs a metric applies to, and a row of its statistics for each; what is not stored is computed."""
    applying = [pair for pair in pairs if _applies(metric, pair)]
    known = _stored(session, applying)
    chosen = METRICS[metric]
    rows = []
    for pair in applying:
        stored = known.get((pair.machine_id, pair.revision_id, metric))
        if stored is not None and stored.signature == chosen.signature:
            rows.append(unpack(stored.statistics))
        else:
            rows.append(chosen.statistics(placeholders_as_tokens(pair.machine), placeholders_as_tokens(pair.reference)))
    return applying, np.array(rows, dtype=np.float64)


def _one_per_engine(
    outputs: Sequence[MachineTranslation], segment: Placed, revision: Revision
) -> list[MachineTranslation]:
    """Return each engine's output: the one that was edited, else its newest, so that no segment counts twice."""
    chosen: dict[str, MachineTranslation] = {}
    for output in outputs:  # oldest first
        usable = output.text is not None and output.publishable and output.source_hash == segment.source_hash
        held = chosen.get(output.engine)
        if usable and (held is None or held.id != revision.draft_id):
            chosen[output.engine] = output
    return list(chosen.values())


def _scored(page_id: int, key: str, output: MachineTranslation, revision: Revision) -> Scored:
    return Scored(
        page_id=page_id,
        segment_key=key,
        engine=output.engine,
        version=output.version,
        made_on=output.made_on,
        source=revision.source,
        machine=output.text or "",
        reference=revision.text,
        machine_id=output.id,
        revision_id=revision.id,
        drafted=revision.draft_id == output.id,
    )


def _applies(metric: str, pair: Scored) -> bool:
    return pair.drafted or metric not in DRAFTING_ONLY


def _stored(session: Session, pairs: Sequence[Scored]) -> dict[tuple[int, int, str], SegmentStatistics]:
    revision_ids = sorted({pair.revision_id for pair in pairs})
    rows = session.scalars(select(SegmentStatistics).where(SegmentStatistics.revision_id.in_(revision_ids)))
    return {(row.machine_translation_id, row.revision_id, row.metric): row for row in rows}


def _signature(known: dict[tuple[int, int, str], SegmentStatistics], pair: Scored, metric: str) -> str | None:
    row = known.get((pair.machine_id, pair.revision_id, metric))
    return row.signature if row else None
