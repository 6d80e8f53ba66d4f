"""Whether anything was committed, by whomever: what public pages are kept by."""

from sqlalchemy import text

from review_app.db import Database
from tests.databases import Backend


def test_every_commit_is_a_change(backend: Backend) -> None:
    with backend.database() as database:
        other = Database(database.url)  # as another process has it
        seen = [database.changes()]
        for writer in (database, other):
            with writer.writing() as session:
                session.execute(text("UPDATE site SET name = 'x'"))
                session.execute(text("CREATE TABLE IF NOT EXISTS one (number INTEGER)"))
                session.execute(text("INSERT INTO one VALUES (1)"))
            seen.append(database.changes())
        assert len(set(seen)) == 3
        other.dispose()


def test_looking_and_reading_change_nothing(backend: Backend) -> None:
    with backend.database() as database:
        before = database.changes()
        with database.reading() as session:
            session.scalar(text("SELECT count(*) FROM site"))
        assert database.changes() == database.changes() == before


def test_what_is_written_counts_from_its_commit(backend: Backend) -> None:
    with backend.database() as database:
        with database.writing() as session:
            session.execute(text("CREATE TABLE one (number INTEGER)"))
            session.flush()
            during = database.changes()
        assert database.changes() != during
