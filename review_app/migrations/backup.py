"""Copies of an SQLite database: before it is changed, and whenever one is asked for; and the way back."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.engine import make_url

from review_app.errors import BadFile, BadInput
from review_app.locale import N_

OTHER_DATABASE = N_(
    "This is for SQLite. PostgreSQL has its own tools: pg_dump -Fc backs up, pg_restore --clean --if-exists restores."
)
NO_DATABASE = N_("There is no database at {file} yet. Check REVIEW_APP_DATA_DIR.")
NO_PLACE = N_("{file} cannot be written: {reason}. Name another place.")
NO_BACKUP = N_("{file} is no database of this program. Name a file that review-app db backup wrote.")
DAMAGED = N_("{file} is damaged; nothing was restored. Name another backup.")

PATTERN = "review-*.db"
"""What copies in a folder are called: ``review-20261127T031500.db``, by UTC."""

PATIENCE_MS = 60_000
"""Milliseconds that others may take to end their writing."""


def database_file(url: str) -> Path:
    """Return the file of an SQLite database; raises ``BadInput`` for another kind, or when there is none."""
    name = make_url(url).database
    if not url.startswith("sqlite") or not name:
        raise BadInput(OTHER_DATABASE)
    return Path(name)


def back_up(url: str, place: Path, keep: int | None = None) -> Path:
    """Copy a database, also while it is written to, and return where the copy is.

    In a folder the copy is named by the time, and only the newest ``keep`` of such copies stay. The copy is there
    whole or not at all. Raises ``BadInput``.
    """
    file = database_file(url)
    if not file.exists():
        raise BadInput(NO_DATABASE, file=file)
    target = place / PATTERN.replace("*", _stamp()) if place.is_dir() else place
    part = target.with_name(target.name + ".part")
    try:
        copy_database(file, part)
        _require_whole(part)
        part.replace(target)
    except (OSError, sqlite3.Error) as error:
        part.unlink(missing_ok=True)
        raise BadInput(NO_PLACE, file=target, reason=error) from error
    if place.is_dir() and keep is not None:
        for old in sorted(place.glob(PATTERN))[:-keep]:
            old.unlink()
    return target


@contextmanager
def opened(backup: Path) -> Iterator[sqlite3.Connection]:
    """Open a backup to read it; raises ``BadFile`` when it is none, or is damaged."""
    if not backup.is_file():
        raise BadFile(NO_BACKUP, file=backup)
    with closing(sqlite3.connect(f"{backup.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        try:
            named = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
            whole = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        except sqlite3.DatabaseError as error:
            foreign = "not a database" in str(error)
            raise BadFile(NO_BACKUP if foreign else DAMAGED, file=backup) from error
        if not named or not whole:
            raise BadFile(DAMAGED if named else NO_BACKUP, file=backup)
        yield connection


def revision_in(connection: sqlite3.Connection) -> str:
    """Return the schema that a database has."""
    return str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])


def put_back(file: Path, backup: sqlite3.Connection) -> Path | None:
    """Make a database what a backup of it holds, and return where what it held until now was copied to.

    SQLite itself writes it, in one transaction: nothing beside the file has to be removed, and a program that runs
    meanwhile sees the one or the other.
    """
    kept = keep_aside(file)
    file.touch(mode=0o600)  # where it is new; else it stays whose it is
    with closing(sqlite3.connect(file)) as target:
        target.execute(f"PRAGMA busy_timeout={PATIENCE_MS}")
        backup.backup(target)
    return kept


def keep_aside(file: Path) -> Path | None:
    """Copy a database beside itself before it is changed; ``None`` where there is nothing in it yet."""
    if not file.exists() or _is_empty(file):
        return None
    copy = Path(f"{file}.before-{_stamp()}")
    copy_database(file, copy)
    shutil.copymode(file, copy)
    return copy


def copy_database(file: Path, target: Path) -> None:
    """Copy a database to one plain file that only this user can read."""
    target.unlink(missing_ok=True)
    target.touch(mode=0o600)
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")


def _is_empty(file: Path) -> bool:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is None


def _require_whole(copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as connection:
        found = connection.execute("PRAGMA quick_check").fetchall()
    if found != [("ok",)]:
        raise sqlite3.DatabaseError("the database is damaged")


def _stamp() -> str:
    return datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
