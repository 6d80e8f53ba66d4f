"""A database of its own for a test, with Älvby's people in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

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
    database = Database(f"sqlite:///{tmp_path / 'review.db'}")
    metadata.create_all(database.engine)
    with database.writing() as session:
        town = build_town(session)
        page = build_page(session, town.site_id)
    yield House(database, town, page)
    database.dispose()
