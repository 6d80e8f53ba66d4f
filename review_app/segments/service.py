"""Use cases of segments: cut a page version into them, give them identity across versions, list them in page order."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from review_app.accounts.permissions import Actor
from review_app.pages.parsing import parse_guarded
from review_app.pages.service import Snapshot, store_snapshot
from review_app.pages.tables import Block, PageVersion
from review_app.segments.cutting import Cut, cut
from review_app.segments.matcher import KnownSegment, match
from review_app.segments.tables import Occurrence, Segment
from review_app.text.normalise import source_hash


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did; ``changed`` is false when the page's bytes were known already."""

    page_id: int
    version_id: int
    version: int
    segments: int
    changed: bool


@dataclass(frozen=True, slots=True)
class Placed:
    """A segment where it first stands in a page version; ``number`` counts segments from 1 in page order."""

    segment_id: int
    key: str
    source: str
    source_hash: str
    kind: str
    number: int


def import_page(
    session: Session,
    actor: Actor,
    site_id: int,
    *,
    body: bytes,
    path: str,
    origin: str,
    charset: str | None = None,
    url: str = "",
    taken_at: datetime | None = None,
) -> Imported:
    """Take a page in: keep its bytes, its blocks and its segments. Raises ``BadPage`` and stores nothing then."""
    document = parse_guarded(body, charset)
    version, changed = store_snapshot(
        session, actor, site_id, path, Snapshot(body, document, origin, taken_at), url=url
    )
    if changed:
        _store_cuts(session, version, cut(document))
    count = session.scalar(
        select(func.count(Occurrence.segment_id.distinct())).where(Occurrence.page_version_id == version.id)
    )
    return Imported(version.page_id, version.id, version.number, count or 0, changed)


def placed_segments(session: Session, version_ids: Collection[int]) -> dict[int, list[Placed]]:
    """Return each page version's segments in page order; a text that stands twice is one segment."""
    rows = session.execute(
        select(Occurrence.page_version_id, Block.kind, Occurrence.source, Segment.id, Segment.key)
        .join(Block, Occurrence.block_id == Block.id)
        .join(Segment, Occurrence.segment_id == Segment.id)
        .where(Occurrence.page_version_id.in_(version_ids))
        .order_by(Occurrence.page_version_id, Block.number, Occurrence.position)
    )
    placed: dict[int, dict[int, Placed]] = {version_id: {} for version_id in version_ids}
    for version_id, kind, source, segment_id, key in rows:
        seen = placed[version_id]
        if segment_id not in seen:
            seen[segment_id] = Placed(segment_id, key, source, source_hash(source), kind, len(seen) + 1)
    return {version_id: list(seen.values()) for version_id, seen in placed.items()}


def occurrences_of(session: Session, version_id: int) -> list[tuple[int, int, int]]:
    """Return (block number, position, segment id) of a page version, in page order."""
    rows = session.execute(
        select(Block.number, Occurrence.position, Occurrence.segment_id)
        .join(Block, Occurrence.block_id == Block.id)
        .where(Occurrence.page_version_id == version_id)
        .order_by(Block.number, Occurrence.position)
    )
    return [(block, position, segment) for block, position, segment in rows]


def find_segment(session: Session, page_id: int, key: str) -> int | None:
    """Return the id of a page's segment with this key."""
    return session.scalar(select(Segment.id).where(Segment.page_id == page_id, Segment.key == key))


def rename_keys(session: Session, page_id: int, keys: dict[int, str]) -> None:
    """Give segments the keys that a corpus folder knows them by, by segment id."""
    segments = list(session.scalars(select(Segment).where(Segment.page_id == page_id, Segment.id.in_(keys))))
    for segment in segments:
        segment.key = f"~{secrets.token_hex(8)}"  # out of the way first: the new keys may be permuted old ones
    session.flush()
    for segment in segments:
        segment.key = keys[segment.id]
    session.flush()


def _store_cuts(session: Session, version: PageVersion, cuts: tuple[Cut, ...]) -> None:
    known = list(session.scalars(select(Segment).where(Segment.page_id == version.page_id)))
    order = _last_order(session, version)
    known.sort(key=lambda segment: order.get(segment.id, len(order)))
    by_key = {segment.key: segment for segment in known}
    matches = match([KnownSegment(segment.key, segment.source) for segment in known], cuts)
    blocks = dict(session.execute(select(Block.number, Block.id).where(Block.page_version_id == version.id)).all())
    new: dict[str, Segment] = {}
    segments: list[Segment] = []
    for piece, found in zip(cuts, matches, strict=True):
        digest = source_hash(piece.text)
        segment = by_key[found.key] if found.key else new.get(digest)
        if segment is None:
            segment = new[digest] = Segment(page_id=version.page_id, key=secrets.token_hex(6))
            session.add(segment)
        segment.source, segment.source_hash = piece.text, digest
        segments.append(segment)
    session.flush()
    session.add_all(
        Occurrence(
            page_version_id=version.id,
            block_id=blocks[piece.block],
            position=piece.position,
            segment_id=segment.id,
            source=piece.text,
        )
        for piece, segment in zip(cuts, segments, strict=True)
    )
    session.flush()


def _last_order(session: Session, version: PageVersion) -> dict[int, int]:
    """Return the order of the segments in the version before this one."""
    previous = session.scalar(
        select(PageVersion.id).where(PageVersion.page_id == version.page_id, PageVersion.number == version.number - 1)
    )
    if previous is None:
        return {}
    return {placed.segment_id: placed.number for placed in placed_segments(session, [previous])[previous]}
