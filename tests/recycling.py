"""Databases of a PostgreSQL that are used again: making and removing one takes 0.1 s, emptying and filling it 0.01 s.

A database that was used is, for the next test that wants a copy of the same one, renamed, so that whoever is still
at work in the old one finds nothing; all its rows are deleted, and what the copied one holds is put back, with the
numbers its sequences have come to. One whose tables are other ones by then is removed.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg
from psycopg.sql import SQL, Composed, Identifier

RESTING = 2
"""Databases that rest, at least: a connection to one that was just closed takes a moment to be gone."""

MANY_ROWS = 5000
"""After so many were deleted, a database has become slow: nobody clears them away here."""

SHAPE = """
    SELECT relname, relkind, relnatts, relchecks FROM pg_class
    WHERE relnamespace = 'public'::regnamespace ORDER BY relname
"""
SEQUENCES = "SELECT sequencename, last_value, start_value FROM pg_sequences WHERE schemaname = 'public'"


@dataclass(frozen=True)
class Snapshot:
    """What a database holds: its tables' names, what else is in it, rows by table, and its sequences."""

    shape: list[tuple]
    rows: dict[str, bytes]
    empty: Composed
    """Deletes every row."""
    set_sequences: Composed | None


class Recycling:
    """The databases of a server, by what they are copies of."""

    def __init__(self, connection: psycopg.Connection, url_of: Callable[[str], str]) -> None:
        self._connection = connection
        self._url_of = url_of
        self._copied: dict[str, str] = {}
        self._resting: dict[str, list[str]] = {}
        self._snapshots: dict[str, Snapshot] = {}

    def create(self, name: str, like: str | None) -> None:
        """Make a database of this name, empty or a copy of one that never changes and to which nobody is connected."""
        if like is None:
            self._do("CREATE DATABASE {}", name)
            return
        resting = self._resting.setdefault(like, [])
        if len(resting) < RESTING or not self._used_again(resting.pop(0), name, like):
            self._do("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy", name, like)
        self._copied[name] = like

    def give_back(self, name: str) -> None:
        """Keep a database for another test, or remove it, whoever is still connected to it."""
        like = self._copied.pop(name, None)
        if like is None:
            self._do("DROP DATABASE {} WITH (FORCE)", name)
        else:
            self._resting[like].append(name)

    def _used_again(self, old: str, name: str, like: str) -> bool:
        """Make an old database a new one; false when it had to be removed instead."""
        if like not in self._snapshots:
            with self._connected(like) as template:
                self._snapshots[like] = _snapshot(template)
        self._connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [old])
        self._do("ALTER DATABASE {} RENAME TO {}", old, name)
        with self._connected(name) as database:
            is_good = _restored(database, self._snapshots[like])
        if not is_good:
            self._do("DROP DATABASE {} WITH (FORCE)", name)
        return is_good

    def _do(self, command: str, *names: str) -> None:
        self._connection.execute(SQL(command).format(*map(Identifier, names)))

    @contextmanager
    def _connected(self, name: str) -> Iterator[psycopg.Connection]:
        with psycopg.connect(self._url_of(name).replace("postgresql+psycopg:", "postgresql:")) as connection:
            yield connection


def _snapshot(database: psycopg.Connection) -> Snapshot:
    """Read all that a database holds."""
    shape = database.execute(SHAPE).fetchall()
    tables = [name for name, kind, *_ in shape if kind == "r"]
    rows = {}
    for table in tables:
        with database.cursor() as cursor, cursor.copy(SQL("COPY {} TO STDOUT").format(Identifier(table))) as copied:
            if found := b"".join(copied):
                rows[table] = found
    values = [
        SQL("setval({}, {}, {})").format(f'public."{name}"', last or start, last is not None)
        for name, last, start in database.execute(SEQUENCES)
    ]
    return Snapshot(
        shape=shape,
        rows=rows,
        empty=SQL("; ").join(SQL("DELETE FROM {}").format(Identifier(table)) for table in tables),
        set_sequences=SQL("SELECT ") + SQL(", ").join(values) if values else None,
    )


def _restored(database: psycopg.Connection, wanted: Snapshot) -> bool:
    """Make a database hold what it held; false when that is not possible, or it would be slow."""
    if database.execute(SHAPE).fetchall() != wanted.shape:
        return False
    database.execute("SET LOCAL session_replication_role = replica")  # foreign keys ask nothing
    deleting = database.execute(wanted.empty)
    deleted = sum(max(result.rowcount, 0) for result in deleting.results())
    for table, rows in wanted.rows.items():
        with database.cursor() as cursor, cursor.copy(SQL("COPY {} FROM STDIN").format(Identifier(table))) as copy:
            copy.write(rows)
    if wanted.set_sequences:
        database.execute(wanted.set_sequences)
    return deleted < MANY_ROWS
