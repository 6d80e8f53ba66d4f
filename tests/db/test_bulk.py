"""Many values and many rows at once: one statement, without a limit, on SQLite and PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from review_app.db import Database, add_missing, among, batches
from review_app.schema import metadata
from review_app.sites.policy import LanguagePolicy
from review_app.sites.tables import SiteLanguage
from tests.builders import build_town

MORE_THAN_DRIVERS_TAKE = 70_000


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    kind = request.param
    url = f"sqlite:///{tmp_path / 'review.db'}" if kind == "sqlite" else request.getfixturevalue("postgres_url")
    opened = Database(url)
    metadata.drop_all(opened.engine)
    metadata.create_all(opened.engine)
    yield opened
    opened.dispose()


def languages(database: Database, *wanted: str) -> list[str]:
    with database.reading() as session:
        found = select(SiteLanguage.language).where(among(SiteLanguage.language, wanted))
        return list(session.scalars(found.order_by(SiteLanguage.language)))


def test_a_column_holds_one_of_any_number_of_values(database: Database) -> None:
    with database.writing() as session:
        build_town(session, languages=("en", "ar", "fi"))
    assert languages(database, "en", "fi", "de") == ["en", "fi"]
    assert languages(database) == []
    many = [f"x{number}" for number in range(MORE_THAN_DRIVERS_TAKE)]
    assert languages(database, *many, "ar", "it's “quoted”") == ["ar"]


def test_an_index_is_used_for_it(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'review.db'}")
    metadata.create_all(database.engine)
    condition = among(SiteLanguage.site_id, [1, 2]).compile(database.engine)
    with database.reading() as session:
        question = f"EXPLAIN QUERY PLAN SELECT * FROM site_language WHERE {condition}"  # noqa: S608 - a test's own
        plan = session.connection().exec_driver_sql(question, ("[1, 2]",))
        assert any("SEARCH site_language USING INDEX" in row.detail for row in plan)
    database.dispose()


def test_rows_that_are_there_already_are_left_as_they_are(database: Database) -> None:
    with database.writing() as session:
        site = build_town(session, languages=("en",)).site_id
        rows = [
            {"site_id": site, "language": language, "policy": LanguagePolicy.HUMAN_ONLY}
            for language in ("en", "fi", "de")
        ]
        assert add_missing(session, SiteLanguage, rows) == 2
        assert add_missing(session, SiteLanguage, rows) == 0
        assert add_missing(session, SiteLanguage, []) == 0
        kept = {row.language: row.policy for row in session.scalars(select(SiteLanguage))}
    assert kept["en"] != kept["fi"] == kept["de"]


def test_batches_are_whole_but_the_last() -> None:
    assert list(batches([1, 2, 3, 4, 5], 2)) == [[1, 2], [3, 4], [5]]
    assert list(batches([], 2)) == []
