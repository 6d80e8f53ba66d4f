"""Failed tries: five are free, then each waits longer; nothing but an hour, or being right, frees a key."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from review_app import sweeping
from review_app.accounts import tries
from review_app.accounts.signing_in import hash_of
from review_app.accounts.tables import FailedTry
from review_app.accounts.tries import (
    FIRST_WAIT_SECONDS,
    FORGET,
    LONGEST_WAIT_SECONDS,
    count_failed,
    count_try,
    seconds_to_wait,
    take_back,
)
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


def failures(session: Session) -> dict[str, int]:
    """Return how often each key failed, by name."""
    counts = {row.key: row.count for row in session.scalars(select(FailedTry))}
    names = ("anna", "bo", "carin", "noise", "office")
    return {name: counts[hash_of(name)] for name in names if hash_of(name) in counts}


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
            count_failed(session, ["noise"])
        for _ in range(FREE - 1):
            count_failed(session, ["anna", "office"])
        right = count_try(session, {"anna": FREE, "office": 40})
        assert right
        take_back(session, right, "anna")
        assert failures(session) == {"office": FREE - 1, "noise": FREE}


def test_a_try_is_counted_before_anybody_knows_what_comes_of_it(database: Database, clock: Clock) -> None:
    limits = {"anna": FREE, "office": 40}
    with database.writing() as session:
        taken = [count_try(session, limits) is not None for _ in range(8)]
        assert taken == [True] * FREE + [False] * 3
        assert failures(session) == {"anna": FREE, "office": FREE}, "who has to wait is not counted"
        clock.now += timedelta(seconds=FIRST_WAIT_SECONDS)
        assert count_try(session, limits)
        assert wait(session, "anna") == 2 * FIRST_WAIT_SECONDS


def test_while_others_tries_are_checked_near_the_limit_another_waits_and_no_count_grows(database: Database) -> None:
    with database.writing() as session:
        checked = [count_try(session, {"anna": FREE, "office": FREE}) for _ in range(FREE)]
        assert count_try(session, {"bo": FREE, "office": FREE}) is None
        assert failures(session) == {"anna": FREE, "bo": 0, "office": FREE}
        assert checked[0]
        take_back(session, checked[0], "anna")
        assert count_try(session, {"bo": FREE, "office": FREE})


def test_who_is_right_leaves_the_others_of_the_office_as_they_were(database: Database, clock: Clock) -> None:
    """Somebody has guessed from the office; once it may try again, all who are right get in, one after another."""
    with database.writing() as session:
        for _ in range(43):
            count_failed(session, ["office"])
        clock.now += timedelta(seconds=seconds_to_wait(session, {"office": 40}))
        for name in ("anna", "bo", "carin"):
            clock.now += timedelta(seconds=1)
            right = count_try(session, {name: FREE, "office": 40})
            assert right, name
            take_back(session, right, name)
        assert failures(session) == {"office": 43}


def test_of_fifty_tries_at_once_five_are_made(database: Database) -> None:
    start = Barrier(50)

    def guess(_number: int) -> bool:
        start.wait()
        with database.writing() as session:
            return count_try(session, {"anna": FREE, "office": 40}) is not None

    with ThreadPoolExecutor(50) as guessers:
        assert sum(guessers.map(guess, range(50))) == FREE
    with database.reading() as session:
        assert failures(session) == {"anna": FREE, "office": FREE}


def test_a_flood_of_made_up_addresses_frees_nobody(database: Database) -> None:
    with database.writing() as session:
        for _ in range(FREE):
            count_failed(session, ["anna"])
        count_failed(session, [f"made up {number}" for number in range(20_000)])
    sweeping.forget_tries(database)
    with database.reading() as session:
        assert wait(session, "anna") == 30


def test_the_workers_delete_what_counts_no_more_and_nothing_else(database: Database, clock: Clock) -> None:
    with database.writing() as session:
        count_failed(session, ["bo"])
        clock.now += FORGET + timedelta(seconds=1)
        count_failed(session, ["anna"])
    sweeping.forget_tries(database)
    with database.reading() as session:
        assert session.scalars(select(FailedTry.count)).all() == [1]


def test_deleting_waits_for_nobody_who_counts(postgresql: Backend, clock: Clock) -> None:
    """Were it to wait, it could hold the very row that the other needs next. SQLite lets one write at a time."""
    with postgresql.database() as database:
        with database.writing() as session:
            count_failed(session, ["anna", "bo"])
        clock.now += FORGET + timedelta(seconds=1)
        with database.writing() as counting:
            count_failed(counting, ["anna"])
            with database.writing() as deleting:
                deleting.execute(text("SET LOCAL lock_timeout = '5s'"))
                tries.delete_old(deleting)
            count_failed(counting, ["bo"])
        with database.reading() as session:
            assert failures(session) == {"anna": 1, "bo": 1}


def test_neither_addresses_nor_networks_can_be_read_in_the_table(database: Database) -> None:
    with database.writing() as session:
        count_failed(session, ["account anna@example.se"])
        (key,) = session.scalars(select(FailedTry.key))
    assert "anna" not in key
