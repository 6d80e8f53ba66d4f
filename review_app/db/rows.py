"""Rows that come into being when first needed, and rows that one writer works on at a time."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import InstrumentedAttribute, Session

from review_app.db.among import among
from review_app.db.base import Base

Row = TypeVar("Row", bound=Base)
Item = TypeVar("Item")


def only_row(session: Session, table: type[Row], **key: Any) -> Row:
    """Return the row with this primary key, locked until the transaction ends; it is added if there is none."""
    row = session.get(table, key, with_for_update=True, populate_existing=True)
    if row is not None:
        return row
    try:
        with session.begin_nested():
            session.add(table(**key))
    except IntegrityError:  # another process added it between our look and this
        pass
    return session.get_one(table, key, with_for_update=True, populate_existing=True)


def batches(items: Sequence[Item], size: int) -> Iterator[Sequence[Item]]:
    """Cut what is to be written into as much as one short transaction takes."""
    return (items[start : start + size] for start in range(0, len(items), size))


def hold(session: Session, row_id: InstrumentedAttribute[int], ids: Collection[int]) -> None:
    """Let other writers that ask for these rows wait until the transaction ends, so that what is read next stays true.

    They are taken in the order of their ids, so that no two writers wait for each other. Rows that point to them can
    be added meanwhile. SQLite has one writer at a time anyway.
    """
    rows = select(row_id).where(among(row_id, ids)).order_by(row_id)
    if session.get_bind().dialect.name != "sqlite":
        session.execute(rows.with_for_update(key_share=True)).all()
