"""Independent reference translations: made without seeing a machine's text, kept beside what people corrected.

Where a sentence has one, BLEU, chrF2++ and TER compare with it; HTER and CER always with the text that was edited.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from review_app.accounts.permissions import Action, Actor
from review_app.accounts.service import record
from review_app.db import among, hold
from review_app.pages.tables import Page
from review_app.scoring.tables import Reference
from review_app.segments.tables import Segment
from review_app.sites.tables import Site
from review_app.text.normalise import normalise
from review_app.text.placeholders import plain


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a file's pairs: new references, those known already, pairs whose source no page has."""

    new: int
    known: int
    unknown: int


@dataclass(frozen=True, slots=True)
class ReferenceFile:
    """A file that references came from: how many, and when the last."""

    name: str
    references: int
    added_at: datetime


def keep_references(
    session: Session, actor: Actor, site_id: int, language: str, pairs: Iterable[tuple[str, str]], name: str
) -> Kept:
    """Keep translations of sentences that the site's pages have now, found by their words; the newest one counts."""
    actor.require(Action.IMPORT, site_id)
    hold(session, Site.id, [site_id])
    wanted = {_words(source): normalise(text) for source, text in pairs if normalise(text)}
    segments = _segments(session, site_id)
    known = references_of(session, {one.id for found in segments.values() for one in found}, language)
    new = same = unknown = 0
    for words, text in wanted.items():
        for segment in segments.get(words, ()):
            before = known.get((segment.id, segment.source_hash))
            if before is not None and before.text == text:
                same += 1
                continue
            new += 1
            session.add(
                Reference(
                    segment_id=segment.id,
                    language=language,
                    source_hash=segment.source_hash,
                    text=text,
                    name=name[:200],
                    added_by=actor.person_id,
                )
            )
        unknown += words not in segments
    told = {"language": language, "file": name[:200], "segments": new}
    record(session, actor, "references.import", f"site:{site_id}", site_id=site_id, after=told)
    session.flush()
    return Kept(new, same, unknown)


def references_of(session: Session, segment_ids: Collection[int], language: str) -> dict[tuple[int, str], Reference]:
    """Return the newest reference of each segment and source, by the segment's id and the source's hash."""
    rows = session.scalars(
        select(Reference)
        .where(among(Reference.segment_id, segment_ids), Reference.language == language)
        .order_by(Reference.id)
    )
    return {(row.segment_id, row.source_hash): row for row in rows}


def reference_files(session: Session, actor: Actor, site_id: int, language: str) -> list[ReferenceFile]:
    """Return the files that references of a language came from, the newest first."""
    actor.require(Action.READ, site_id)
    newest = func.max(Reference.added_at)
    rows = session.execute(
        select(Reference.name, func.count(), newest)
        .join(Segment, Reference.segment_id == Segment.id)
        .join(Page, Segment.page_id == Page.id)
        .where(Page.site_id == site_id, Reference.language == language)
        .group_by(Reference.name)
        .order_by(newest.desc(), Reference.name)
    )
    return [ReferenceFile(*row) for row in rows]


def _segments(session: Session, site_id: int) -> dict[str, list[Segment]]:
    found: dict[str, list[Segment]] = defaultdict(list)
    rows = select(Segment).join(Page, Segment.page_id == Page.id).where(Page.site_id == site_id).order_by(Segment.id)
    for segment in session.scalars(rows):
        found[_words(segment.source)].append(segment)
    return found


def _words(source: str) -> str:
    """Return what a source is found by: its words without markup, which a file's text need not have."""
    return normalise(plain(normalise(source)))
