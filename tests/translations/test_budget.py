"""A month's budget: counted before sending, told of at 80 per cent, ended at 100."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from itertools import chain, repeat
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from review_app.db import Database, Sessions, insisting, utc_now
from review_app.engines.client import NONSENSE
from review_app.engines.contract import EngineConfig
from review_app.engines.libretranslate import LibreTranslate
from review_app.errors import BadInput, BudgetUsedUp, EngineFailed, NotAllowed
from review_app.sites.service import site_by_id
from review_app.translations import budget
from review_app.translations.budget import BudgetState, budget_of, budgets_of, counted, set_budget, settle, spend
from tests.houses import House

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
NEW_YEAR_IN_SWEDEN = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)


def test_the_way_to_the_end(house: House) -> None:
    with house.database.writing() as session:
        site = site_by_id(session, house.town.site_id)
        set_budget(session, house.town.carin, site, "deepl", 1000)
        assert spend(session, site, "deepl", 799, NOW) is BudgetState.FINE
        assert spend(session, site, "deepl", 1, NOW) is BudgetState.WARNED
        with pytest.raises(EngineFailed):
            spend(session, site, "deepl", 201, NOW)
        assert budget_of(session, site, "deepl", NOW).used == 800, "what was refused is not counted"
        assert spend(session, site, "deepl", 200, NOW) is BudgetState.USED_UP
        settle(session, site, "deepl", -300, NOW)
        assert budget_of(session, site, "deepl", NOW).left == 300


def test_a_month_is_the_site_s_month(house: House) -> None:
    with house.database.writing() as session:
        site = site_by_id(session, house.town.site_id)
        spend(session, site, "deepl", 10, NOW)
        spend(session, site, "deepl", 5, NEW_YEAR_IN_SWEDEN)
        assert budget_of(session, site, "deepl", datetime(2027, 1, 15, tzinfo=UTC)).used == 5


def test_without_a_limit_there_is_no_end(house: House) -> None:
    with house.database.writing() as session:
        site = site_by_id(session, house.town.site_id)
        set_budget(session, house.town.carin, site, "deepl", 10)
        set_budget(session, house.town.carin, site, "deepl", None)
        assert spend(session, site, "deepl", 10**9, NOW) is BudgetState.FINE
        assert budgets_of(session, site, NOW)["deepl"].left is None


@pytest.mark.parametrize("characters", [-1, 10**9 + 1])
def test_a_budget_has_bounds(house: House, characters: int) -> None:
    with house.database.writing() as session, pytest.raises(BadInput):
        set_budget(session, house.town.carin, site_by_id(session, house.town.site_id), "deepl", characters)


def test_only_administrators_set_it(house: House) -> None:
    with house.database.writing() as session, pytest.raises(NotAllowed):
        set_budget(session, house.town.anna, site_by_id(session, house.town.site_id), "deepl", 10)


def used(house: House, engine: str) -> int:
    with house.database.reading() as session:
        return budget_of(session, site_by_id(session, house.town.site_id), engine, utc_now()).used


@pytest.mark.parametrize(
    ("requests", "fails", "counted_in_the_end"),
    [([10], False, 10), ([10, 15], False, 25), ([], True, 0), ([4], True, 4)],
    ids=["once", "some of it twice", "nothing", "half, then it failed"],
)
def test_what_was_answered_counts(house: House, requests: list[int], fails: bool, counted_in_the_end: int) -> None:
    """A text that came back broken is asked for again in pieces, and a provider bills both."""
    engine = LibreTranslate(EngineConfig())
    with house.database.reading() as session:
        site = site_by_id(session, house.town.site_id)
    with suppress(EngineFailed), counted(house.database, site, engine, 10):
        for characters in requests:
            with engine.meter.request(characters):
                assert used(house, "libretranslate") >= characters, "it is counted before it is sent"
        if fails:
            with engine.meter.request(6):
                raise EngineFailed(NONSENSE, engine="libretranslate")
    assert used(house, "libretranslate") == counted_in_the_end


def test_what_is_asked_again_asks_the_budget_first(house: House) -> None:
    engine = LibreTranslate(EngineConfig())
    with house.database.writing() as session:
        site = site_by_id(session, house.town.site_id)
        set_budget(session, house.town.carin, site, "libretranslate", 15)
    with counted(house.database, site, engine, 10):
        with engine.meter.request(10):
            pass
        with pytest.raises(BudgetUsedUp), engine.meter.request(6):
            pytest.fail("it was sent")
        with engine.meter.request(5):
            assert used(house, "libretranslate") == 15
    assert used(house, "libretranslate") == 15


def lost(*_arguments: object) -> None:
    raise OperationalError("UPDATE", {}, Exception("the server closed the connection"))


def half_answered(house: House, database: Sessions) -> None:
    """Set 100 characters aside and have 60 of them answered."""
    engine = LibreTranslate(EngineConfig())
    with house.database.reading() as session:
        site = site_by_id(session, house.town.site_id)
    with counted(database, site, engine, 100), engine.meter.request(60):
        pass


@pytest.mark.parametrize(("failures", "counted_in_the_end"), [(2, 60), (9, 100)], ids=["restarted", "away for long"])
def test_a_database_that_goes_away_costs_no_answer(
    house: House, monkeypatch: pytest.MonkeyPatch, failures: int, counted_in_the_end: int
) -> None:
    monkeypatch.setattr(insisting, "PAUSES", (0.0, 0.0))
    fates = chain([lost] * failures, repeat(settle))

    def settling(*arguments: Any) -> None:
        next(fates)(*arguments)

    monkeypatch.setattr(budget, "settle", settling)
    half_answered(house, house.database)
    assert used(house, "libretranslate") == counted_in_the_end


class LosingConnections:
    """A database that stores what it is given, and whose answer to every commit but the first is lost once."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._fates = iter([False, True, False])
        self.reading = database.reading

    @contextmanager
    def writing(self) -> Iterator[Session]:
        with self._database.writing() as session:
            yield session
        if next(self._fates):
            lost()


def test_what_was_given_back_already_is_not_given_back_again(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(insisting, "PAUSES", (0.0, 0.0))
    half_answered(house, LosingConnections(house.database))
    assert used(house, "libretranslate") == 60
