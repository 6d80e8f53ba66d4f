"""A month's budget: counted before sending, told of at 80 per cent, ended at 100."""

from datetime import UTC, datetime

import pytest

from review_app.errors import BadInput, EngineFailed, NotAllowed
from review_app.sites.service import site_by_id
from review_app.translations.budget import BudgetState, budget_of, budgets_of, give_back, set_budget, spend
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
        give_back(session, site, "deepl", 300, NOW)
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
