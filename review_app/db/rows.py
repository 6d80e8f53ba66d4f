"""Rows that come into being when they are first needed, and rows by the hundred."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

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
