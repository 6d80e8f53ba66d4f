"""Brings a database to the newest schema, safely."""

import sqlite3
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from review_app.db import Database
from review_app.migrations.backup import database_file, keep_aside, opened, put_back, revision_in

ADVISORY_LOCK = 0x5245_5649
"""Key of the PostgreSQL lock that lets one process migrate at a time ("REVI")."""


class Readiness(StrEnum):
    """Whether the program can work with its database."""

    READY = "ok"
    OTHER_SCHEMA = "The database's schema is not the program's. Run review-app db upgrade."
    UNREACHABLE = "The database cannot be reached."


def upgrade(url: str) -> bool:
    """Bring the database to the newest schema; returns whether anything had to be done.

    One transaction on both databases, so that a failure leaves nothing half done and a second process waits.
    SQLite: the file is copied first, and foreign keys are off while tables are rebuilt (a batch ALTER with them on
    deletes child rows without a word); they are checked before the commit.
    """
    if is_current(url):
        return False
    if url.startswith("sqlite"):
        keep_aside(database_file(url))
    config = _config()
    with _engine(url).begin() as connection:  # begun here: Alembic would commit after each step on SQLite
        if connection.dialect.name != "sqlite":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ADVISORY_LOCK})
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        _verify(connection)
    return True


def restore(url: str, backup: Path) -> Path | None:
    """Put a backup back and bring it to the newest schema; returns where what was there until now is kept.

    Raises ``BadFile`` for what is no backup, ``CommandError`` for one of a newer version; nothing is changed then.
    """
    file = database_file(url)
    with opened(backup) as source:
        ScriptDirectory.from_config(_config()).get_revision(revision_in(source))
        kept = put_back(file, source)
    upgrade(url)
    return kept


def is_current(url: str) -> bool:
    """Say whether the database has the newest schema."""
    with _engine(url).connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    return current == _head()


def readiness(database: Database) -> Readiness:
    """Say whether the program can work with the database as it is; whoever writes is not waited for."""
    try:
        with database.reading() as session:
            current = MigrationContext.configure(session.connection()).get_current_revision()
        return Readiness.READY if current == _head() else Readiness.OTHER_SCHEMA
    except SQLAlchemyError:
        return Readiness.UNREACHABLE


@cache
def _head() -> str | None:
    """Return the newest schema; read once, because monitors ask every few seconds."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    return config


def _engine(url: str) -> Engine:
    """Return an engine for migrating: transactional DDL on SQLite, too, and its foreign keys off."""
    engine = create_engine(url, poolclass=NullPool)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys=OFF")
    connection.execute("PRAGMA busy_timeout=60000")


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _verify(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if broken:
            raise RuntimeError(f"the migration would break {len(broken)} references; nothing was changed")
