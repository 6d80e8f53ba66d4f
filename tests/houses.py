"""A database of its own for a test, with Älvby's people in it."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from review_app.db import Database
from tests.builders import BuiltPage, Town, build_page, build_town
from tests.databases import Backend, make_tables


@dataclass(frozen=True)
class House:
    """An installation's database, a town, and the town's library page in English."""

    database: Database
    town: Town
    page: BuiltPage


@pytest.fixture
def house(backend: Backend) -> Iterator[House]:
    """Lend a house that nobody else is in."""
    kept = backend.keep(build_house)
    with backend.database(kept) as database:
        yield House(database, *kept.made)


def build_house(database: Database) -> tuple[Town, BuiltPage]:
    """Build the town and its page."""
    make_tables(database)
    with database.writing() as session:
        town = build_town(session)
        return town, build_page(session, town.site_id)
