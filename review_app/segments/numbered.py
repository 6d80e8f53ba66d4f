"""The own segments of a page version as SQL, numbered: the database counts and picks among thousands of them."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import CTE, Integer, Row, String, bindparam, case, cast, func, select
from sqlalchemy.orm import Session

from review_app.db import among_given
from review_app.pages.tables import Block, PageVersion
from review_app.segments.service import Placed
from review_app.segments.tables import Occurrence, Segment
from review_app.text.normalise import source_hash

_AT = (Block.number, Occurrence.position)
_HASH = case((Segment.source == Occurrence.source, Segment.source_hash))
_NTH = func.row_number().over(partition_by=Occurrence.segment_id, order_by=_AT)
_OWN = (
    select(
        Occurrence.segment_id,
        Segment.key,
        Occurrence.source,
        _HASH.label("source_hash"),
        Block.kind,
        Block.number.label("block"),
        Occurrence.position,
        _NTH.label("nth"),
    )
    .join(Block, Occurrence.block_id == Block.id)
    .join(Segment, Occurrence.segment_id == Segment.id)
    .join(PageVersion, Occurrence.page_version_id == PageVersion.id)
    .where(Occurrence.page_version_id == bindparam("version_id"), Segment.page_id == PageVersion.page_id)
)


def _numbered() -> CTE:
    place = _OWN.cte("place")
    number = func.row_number(type_=Integer).over(order_by=(place.c.block, place.c.position)).label("number")
    columns = (place.c.segment_id, place.c.key, place.c.source, place.c.source_hash, place.c.kind, number)
    return select(*columns).where(place.c.nth == 1).cte("own")


OWN = _numbered()
"""The own segments of a page version, given as ``version_id``, where they first stand, numbered as in ``Placed``.

``source_hash`` is null where the segment reads otherwise in another version.
"""

_IN_ORDER = select(OWN.c.segment_id).order_by(OWN.c.number).subquery()
_ORDER = select(func.aggregate_strings(cast(_IN_ORDER.c.segment_id, String), ","))
_BY_KEY = select(OWN).where(among_given(OWN.c.key, "keys")).order_by(OWN.c.number)
_SOME = _OWN.where(among_given(Occurrence.segment_id, "segment_ids"))
_IDS = select(Segment.id).where(among_given(Segment.key, "keys"), Segment.page_id == PageVersion.page_id)
_IDS = _IDS.where(PageVersion.id == bindparam("version_id"))


def order_of(session: Session, version_id: int) -> list[int]:
    """Return the ids of a page version's own segments in page order; they come as one row, however many."""
    found = session.scalar(_ORDER, {"version_id": version_id})
    return [int(segment_id) for segment_id in found.split(",")] if found else []


def ids_of(session: Session, version_id: int, keys: Collection[str]) -> list[int]:
    """Return the ids of the segments of a version's page that have these keys."""
    return list(session.scalars(_IDS, {"version_id": version_id, "keys": list(keys)}))


def placed_in(session: Session, version_id: int, order: Sequence[int], segment_ids: Collection[int]) -> list[Placed]:
    """Return those of these segments that stand in a page version, in its ``order``, which ``order_of`` gives."""
    given = {"version_id": version_id, "segment_ids": list(segment_ids)}
    found = {row.segment_id: row for row in session.execute(_SOME, given) if row.nth == 1}
    numbers = {segment_id: number for number, segment_id in enumerate(order, 1) if segment_id in found}
    return [_placed(found[segment_id], number) for segment_id, number in numbers.items()]


def placed_by_key(session: Session, version_id: int, keys: Collection[str]) -> list[Placed]:
    """Return a page version's own segments that have these keys, in page order."""
    if not keys:
        return []
    rows = session.execute(_BY_KEY, {"version_id": version_id, "keys": list(keys)})
    return [_placed(row, row.number) for row in rows]


def _placed(row: Row[Any], number: int) -> Placed:
    digest = row.source_hash or source_hash(row.source)
    return Placed(row.segment_id, row.key, row.source, digest, row.kind, number)
