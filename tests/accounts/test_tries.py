"""Failed tries: five are free, then each waits longer; nothing but an hour, or being right, frees a key."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app import worker
from review_app.accounts import tries
from review_app.accounts.tables import FailedTry
from review_app.accounts.tries import FORGET, LONGEST_WAIT_SECONDS, count_failed, forget_failed, seconds_to_wait
from review_app.db import Database, utc_now
from tests.databases import Backend

FREE = 5


class Clock:
    """The database's clock, which stands still until a test moves it."""

    def __init__(self) -> None:
        self.now = utc_now()

    def __call__(self, _session: Session) -> datetime:
        return self.now


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(tries, "database_now", clock)
    return clock


@pytest.fixture
def database(backend: Backend) -> Iterator[Database]:
    with backend.database() as found:
        yield found


def wait(session: Session, *keys: str) -> int:
    return seconds_to_wait(session, dict.fromkeys(keys, FREE))


def test_five_tries_are_free_then_each_waits_longer(database: Database, clock: Clock) -> None:
    with database.writing() as session:
        waits = []
        for _ in range(8):
            count_failed(session, ["anna"])
            waits.append(wait(session, "anna"))
            clock.now += timedelta(seconds=waits[-1])
        assert waits == [0, 0, 0, 0, 30, 60, 120, 240]
        assert wait(session, "anna") == 0
        assert wait(session, "bo") == 0


def test_the_longest_wait_of_several_keys_counts(database: Database) -> None:
    with database.writing() as session:
        for failures, key in ((3, "office"), (5, "anna"), (6, "home")):
            for _ in range(failures):
                count_failed(session, [key])
        assert wait(session, "office", "anna") == 30
        assert wait(session, "home", "office", "anna") == 60
        assert seconds_to_wait(session, {"office": 3, "home": 40}) == 30, "each has its own free tries"


def test_the_wait_has_an_end_and_old_failures_are_forgotten(database: Database, clock: Clock) -> None:
    with database.writing() as session:
        for _ in range(50):
            count_failed(session, ["anna"])
        assert wait(session, "anna") == LONGEST_WAIT_SECONDS
        clock.now += FORGET + timedelta(seconds=1)
        count_failed(session, ["anna"])
        assert wait(session, "anna") == 0


def test_being_right_frees_that_key_alone(database: Database) -> None:
    with database.writing() as session:
        for _ in range(FREE):
            count_failed(session, ["anna", "noise"])
        forget_failed(session, "anna")
        assert (wait(session, "anna"), wait(session, "noise")) == (0, 30)


def test_a_flood_of_made_up_addresses_frees_nobody(database: Database) -> None:
    with database.writing() as session:
        for _ in range(FREE):
            count_failed(session, ["anna"])
        count_failed(session, [f"made up {number}" for number in range(20_000)])
    worker.forget_tries(database)
    with database.reading() as session:
        assert wait(session, "anna") == 30


def test_the_workers_delete_what_counts_no_more_and_nothing_else(database: Database, clock: Clock) -> None:
    with database.writing() as session:
        count_failed(session, ["bo"])
        clock.now += FORGET + timedelta(seconds=1)
        count_failed(session, ["anna"])
    worker.forget_tries(database)
    with database.reading() as session:
        assert session.scalars(select(FailedTry.count)).all() == [1]


def test_neither_addresses_nor_networks_can_be_read_in_the_table(database: Database) -> None:
    with database.writing() as session:
        count_failed(session, ["account anna@example.se"])
        (key,) = session.scalars(select(FailedTry.key))
    assert "anna" not in key
