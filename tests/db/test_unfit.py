"""What PostgreSQL cannot store is told in a sentence, and nothing is stored."""

from collections.abc import Iterator

import pytest

from review_app.db import Database
from review_app.errors import BadInput
from review_app.sites.service import add_site, all_sites, find_site
from tests.databases import Backend


@pytest.fixture
def database(postgresql: Backend) -> Iterator[Database]:
    with postgresql.database() as found:
        yield found


@pytest.mark.parametrize("name", ["Al\x00vby", "Alvby " * 100], ids=["NUL", "too long"])
def test_a_value_that_cannot_be_stored(database: Database, name: str) -> None:
    with pytest.raises(BadInput, match="cannot be stored"), database.writing() as session:
        add_site(session, slug="alvby", name=name, base_url="https://www.alvby.example/")
    with database.reading() as session:
        assert all_sites(session) == []


def test_a_value_that_cannot_be_looked_for(database: Database) -> None:
    with pytest.raises(BadInput, match="cannot be stored"), database.reading() as session:
        find_site(session, "al\x00vby")
