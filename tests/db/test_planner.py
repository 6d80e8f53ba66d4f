"""PostgreSQL plans for disks of today, whatever its own settings say: pages read out of order cost hardly more."""

from sqlalchemy import text

from tests.databases import Backend


def test_the_planner_looks_rows_up(backend: Backend) -> None:
    with backend.database() as database:
        if not database.url.startswith("postgresql"):
            return
        with database.writing() as session:
            session.execute(text("SELECT 1"))
        with database.reading() as session:  # the same connection, after an end of a transaction
            told = [session.scalar(text(f"SHOW {name}")) for name in ("random_page_cost", "jit")]
        assert told == ["1.1", "off"]
