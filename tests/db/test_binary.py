"""Many bytes travel as PostgreSQL holds them, not as digits; what comes is the same."""

from typing import Any

from sqlalchemy import LargeBinary, String, event, literal, select

from review_app.db import IN_BINARY
from tests.databases import Backend

TEXT, BINARY = 0, 1  # psycopg.pq.Format
BYTES = bytes(range(256))


def test_bytes_numbers_and_texts_come_the_same(backend: Backend) -> None:
    asked = select(literal(BYTES, LargeBinary), literal(7), literal("åäö", String))
    cursors: list[Any] = []
    with backend.database() as database:
        event.listen(database.engine, "after_cursor_execute", lambda _one, cursor, *_rest: cursors.append(cursor))
        with database.reading() as session:
            plain = session.execute(asked).one()
            in_binary = session.execute(asked.execution_options(**IN_BINARY)).one()
            assert session.execute(asked).one() == plain
        assert tuple(plain) == tuple(in_binary) == (BYTES, 7, "åäö")
        if database.url.startswith("postgresql"):
            assert [cursor.format for cursor in cursors[-3:]] == [TEXT, BINARY, TEXT]
