"""Rows that come into being when first needed, rows by the hundred, rows that one writer works on at a time."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
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


def add_missing(session: Session, table: type[Base], rows: Sequence[Mapping[str, Any]]) -> int:
    """Add rows, but none whose unique key another has; returns how many are new.

    They pass the session by, as hundreds of objects would take longer than the database.
    """
    session.flush()
    if not rows:
        return 0
    insertion = missing_rows(session, table).execution_options(preserve_rowcount=True)
    return session.connection().execute(insertion, list(rows)).rowcount


def missing_rows(session: Session, table: type[Base]) -> sqlite.Insert | postgresql.Insert:
    """Return an insertion that leaves out rows whose unique key another has."""
    on_postgresql = session.get_bind().dialect.name == "postgresql"
    bare: sqlite.Insert | postgresql.Insert = postgresql.insert(table) if on_postgresql else sqlite.insert(table)
    return bare.on_conflict_do_nothing()


def hold(session: Session, row_id: InstrumentedAttribute[int], ids: Collection[int]) -> None:
    """Let other writers that ask for these rows wait until the transaction ends, so that what is read next stays true.

    They are taken in the order of their ids, so that no two writers wait for each other. Rows that point to them can
    be added meanwhile. SQLite has one writer at a time anyway.
    """
    rows = select(row_id).where(among(row_id, ids)).order_by(row_id)
    if session.get_bind().dialect.name != "sqlite":
        session.execute(rows.with_for_update(key_share=True)).all()
