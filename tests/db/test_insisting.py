"""Writes that can be repeated are, when the database was away or another writer was first; nothing else is."""

import os

import pytest
from psycopg.errors import UniqueViolation
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from review_app.db import Database, insist, insisting
from tests.houses import House

AWAY = OperationalError("INSERT", {}, Exception("the database system is starting up"))
CLASH = IntegrityError("INSERT", {}, UniqueViolation("duplicate key"))


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(insisting, "PAUSES", (0.0, 0.0, 0.0))


class Failing:
    """A write that fails as it is told, and then does not."""

    def __init__(self, *failures: Exception) -> None:
        self.left = list(failures)
        self.tries = 0

    def __call__(self, session: Session) -> int:
        self.tries += 1
        session.execute(text("UPDATE site SET name = name || '+'"))
        if self.left:
            raise self.left.pop(0)
        return 7


def name(house: House) -> str:
    with house.database.reading() as session:
        return str(session.scalar(text("SELECT name FROM site")))


def test_it_writes_once_however_often_it_has_to_try(house: House) -> None:
    before, write = name(house), Failing(AWAY, CLASH, AWAY)
    assert insist(house.database, write) == 7
    assert write.tries == 4
    assert name(house) == before + "+"


@pytest.mark.parametrize(("failures", "tries"), [([AWAY] * 9, 4), ([CLASH] * 9, 4), ([ValueError("no")], 1)])
def test_it_gives_up_at_last_and_at_once_where_trying_again_is_no_use(
    house: House, failures: list[Exception], tries: int
) -> None:
    before, write = name(house), Failing(*failures)
    with pytest.raises(type(failures[0])):
        insist(house.database, write)
    assert (write.tries, name(house)) == (tries, before)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there are no forks here")
def test_a_forked_process_opens_connections_of_its_own(house: House) -> None:
    database = Database(house.database.url)
    with database.reading() as session:
        session.execute(text("SELECT 1"))
    assert database.engine.pool.checkedin() == 1  # type: ignore[attr-defined]
    child = os.fork()
    if child == 0:
        os._exit(database.engine.pool.checkedin())  # type: ignore[attr-defined]
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    with database.reading() as session:
        assert session.scalar(text("SELECT 1")) == 1
    database.dispose()
