"""All workers together ask an engine no more than it bears, and leave it alone when it fails."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.exc import OperationalError, ProgrammingError

from review_app.db import database_now, utc_now
from review_app.engines.client import ATTEMPTS, UNREACHABLE, EngineClient
from review_app.errors import EngineFailed, EngineResting
from review_app.translations.gate import (
    BURST,
    CLOSED,
    FIRST_REST,
    LONGEST_ASKED,
    LONGEST_REST,
    LONGEST_TURN,
    MOST_FAILURES,
    TRIAL,
    SharedGate,
    enter,
    note_answer,
)
from review_app.translations.tables import EngineGate
from tests.databases import Backend
from tests.engines.answering_server import Server, answering, said, status
from tests.houses import House, build_house

HOUR = timedelta(hours=1)
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def waits(house: House, times: int, now: datetime = NOW, per_minute: int = 60) -> list[float]:
    with house.database.writing() as session:
        return [enter(session, "deepl", per_minute, now).total_seconds() for _ in range(times)]


def fail(house: House, times: int, now: datetime = NOW) -> None:
    with house.database.writing() as session:
        for _ in range(times):
            note_answer(session, "deepl", well=False, now=now)


def is_closed(house: House, now: datetime) -> bool:
    with house.database.writing() as session:
        try:
            enter(session, "deepl", 0, now)
        except EngineFailed:
            return True
        return False


def test_after_a_burst_requests_follow_each_other_at_the_rate(house: House) -> None:
    assert waits(house, BURST + 3) == [0.0] * BURST + [1.0, 2.0, 3.0]


def test_what_is_not_used_is_saved_up_to_a_burst(house: House) -> None:
    waits(house, BURST)
    assert waits(house, 2, NOW + timedelta(seconds=1)) == [0.0, 1.0]
    assert waits(house, BURST + 1, NOW + timedelta(hours=1)) == [0.0] * BURST + [1.0]


def test_an_engine_without_a_rate_is_never_waited_for(house: House) -> None:
    assert waits(house, 50, per_minute=0) == [0.0] * 50


def test_too_many_failures_in_a_row_close_it(house: House) -> None:
    fail(house, MOST_FAILURES - 1)
    assert not is_closed(house, NOW)
    fail(house, 1)
    assert is_closed(house, NOW)
    assert is_closed(house, NOW + FIRST_REST - timedelta(seconds=1))


def test_an_answer_between_them_starts_the_count_again(house: House) -> None:
    fail(house, MOST_FAILURES - 1)
    with house.database.writing() as session:
        note_answer(session, "deepl", well=True, now=NOW)
    fail(house, MOST_FAILURES - 1)
    assert not is_closed(house, NOW)


def test_after_a_rest_one_tries_and_the_others_wait(house: House) -> None:
    fail(house, MOST_FAILURES)
    later = NOW + FIRST_REST
    assert not is_closed(house, later)
    assert is_closed(house, later)
    assert not is_closed(house, later + TRIAL), "the one who tried is gone: another may"
    with house.database.writing() as session:
        note_answer(session, "deepl", well=True, now=later)
    assert not is_closed(house, later)


def test_each_trial_that_fails_doubles_the_rest_up_to_a_limit(house: House) -> None:
    fail(house, MOST_FAILURES + 1)
    assert is_closed(house, NOW + 2 * FIRST_REST - timedelta(seconds=1))
    assert not is_closed(house, NOW + 2 * FIRST_REST)
    fail(house, 30)
    assert not is_closed(house, NOW + LONGEST_REST)


def test_an_engine_that_asks_for_it_is_left_alone_by_everybody(house: House) -> None:
    wanted = timedelta(minutes=20)
    with house.database.writing() as session:
        note_answer(session, "deepl", well=False, now=NOW, wait=wanted)
    with pytest.raises(EngineResting) as told, house.database.writing() as session:
        enter(session, "deepl", 0, NOW + timedelta(minutes=5))
    assert told.value.wait == timedelta(minutes=15)
    assert not is_closed(house, NOW + wanted)
    with house.database.writing() as session:
        note_answer(session, "deepl", well=False, now=NOW, wait=timedelta(days=400))
    assert not is_closed(house, NOW + LONGEST_ASKED)


def test_engines_are_apart(house: House) -> None:
    fail(house, MOST_FAILURES)
    with house.database.writing() as session:
        assert enter(session, "azure", 0, NOW) == timedelta(0)


def test_nobody_waits_for_a_turn_that_is_far_off_nor_counts_it(house: House) -> None:
    turns = BURST + int(LONGEST_TURN.total_seconds())
    waits(house, turns)
    for _ in range(2):
        with pytest.raises(EngineResting) as told:
            waits(house, 1)
        assert told.value.wait == LONGEST_TURN + timedelta(seconds=1)
    assert waits(house, 1, NOW + timedelta(seconds=1)) == [60.0]


def test_what_a_wrong_clock_wrote_is_forgotten(house: House) -> None:
    waits(house, BURST + 1, NOW + timedelta(hours=6))
    assert waits(house, 1) == [0.0]


def test_machines_whose_clocks_differ_keep_to_the_database_s(
    postgresql: Backend, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []
    with postgresql.database(postgresql.keep(build_house)) as database:
        ahead, right = (SharedGate(database, slept.append) for _ in range(2))
        with monkeypatch.context() as clocks:
            clocks.setattr("review_app.translations.gate.utc_now", lambda: utc_now() + 6 * HOUR, raising=False)
            clocks.setattr("review_app.db.clock.utc_now", lambda: utc_now() + 6 * HOUR)
            ahead.enter("deepl", 60)
            ahead.answered("azure", well=False, wait=HOUR)
        for _ in range(BURST):
            right.enter("deepl", 60)
        with pytest.raises(EngineResting) as told:
            right.enter("azure", 0)
    assert sum(slept) <= BURST
    assert told.value.wait is not None
    assert told.value.wait <= HOUR


@pytest.mark.parametrize("per_minute", [0, 600])
def test_who_was_told_to_leave_it_alone_tells_all_workers(house: House, per_minute: int) -> None:
    one, other = SharedGate(house.database), SharedGate(house.database)
    one.enter("deepl", per_minute)
    one.answered("deepl", well=False, wait=HOUR)
    with pytest.raises(EngineResting) as told:
        other.enter("deepl", per_minute)
    assert told.value.wait is not None
    assert told.value.wait > HOUR - timedelta(minutes=1)
    one.answered("deepl", well=True)
    other.enter("deepl", per_minute)


def test_an_answer_starts_the_count_again_for_a_worker_that_has_met_no_failure(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("review_app.translations.gate.FRESH", 0.0)
    well, other = SharedGate(house.database), SharedGate(house.database)
    well.answered("google", well=True)
    for _ in range(2 * MOST_FAILURES):
        well.enter("google", 6000)
        other.answered("google", well=False)
        well.answered("google", well=True)
    well.enter("google", 6000)


def test_two_workers_share_it(house: House) -> None:
    slept: list[float] = []
    one, other = (SharedGate(house.database, slept.append) for _ in range(2))
    for _ in range(BURST):
        one.enter("deepl", 1)
    other.enter("deepl", 1)
    assert len(slept) == 1
    assert 50 < slept[0] <= 60
    for _ in range(MOST_FAILURES):
        other.answered("deepl", well=False)
    with pytest.raises(EngineFailed):
        one.enter("deepl", 1)


def test_an_engine_without_a_rate_is_closed_and_opened_for_all_workers_too(house: House) -> None:
    one, other = SharedGate(house.database), SharedGate(house.database)
    for worker in (one, other, one, other):
        worker.enter("libretranslate", 0)
        worker.answered("libretranslate", well=False)
    one.answered("libretranslate", well=True)  # the count starts again
    for _ in range(MOST_FAILURES - 1):
        other.answered("libretranslate", well=False)
    one.enter("libretranslate", 0)
    other.answered("libretranslate", well=False)
    with pytest.raises(EngineFailed):
        one.enter("libretranslate", 0)


def test_while_all_is_well_nothing_is_written_for_an_engine_without_a_rate(house: House) -> None:
    worker = SharedGate(house.database)
    with house.database.writing():  # a writer in between, who would have to be waited for
        worker.enter("libretranslate", 0)
        worker.answered("libretranslate", well=True)


def ask(house: House, server: Server) -> EngineResting | None:
    """Ask the engine by way of the gate, as a worker of its own; return why it rests, if it does."""
    client = EngineClient("deepl", 5.0, lambda _seconds: None, SharedGate(house.database), refusals={})
    try:
        client.get(server.address)
    except EngineResting as rests:
        return rests
    return None


def rest_over(house: House) -> timedelta:
    """Let the engine's rest be over, and return how long it was to be."""
    with house.database.writing() as session:
        now, gate = database_now(session), session.get_one(EngineGate, "deepl")
        assert gate.closed_until is not None
        rest, gate.closed_until = gate.closed_until - now, now
        return rest


