"""The databases of tests: whatever needs one runs on SQLite and on PostgreSQL, each time with one of its own.

    with backend.url() as url                        an empty database
    with backend.database() as database              one with every table
    with backend.database(backend.keep(fill)) as …   a copy of one that ``fill`` has filled: that is done once

``-k "not postgresql"`` leaves PostgreSQL out.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from shutil import copyfile
from typing import Any, Generic, TypeVar

import psycopg
import pytest
from sqlalchemy.engine import make_url

from review_app.db import Database
from review_app.migrations.service import upgrade
from review_app.schema import metadata
from tests.postgres import postgres_server
from tests.recycling import Recycling

Made = TypeVar("Made")


@dataclass(frozen=True)
class Kept(Generic[Made]):
    """A database that is only copied, and what filling it returned."""

    url: str
    made: Made


class Backend(ABC):
    """Gives tests databases of one kind; each is gone when its block ends."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self._kept: dict[Callable[[Database], Any], Kept[Any]] = {}

    @abstractmethod
    def create(self, name: str, like: str | None) -> str:
        """Make a database, empty or a copy of the one at this URL, to which nobody is connected; return its URL."""

    @abstractmethod
    def drop(self, url: str) -> None:
        """Remove a database, whoever is still connected to it."""

    def keep(self, fill: Callable[[Database], Made]) -> Kept[Made]:
        """Fill a database once for all tests of this process: hashing passwords takes its time."""
        if fill not in self._kept:
            database = Database(self.create(fill.__name__, None))
            self._kept[fill] = Kept(database.url, fill(database))
            database.dispose()
        return self._kept[fill]

    @contextmanager
    def url(self, like: Kept[Any] | None = None) -> Iterator[str]:
        """Lend the address of an empty database, or of a copy."""
        url = self.create(f"test{next(self._numbers)}", like.url if like else None)
        try:
            yield url
        finally:
            self.drop(url)

    @contextmanager
    def database(self, like: Kept[Any] | None = None) -> Iterator[Database]:
        """Lend a database with every table, or a copy."""
        with self.url(like or self.keep(make_tables)) as url:
            database = Database(url)
            try:
                yield database
            finally:
                database.dispose()


def make_tables(database: Database) -> None:
    """Make every table, as the models have them."""
    metadata.create_all(database.engine)


def migrate(database: Database) -> None:
    """Make every table, as an installation gets them."""
    upgrade(database.url)


class Sqlite(Backend):
    """A file for each database."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    def create(self, name: str, like: str | None) -> str:
        file = self._folder / f"{name}.db"
        if like:
            copyfile(make_url(like).database or "", file)
        return f"sqlite:///{file}"

    def drop(self, url: str) -> None:
        for ending in ("", "-wal", "-shm"):
            Path(f"{make_url(url).database}{ending}").unlink(missing_ok=True)


class Postgresql(Backend):
    """A database of one server; what has been used is given its first rows back and a new name, and used again."""

    def __init__(self, url: str, connection: psycopg.Connection) -> None:
        super().__init__()
        self._server = make_url(url)
        self._recycling = Recycling(connection, self._url)

    def create(self, name: str, like: str | None) -> str:
        self._recycling.create(name, make_url(like).database if like else None)
        return self._url(name)

    def drop(self, url: str) -> None:
        self._recycling.give_back(make_url(url).database or "")

    def _url(self, name: str) -> str:
        return self._server.set(database=name).render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> Backend:
    """SQLite files in a folder of their own."""
    return Sqlite(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Backend]:
    """A real server, started once for all tests of this process."""
    with postgres_server() as server, psycopg.connect(server.get_uri(), autocommit=True) as connection:
        yield Postgresql(server.get_uri(), connection)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def backend(request: pytest.FixtureRequest) -> Backend:
    """Run the test on both databases."""
    found: Backend = request.getfixturevalue(request.param)
    return found
