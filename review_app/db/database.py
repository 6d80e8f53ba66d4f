"""Engines and sessions.

What is stored is people's: the parameters of a statement stand in no error, and so in no log.

SQLite: the driver's own transactions lose updates, and a deferred transaction that turns into a writer fails with
"database is locked". So a writing session begins with ``BEGIN IMMEDIATE`` and a reading one with plain ``BEGIN``,
which never waits.
"""

import os
import sqlite3
import threading
import time
import weakref
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Protocol

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DataError, InvalidatePoolError
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from review_app.db.failures import UNFIT
from review_app.errors import BadInput

BUSY_TIMEOUT_MS = 30_000
"""A person rather waits than is refused: 10 s were too short for 32 at once beside ten busy programs on two cores."""

KNOCK_SECONDS = 0.002
"""Between two looks whether another process has ended its writing: it has the next ready within milliseconds."""

POSTGRES: dict[str, Any] = {
    "connect_timeout": 10,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,  # milliseconds until what was sent has to be acknowledged
}
"""Seconds, and how many probes may be lost, until a PostgreSQL that has vanished without a word is given up."""

BINARY = "review_app_binary"
IN_BINARY = {BINARY: True}
"""Execution options of a statement that reads many bytes: PostgreSQL writes them as text otherwise."""

_SEEN = "SELECT pg_current_snapshot() || ' ' || pg_postmaster_start_time()"

PREPARED = 300
"""How many statements each connection keeps prepared, of those sent five times; psycopg's own 100 are too few."""

TRUSTED_SECONDS = 1.0
"""A connection that was used so shortly ago is taken to be open still."""


class Sessions(Protocol):
    """Whatever hands out sessions: a ``Database``, or a job, whose writing counts only while the job is its own."""

    def reading(self) -> AbstractContextManager[Session]:
        """Open a session that only reads."""
        ...

    def writing(self) -> AbstractContextManager[Session]:
        """Open a session that writes; the block is one transaction."""
        ...


class Database:
    """The one database of an installation; hands out sessions.

    ``with database.writing() as session`` commits once at the end, or rolls back when the block raises;
    ``with database.reading() as session`` never writes, and sees the database as it was when it began.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = _engine(url)
        self._reader = self.engine.execution_options(**_reading(url))
        self._glance = self.engine.execution_options(isolation_level="AUTOCOMMIT")
        self._watch: sqlite3.Connection | None = None
        self._watching = threading.Lock()
        _forget_in_forks(self)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Open a session that only reads.

        On PostgreSQL, which lets it write nothing, it ends with a COMMIT: at a ROLLBACK psycopg forgets every statement
        that it has had prepared, and the server plans each anew.
        """
        with _fitting(), Session(self._reader, expire_on_commit=False, autoflush=False) as session:
            yield session
            if not self.url.startswith("sqlite"):
                session.expunge_all()
                session.commit()

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Open a session that writes; the block is one transaction."""
        with _fitting(), Session(self.engine, expire_on_commit=False) as session, session.begin():
            yield session

    def changes(self) -> int | str:
        """Return what is another thing after every commit of whichever process, at the cost of a look.

        SQLite keeps a number. On PostgreSQL it is the list of the transactions whose work is seen, and when the server
        started: a look at one that has been replaced by its copy, which may lack the last commits, is a different one.
        """
        if not self.url.startswith("sqlite"):
            with self._glance.connect() as connection:
                return str(connection.exec_driver_sql(_SEEN).scalar_one())
        with self._watching:
            if self._watch is None:
                self._watch = sqlite3.connect(self.engine.url.database or "", check_same_thread=False)
            return int(self._watch.execute("PRAGMA data_version").fetchone()[0])

    def dispose(self) -> None:
        """Close every connection."""
        with self._watching:
            if self._watch is not None:
                self._watch.close()
                self._watch = None
        self.engine.dispose()

    def forget(self) -> None:
        """Let go of every connection without closing it: it is the parent process's."""
        self._watch = None
        self.engine.dispose(close=False)


@contextmanager
def _fitting() -> Iterator[None]:
    """Say in a sentence that the database cannot store a value."""
    try:
        yield
    except DataError as error:
        raise BadInput(UNFIT) from error


def _forget_in_forks(database: Database) -> None:
    """Give a forked process, as of ``gunicorn --preload``, connections of its own."""
    found = weakref.ref(database)

    def forget() -> None:
        database = found()
        if database is not None:
            database.forget()

    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=forget)


