"""The own segments of a page version as SQL, numbered: the database counts and picks among thousands of them."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import CTE, Integer, Row, bindparam, case, func, select
from sqlalchemy.orm import Session

from review_app.db import among_given
from review_app.pages.tables import Block, PageVersion
from review_app.segments.service import Placed
from review_app.segments.tables import Occurrence, Segment
from review_app.text.normalise import source_hash


def _places() -> CTE:
    at = (Block.number, Occurrence.position)
    return (
        select(
            Occurrence.segment_id,
            Segment.key,
            Occurrence.source,
            case((Segment.source == Occurrence.source, Segment.source_hash)).label("source_hash"),
            Block.kind,
            Block.number.label("block"),
            Occurrence.position,
            func.row_number().over(partition_by=Occurrence.segment_id, order_by=at).label("nth"),
            func.first_value(Block.kind).over(partition_by=Occurrence.segment_id, order_by=at).label("first_kind"),
        )
        .join(Block, Occurrence.block_id == Block.id)
        .join(Segment, Occurrence.segment_id == Segment.id)
        .join(PageVersion, Occurrence.page_version_id == PageVersion.id)
        .where(Occurrence.page_version_id == bindparam("version_id"), Segment.page_id == PageVersion.page_id)
        .cte("place")
    )


def _own(place: CTE) -> CTE:
    columns = (place.c.segment_id, place.c.key, place.c.source, place.c.source_hash, place.c.kind)
    number = func.row_number(type_=Integer).over(order_by=(place.c.block, place.c.position)).label("number")
    return select(*columns, number).where(place.c.nth == 1).cte("own")


PLACES = _places()
"""Every place of the own segments of a page version, given as ``version_id``; the first of a segment has ``nth`` 1."""

OWN = _own(PLACES)
"""The own segments of a page version, given as ``version_id``, each where it first stands, as ``Placed`` has them.

``source_hash`` is null where the segment reads otherwise in another version.
"""

_BY_NUMBER = select(OWN).where(among_given(OWN.c.number, "numbers"))
_BY_KEY = select(OWN).where(among_given(OWN.c.key, "keys"))
_BY_ID = select(OWN).where(among_given(OWN.c.segment_id, "segment_ids"))


def placed_by_number(session: Session, version_id: int, numbers: Sequence[int]) -> list[Placed]:
    """Return a page version's own segments of these numbers, in this order."""
    rows = session.execute(_BY_NUMBER, {"version_id": version_id, "numbers": list(numbers)})
    found = {row.number: _placed(*row) for row in rows}
    return [found[number] for number in numbers if number in found]


def placed_by_key(session: Session, version_id: int, keys: Collection[str]) -> list[Placed]:
    """Return a page version's own segments that have these keys, in page order."""
    return _in_order(session.execute(_BY_KEY, {"version_id": version_id, "keys": list(keys)}))


def placed_by_id(session: Session, version_id: int, segment_ids: Collection[int]) -> list[Placed]:
    """Return those of these segments that stand in a page version and are its own, in page order."""
    return _in_order(session.execute(_BY_ID, {"version_id": version_id, "segment_ids": list(segment_ids)}))


def _in_order(rows: Iterable[Row[*tuple[Any, ...]]]) -> list[Placed]:
    return sorted((_placed(*row) for row in rows), key=lambda placed: placed.number)


def _placed(segment_id: int, key: str, source: str, digest: str | None, kind: str, number: int) -> Placed:
    return Placed(segment_id, key, source, digest or source_hash(source), kind, number)
