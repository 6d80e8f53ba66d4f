"""A page version in portions of whole blocks, in page order, so that of a long page only a piece is read at a time."""

from typing import NamedTuple

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session, aliased

from review_app.pages.tables import Block, PageVersion
from review_app.segments.tables import Occurrence, Segment

PORTION = 80
"""Blocks of a portion; most hold one sentence or two."""


class Place(NamedTuple):
    """Where a segment stands; ``first_kind`` and ``first_block`` are those of where it first stands in the version."""

    block: int
    position: int
    kind: str
    segment_id: int
    key: str
    first_block: int
    first_kind: str


_IN_VERSION = Occurrence.page_version_id == bindparam("version_id")
_OWN = Segment.page_id == PageVersion.page_id
_OTHER, _OTHERS_BLOCK = aliased(Occurrence), aliased(Block)
_FIRST = (
    select(_OTHERS_BLOCK.id)
    .join(_OTHER, _OTHER.block_id == _OTHERS_BLOCK.id)
    .where(_OTHER.segment_id == Occurrence.segment_id, _OTHER.page_version_id == Occurrence.page_version_id)
    .order_by(_OTHERS_BLOCK.number, _OTHER.position)
    .limit(1)
    .scalar_subquery()
)
_FIRST_BLOCK = aliased(Block)
_PLACES = (
    select(
        Block.number,
        Occurrence.position,
        Block.kind,
        Occurrence.segment_id,
        Segment.key,
        _FIRST_BLOCK.number,
        _FIRST_BLOCK.kind,
    )
    .join(Occurrence, Occurrence.block_id == Block.id)
    .join(Segment, Occurrence.segment_id == Segment.id)
    .join(PageVersion, Occurrence.page_version_id == PageVersion.id)
    .join(_FIRST_BLOCK, _FIRST_BLOCK.id == _FIRST)
    .where(Block.page_version_id == bindparam("version_id"), _IN_VERSION, _OWN)
    .where(Block.number >= bindparam("begin"), Block.number < bindparam("end"))
    .order_by(Block.number, Occurrence.position)
)
_LAST = select(func.max(Block.number)).where(Block.page_version_id == bindparam("version_id"))
_OF_SEGMENT = (
    select(func.min(Block.number))
    .join(Occurrence, Occurrence.block_id == Block.id)
    .where(_IN_VERSION, Occurrence.segment_id == bindparam("segment_id"))
)


def portions_of(session: Session, version_id: int) -> int:
    """Return in how many portions a page version comes."""
    last = session.scalar(_LAST, {"version_id": version_id})
    return 0 if last is None else last // PORTION + 1


def portion_with(session: Session, version_id: int, segment_id: int) -> int | None:
    """Return the portion in which a segment first stands."""
    block = session.scalar(_OF_SEGMENT, {"version_id": version_id, "segment_id": segment_id})
    return None if block is None else block // PORTION


def places_in(session: Session, version_id: int, portion: int) -> list[Place]:
    """Return the places of a page's own segments in a portion, in page order."""
    given = {"version_id": version_id, "begin": portion * PORTION, "end": (portion + 1) * PORTION}
    return [Place(*row) for row in session.execute(_PLACES, given)]
