"""Which texts are scored: an engine's raw output beside the text that a person accepted or edited."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.db import among
from review_app.quality.sampling import Sample
from review_app.quality.service import risk_values
from review_app.quality.tables import Judgement
from review_app.scoring.references import references_of
from review_app.scoring.tables import Reference
from review_app.segments.service import Placed, placed_segments
from review_app.translations.origin import Origin
from review_app.translations.service import machine_translations, newest_revisions
from review_app.translations.tables import MachineTranslation, Revision


class PageAt(Protocol):
    """A page at one of its versions."""

    @property
    def id(self) -> int:
        """The page."""

    @property
    def version_id(self) -> int:
        """Its version."""


class Seen(NamedTuple):
    """Why a person saw a machine's text, and the risk (0 to 1) it had before; none where no model knew."""

    sample: Sample
    risk: float | None


@dataclass(frozen=True, slots=True)
class Scored:
    """One machine translation beside the text a person accepted or edited: what a score is made of.

    ``independent`` is a translation that somebody made without seeing a machine's; its id is 0 where there is none.
    """

    page_id: int
    segment_id: int
    engine: str
    version: str
    made_on: date
    judged_on: date
    seen: Seen
    source: str
    machine: str
    reference: str
    machine_id: int
    revision_id: int
    drafted: bool
    independent: str | None = None
    independent_id: int = 0

    @property
    def unchanged(self) -> bool:
        """Whether the person left the machine's text as it was."""
        return self.machine == self.reference


@dataclass(frozen=True, slots=True)
class PagePairs:
    """What there is to score on a page: its present segments, those a person has read, and the outputs of these.

    ``unread`` are the risks of the machine texts that nobody has read, ``None`` where no model knows.
    """

    page_id: int
    segments: int
    read: int
    pairs: tuple[Scored, ...]
    unread: tuple[float | None, ...] = ()


def pairs_of(session: Session, pages: Sequence[PageAt], language: str) -> list[PagePairs]:
    """Return what there is to score on pages.

    Read is a segment whose newest text a person accepted or edited; a text of an older source says nothing about the
    source that stands there now. Every engine's output of the present source counts, one per segment and engine.
    """
    placed = placed_segments(session, [page.version_id for page in pages])
    ids = {segment.segment_id for segments in placed.values() for segment in segments}
    newest = newest_revisions(session, ids, language)
    judged = {id_: revision for id_, revision in newest.items() if revision.origin.read_by_person}
    outputs = machine_translations(session, judged.keys(), language)
    seen = _seen(session, [revision.translation_id for revision in judged.values()])
    drafts = {id_: revision.id for id_, revision in newest.items() if revision.origin is Origin.MACHINE}
    risks = risk_values(session, drafts.values())
    independent = references_of(session, judged.keys(), language)
    found = []
    for page in pages:
        segments = placed[page.version_id]
        read = [
            (segment, judged[segment.segment_id])
            for segment in segments
            if segment.segment_id in judged and judged[segment.segment_id].source == segment.source
        ]
        pairs = tuple(
            _scored(
                page.id, output, segment, revision, seen, independent.get((segment.segment_id, segment.source_hash))
            )
            for segment, revision in read
            for output in _one_per_engine(outputs.get(segment.segment_id, []), segment, revision)
        )
        unread = tuple(risks.get(drafts[one.segment_id]) for one in segments if one.segment_id in drafts)
        found.append(PagePairs(page.id, len(segments), len(read), pairs, unread))
    return found


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


def _scored(
    page_id: int,
    output: MachineTranslation,
    segment: Placed,
    revision: Revision,
    seen: Mapping[tuple[int, int | None], Seen],
    independent: Reference | None,
) -> Scored:
    elsewhere = Sample.ELSEWHERE if revision.origin is Origin.IMPORT else Sample.TRIAGE
    return Scored(
        page_id=page_id,
        segment_id=segment.segment_id,
        engine=output.engine,
        version=output.version,
        made_on=output.made_on,
        judged_on=revision.created_at.date(),
        seen=seen.get((revision.translation_id, revision.draft_id), Seen(elsewhere, None)),
        source=revision.source,
        machine=output.text or "",
        reference=revision.text,
        machine_id=output.id,
        revision_id=revision.id,
        drafted=revision.draft_id == output.id,
        independent=independent.text if independent else None,
        independent_id=independent.id if independent else 0,
    )


def _seen(session: Session, translation_ids: Collection[int]) -> dict[tuple[int, int | None], Seen]:
    """Return why machine texts were seen, by translation and draft: the first judgement counts, not later edits."""
    rows = session.execute(
        select(Revision.translation_id, Revision.draft_id, Judgement.sample, Judgement.risk)
        .join(Judgement, Judgement.revision_id == Revision.id)
        .where(among(Revision.translation_id, translation_ids))
        .order_by(Revision.id.desc())
    )
    return {(translation_id, draft_id): Seen(sample, risk) for translation_id, draft_id, sample, risk in rows}
