"""Many values and many rows at once: one statement, without a limit, on SQLite and PostgreSQL."""

from pathlib import Path

from sqlalchemy import select

from review_app.db import Database, add_missing, among, batches
from review_app.schema import metadata
from review_app.sites.policy import LanguagePolicy
from review_app.sites.tables import SiteLanguage
from tests.houses import House, house

__all__ = ["house"]

MORE_THAN_DRIVERS_TAKE = 70_000


def languages(house: House, *wanted: str) -> list[str]:
    with house.database.reading() as session:
        found = select(SiteLanguage.language).where(among(SiteLanguage.language, wanted))
        return list(session.scalars(found.order_by(SiteLanguage.language)))


def test_a_column_holds_one_of_any_number_of_values(house: House) -> None:
    assert languages(house, "en", "fi", "ar") == ["ar", "en"]
    assert languages(house) == []
    many = [f"x{number}" for number in range(MORE_THAN_DRIVERS_TAKE)]
    assert languages(house, *many, "ar", "it's “quoted”") == ["ar"]


def test_values_stay_as_they_are(house: House) -> None:
    odd = ['{"a"}', "b\\", 'c","ar', "null", "", "d\n'"]
    with house.database.writing() as session:
        rows = [{"site_id": house.town.site_id, "policy": LanguagePolicy.HUMAN_ONLY, "language": one} for one in odd]
        assert add_missing(session, SiteLanguage, rows) == len(odd)
    assert set(languages(house, *odd)) == set(odd)


def test_an_index_is_used_for_it(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'review.db'}")
    metadata.create_all(database.engine)
    condition = among(SiteLanguage.site_id, [1, 2]).compile(database.engine)
    with database.reading() as session:
        question = f"EXPLAIN QUERY PLAN SELECT * FROM site_language WHERE {condition}"  # noqa: S608 - a test's own
        plan = session.connection().exec_driver_sql(question, ("[1, 2]",))
        assert any("SEARCH site_language USING INDEX" in row.detail for row in plan)
    database.dispose()


def test_rows_that_are_there_already_are_left_as_they_are(house: House) -> None:
    people_only = {"site_id": house.town.site_id, "policy": LanguagePolicy.HUMAN_ONLY}
    rows = [{**people_only, "language": language} for language in ("en", "fi", "de")]
    with house.database.writing() as session:
        assert add_missing(session, SiteLanguage, rows) == 2
        assert add_missing(session, SiteLanguage, rows) == 0
        assert add_missing(session, SiteLanguage, []) == 0
        kept = {row.language: row.policy for row in session.scalars(select(SiteLanguage))}
    assert kept["en"] != kept["fi"] == kept["de"]


def test_batches_are_whole_but_the_last() -> None:
    assert list(batches([1, 2, 3, 4, 5], 2)) == [[1, 2], [3, 4], [5]]
    assert list(batches([], 2)) == []