def _engine(url: str) -> Engine:
    if not url.startswith("sqlite"):
        # As many connections as there are threads, and never a wait for one: a job has a second one for its heart.
        engine = create_engine(url, max_overflow=-1, connect_args=POSTGRES, hide_parameters=True)
        _ping_the_rested(engine)
        event.listen(engine, "connect", _prepare_postgres)
        event.listen(engine, "before_cursor_execute", _in_binary)
        event.listen(engine, "do_execute", _plan_searches_anew)
        return engine
    engine = create_engine(url, connect_args={"check_same_thread": False}, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _Turnstile().begin)
    return engine


def _prepare_postgres(connection: Any, _record: ConnectionPoolEntry) -> None:
    """Tell the planner what it is to reckon with here; a save's longest statement takes a third of the time.

    Its own figure for a page read out of order is a turning disk's: with it, it reads whole tables rather than look
    two hundred rows up. And compiling a plan costs more than any statement of ours gains by it.
    """
    was, connection.autocommit = connection.autocommit, True
    connection.execute("SET random_page_cost = 1.1")
    connection.execute("SET jit = off")
    connection.prepared_max = PREPARED
    connection.autocommit = was


def _in_binary(_connection: Connection, cursor: Any, _statement: str, _values: Any, context: Any, _many: bool) -> None:
    """Let values of a statement with ``IN_BINARY`` travel as the server holds them."""
    if context is not None and context.execution_options.get(BINARY):
        cursor.format = 1  # psycopg.pq.Format.BINARY; else bytes travel as hexadecimal digits, twice as many


def _plan_searches_anew(cursor: Any, statement: str, values: Any, _context: Any) -> bool:
    """Keep no search for words prepared: the best way to find a rare word is another than to find a frequent one."""
    if "LIKE " not in statement:
        return False
    cursor.execute(statement, values, prepare=False)
    return True


def _ping_the_rested(engine: Engine) -> None:
    """Make sure, before a connection is used, that the server is still there; but not if it answered a moment ago.

    The pool's own way asks each time, which is a third of the conversation in short transactions.
    """
    failure = engine.dialect.loaded_dbapi.Error

    def note(_connection: Any, record: ConnectionPoolEntry) -> None:
        record.info["used"] = time.monotonic()

    def ping(connection: Any, record: ConnectionPoolEntry, _proxy: Any) -> None:
        used = record.info.get("used")
        if used is None or time.monotonic() - used < TRUSTED_SECONDS:
            return
        try:
            engine.dialect.do_ping(connection)
        except failure as error:
            raise InvalidatePoolError from error  # the others are as old: each is opened anew when it is wanted

    event.listen(engine, "checkin", note)
    event.listen(engine, "checkout", ping)


def _knock(connection: Connection, deadline: float) -> None:
    """Begin a writing transaction as soon as no other process has one; raises when none ends until the deadline."""
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA busy_timeout=0")
    try:
        while time.monotonic() < deadline:
            try:
                driver.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                    break
                time.sleep(KNOCK_SECONDS)
            else:
                return
        connection.exec_driver_sql("BEGIN IMMEDIATE")  # tells what is wrong
    finally:
        driver.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")


def _reading(url: str) -> dict[str, Any]:
    """Return what makes a transaction of all its queries see the same moment, and change nothing."""
    if url.startswith("sqlite"):
        return {"review_app_reads": True}
    return {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # we begin transactions ourselves, see _begin_sqlite
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_TIMEOUT_MS}",
    ):
        connection.execute(f"PRAGMA {pragma}")


class _Turnstile:
    """Lets one of a process's writers knock at a time: the next while the one before it is still at work.

    SQLite lets in whoever asks at the right moment, and asks every tenth of a second itself: with 32 that went on
    writing in two processes, some were never let in. The process that has just written is not ahead of the others.
    """

    def __init__(self) -> None:
        self._first = threading.Lock()

    def begin(self, connection: Connection) -> None:
        """Begin a transaction, a writing one when it is its turn; one that has waited too long tries its luck."""
        if connection.get_execution_options().get("review_app_reads", False):
            connection.exec_driver_sql("BEGIN")
            return
        deadline = time.monotonic() + BUSY_TIMEOUT_MS / 1000
        is_first = self._first.acquire(timeout=BUSY_TIMEOUT_MS / 1000)
        try:
            _knock(connection, deadline)
        finally:
            if is_first:
                self._first.release()
