"""What is asked again and again is planned once: PostgreSQL keeps it prepared, on each connection."""

from sqlalchemy import Select, select, text

from review_app.db import Database
from review_app.sites.tables import Site
from tests.databases import Backend

ASKED = select(Site.name).where(Site.slug == "ask-me-often")


def prepared(database: Database) -> int:
    """Return how many of the connection's prepared statements ask for the name of a site."""
    with database.writing() as session:
        asked = text("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE :start")
        return int(session.scalar(asked, {"start": "SELECT site.name%"}))


def ask(database: Database, statement: Select[tuple[str]]) -> None:
    """Ask as a page does that is opened."""
    with database.reading() as session:
        session.scalar(statement)


def test_what_readers_ask_for_stays_prepared(backend: Backend) -> None:
    with backend.database() as database:
        if not database.url.startswith("postgresql"):
            return
        for _ in range(6):
            ask(database, ASKED)
        assert prepared(database) == 1
        ask(database, ASKED)
        assert prepared(database) == 1


def test_a_search_for_words_is_planned_for_its_words(backend: Backend) -> None:
    with backend.database() as database:
        if not database.url.startswith("postgresql"):
            return
        for word in ("arable", "a", "the", "of", "and", "in", "to"):
            ask(database, select(Site.name).where(Site.name.icontains(word)))
            ask(database, select(Site.name).where(Site.slug.startswith(word)))
        assert prepared(database) == 0


def test_a_reading_session_stores_nothing_that_is_put_into_it(backend: Backend) -> None:
    with backend.database() as database:
        with database.writing() as session:
            session.add(Site(slug="ort", name="Ort", base_url="https://ort.example", source_language="sv"))
        with database.reading() as session:
            site = session.scalars(select(Site)).one()
            site.name = "Annan ort"
            session.scalars(select(Site)).one()
            session.add(Site(slug="by", name="By", base_url="https://by.example", source_language="sv"))
        with database.reading() as session:
            assert list(session.scalars(select(Site.name))) == ["Ort"]
