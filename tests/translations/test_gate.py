"""All workers together ask an engine no more than it bears, and leave it alone when it fails."""

from datetime import UTC, datetime, timedelta

import pytest

from review_app.db import utc_now
from review_app.errors import EngineFailed, EngineResting
from review_app.translations.gate import (
    BURST,
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
from tests.databases import Backend
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