def test_the_trial_after_a_rest_is_one_request_and_the_rest_is_doubled_when_it_fails(house: House) -> None:
    with answering(status(500)) as server:
        for _ in range(MOST_FAILURES):
            assert ask(house, server) is not None
        assert len(server.asked) == MOST_FAILURES * ATTEMPTS
        rests = []
        for _ in range(6):
            rests.append(rest_over(house))
            asked = len(server.asked)
            failed, turned_away = ask(house, server), ask(house, server)
            assert len(server.asked) == asked + 1, "one tries, once; the next is told to wait"
            assert failed is not None
            assert failed.template == UNREACHABLE
            assert turned_away is not None
            assert turned_away.template == CLOSED
    wanted = [min(FIRST_REST * 2**trial, LONGEST_REST) for trial in range(6)]
    assert all(wish - timedelta(seconds=20) < rest <= wish for wish, rest in zip(wanted, rests, strict=True))


def test_a_trial_that_is_answered_opens_it_for_all(house: House) -> None:
    fail(house, MOST_FAILURES, utc_now())
    rest_over(house)
    with answering(said({})) as server:
        assert [ask(house, server) for _ in range(3)] == [None] * 3


def test_an_answer_is_not_lost_because_the_database_is_away_when_it_comes(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> None:
        raise OperationalError("SELECT", {}, Exception("the database system is shutting down"))

    gate = SharedGate(house.database)
    gate.answered("deepl", well=False)
    with monkeypatch.context() as restarting:
        restarting.setattr(house.database, "writing", away)
        gate.answered("deepl", well=True)
        restarting.setattr(house.database, "reading", away)
        gate.answered("deepl", well=True)
        gate.answered("deepl", well=False, wait=HOUR)
    gate.enter("deepl", 0)


def test_a_fault_of_the_program_is_told(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def fault() -> None:
        raise ProgrammingError("UPDATE", {}, Exception("there is no such column"))

    monkeypatch.setattr(house.database, "writing", fault)
    with pytest.raises(ProgrammingError):
        SharedGate(house.database).answered("deepl", well=False)
