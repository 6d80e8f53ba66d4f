"""A page version in portions of whole blocks, in page order, so that of a long page only a piece is read at a time."""

from typing import NamedTuple

from sqlalchemy import Integer, bindparam, func, select
from sqlalchemy.orm import Session

from review_app.segments.numbered import PLACES

PORTION = 100
"""Places of segments: the block in which so many more are reached ends a portion."""


class Place(NamedTuple):
    """Where a segment stands, and the kinds of that block and of the one where it first stands, as its ``nth``."""

    block: int
    position: int
    kind: str
    segment_id: int
    key: str
    nth: int
    first_kind: str


_ORDER = (PLACES.c.block, PLACES.c.position)
_RANKED = select(PLACES, func.row_number(type_=Integer).over(order_by=_ORDER).label("rank")).cte("ranked")
_BEGINS = select(_RANKED.c.block, func.min(_RANKED.c.rank, type_=Integer).label("rank")).group_by(_RANKED.c.block).cte()
_WHICH = ((_BEGINS.c.rank - 1) // PORTION).label("portion")

_PLACES = (
    select(*(_RANKED.c[name] for name in Place._fields))
    .join(_BEGINS, _BEGINS.c.block == _RANKED.c.block)
    .where(bindparam("portion") == _WHICH)
    .order_by(_RANKED.c.block, _RANKED.c.position)
)
_LAST = select(func.max(_WHICH)).select_from(_BEGINS)
_OF_KEY = (
    select(func.min(_WHICH)).join(_RANKED, _BEGINS.c.block == _RANKED.c.block).where(_RANKED.c.key == bindparam("key"))
)


def portions_of(session: Session, version_id: int) -> int:
    """Return in how many portions a page version comes."""
    last = session.scalar(_LAST, {"version_id": version_id})
    return 0 if last is None else last + 1


def portion_with(session: Session, version_id: int, key: str) -> int | None:
    """Return the portion in which a page's own segment first stands."""
    found: int | None = session.scalar(_OF_KEY, {"version_id": version_id, "key": key})
    return found


def places_in(session: Session, version_id: int, portion: int) -> list[Place]:
    """Return the places of a page's own segments in a portion, in page order."""
    return [Place(*row) for row in session.execute(_PLACES, {"version_id": version_id, "portion": portion})]
