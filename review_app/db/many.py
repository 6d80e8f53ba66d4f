"""Rows by the hundred in one statement: they travel as one parameter, as JSON, and the database makes rows of them.

A statement with a place for each value is another one for each number of rows, and one statement a row has the
database begin anew for each: both take longer than the rows themselves.
"""

import json
import typing
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import JSON, Column, CursorResult, Executable, Row, Select, bindparam, cast, column, func, select, true
from sqlalchemy import Table as SqlTable
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import InstrumentedAttribute, Session

from review_app.db.base import Base

Values = Mapping[str, Any]
"""A row to be: a value for each column that has no default, the same columns in all rows of a call."""

Insertion = sqlite.Insert | postgresql.Insert


def add_missing(session: Session, table: type[Base], rows: Sequence[Values]) -> int:
    """Add rows, but none whose unique key another has; returns how many are new.

    They pass the session by, as hundreds of objects would take longer than the database.
    """
    return int(_sent(session, table, rows, _leaving).rowcount) if rows else 0


def added(
    session: Session, table: type[Base], rows: Sequence[Values], returning: Sequence[InstrumentedAttribute[Any]]
) -> Sequence[Row[*tuple[Any, ...]]]:
    """Add rows, but none whose unique key another has; returns these columns of those that are new, in any order."""
    names = tuple(one.key for one in returning)
    return _sent(session, table, rows, _leaving, names).all() if rows else []


def put(session: Session, table: type[Base], rows: Sequence[Values]) -> None:
    """Add rows, or put their values into those that have their primary keys already."""
    if rows:
        _sent(session, table, rows, _replacing)


def missing_rows(session: Session, table: type[Base]) -> Insertion:
    """Return an insertion that leaves out rows whose unique key another has."""
    return _bare(table, session.get_bind().dialect.name).on_conflict_do_nothing()


def clashing(session: Session, table: type[Base], changed: Mapping[str, Any]) -> Insertion:
    """Return an insertion that changes a row which has the primary key already, instead of adding one."""
    key = [one.name for one in _table(table).primary_key]
    return _bare(table, session.get_bind().dialect.name).on_conflict_do_update(index_elements=key, set_=dict(changed))


def _sent(
    session: Session, table: type[Base], rows: Sequence[Values], clash: "Clash", returning: tuple[str, ...] = ()
) -> CursorResult[Any]:
    session.flush()
    connection = session.connection()
    insertion = _insertion(table, tuple(rows[0]), clash, returning, connection.dialect.name)
    given = json.dumps(list(_plain(_table(table), connection.dialect, rows)), default=_moment, ensure_ascii=False)
    return connection.execute(insertion, {"rows": given})


@lru_cache(maxsize=64)
def _insertion(
    table: type[Base], names: tuple[str, ...], clash: "Clash", returning: tuple[str, ...], dialect: str
) -> Executable:
    columns = [_table(table).c[name] for name in names]
    read = _from_recordset(columns) if dialect == "postgresql" else _from_array(columns)
    insertion = clash(_bare(table, dialect).from_select(list(names), read), table, names)
    if returning:
        return insertion.returning(*(_table(table).c[name] for name in returning))
    return insertion.execution_options(preserve_rowcount=True)


Clash = Callable[[Insertion, type[Base], tuple[str, ...]], Insertion]
"""What becomes of an insertion's rows whose key another has."""


def _leaving(insertion: Insertion, _table: type[Base], _names: tuple[str, ...]) -> Insertion:
    return insertion.on_conflict_do_nothing()


def _replacing(insertion: Insertion, table: type[Base], names: tuple[str, ...]) -> Insertion:
    key = [one.name for one in _table(table).primary_key]
    others = {name: insertion.excluded[name] for name in names if name not in key}
    return insertion.on_conflict_do_update(index_elements=key, set_=others)


def _bare(table: type[Base], dialect: str) -> Insertion:
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)


def _from_recordset(columns: Sequence[Column[Any]]) -> Select[Any]:
    given = func.json_to_recordset(cast(bindparam("rows"), JSON))
    rows = given.table_valued(*(column(one.name, one.type) for one in columns)).render_derived(with_types=True)
    return select(*(rows.c[one.name] for one in columns))


def _from_array(columns: Sequence[Column[Any]]) -> Select[Any]:
    rows = func.json_each(bindparam("rows")).table_valued("value")
    fields = (func.json_extract(rows.c.value, f"$[{place}]") for place in range(len(columns)))
    return select(*fields).where(true())  # without a condition, SQLite takes ON CONFLICT for a join's


def _plain(table: SqlTable, dialect: Dialect, rows: Sequence[Values]) -> Iterator[Any]:
    """Return rows as JSON takes them: values as the database stores them; lists of values on SQLite."""
    names = list(rows[0])
    on_postgresql = dialect.name == "postgresql"
    kept = [(name, _processor(table.c[name], dialect)) for name in names]
    for row in rows:
        values = [row[name] if process is None else process(row[name]) for name, process in kept]
        yield dict(zip(names, values, strict=True)) if on_postgresql else values


def _processor(of: Column[Any], dialect: Dialect) -> Callable[[Any], Any] | None:
    """Return how a value is made what the database stores; JSON stays as it is where rows are JSON themselves."""
    if isinstance(of.type, JSON) and dialect.name == "postgresql":
        return None
    return of.type.dialect_impl(dialect).bind_processor(dialect)


def _moment(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in a row")


def _table(table: type[Base]) -> SqlTable:
    return typing.cast(SqlTable, table.__table__)
