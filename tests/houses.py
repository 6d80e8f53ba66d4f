"""A database of its own for a test, with Älvby's people in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from review_app.db import Database
from review_app.schema import metadata
from tests.builders import BuiltPage, Town, build_page, build_town


@dataclass(frozen=True)
class House:
    """An installation's database on an SQLite file, a town, and the town's library page in English."""

    database: Database
    town: Town
    page: BuiltPage


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    file, town, page = _built()
    path = tmp_path / "review.db"
    path.write_bytes(file)
    database = Database(f"sqlite:///{path}")
    yield House(database, town, page)
    database.dispose()


@cache
def _built() -> tuple[bytes, Town, BuiltPage]:
    """Build the house once, and return the file that each test gets a copy of: passwords are slow to hash."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "review.db"
        database = Database(f"sqlite:///{path}")
        metadata.create_all(database.engine)
        with database.writing() as session:
            town = build_town(session)
            page = build_page(session, town.site_id)
        database.dispose()
        return path.read_bytes(), town, page
