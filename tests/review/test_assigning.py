"""Giving pages to people: the page's own assignment goes first, and it is a word among colleagues."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy.orm import Session

from review_app.accounts.log import audit_rows
from review_app.accounts.membership import set_roles
from review_app.accounts.permissions import Actor, Role
from review_app.errors import BadInput, Conflict, NotAllowed, NotFound
from review_app.review.assigning import all_given, due_state, give, give_back, holders, take, with_holders
from review_app.review.service import page_heads
from review_app.sites.service import site_by_id
from tests.builders import build_page, build_town
from tests.houses import House

CHRISTMAS = date(2026, 12, 24)


@pytest.fixture
def session(house: House) -> Iterator[Session]:
    with house.database.writing() as opened:
        yield opened


def names(house: House, session: Session) -> dict[str, str | None]:
    site = site_by_id(session, house.town.site_id)
    heads = with_holders(session, site, page_heads(session, house.town.carin, site.id))
    return {f"{head.path} {head.language}": head.assigned.name if head.assigned else None for head in heads}


def id_of(actor: Actor) -> int:
    assert actor.person_id is not None
    return actor.person_id


def test_a_page_or_all_the_rest_of_a_language_is_given(house: House, session: Session) -> None:
    town = house.town
    build_page(session, town.site_id, path="bad")
    give(session, town.carin, town.site_id, "en", person_id=id_of(town.carin), page_ids=[house.page.page_id])
    assert names(house, session) == {
        "bibliotek en": "Carin", "bibliotek ar": None, "bad en": None, "bad ar": None,
    }  # fmt: skip
    give(session, town.bo, town.site_id, "en", person_id=id_of(town.anna), due_on=CHRISTMAS)
    assert names(house, session) == {
        "bibliotek en": "Carin", "bibliotek ar": None, "bad en": "Anna", "bad ar": None,
    }  # fmt: skip
    first, second = all_given(session, town.anna, town.site_id)
    assert (first.path, first.holder.name, first.by) == ("bibliotek", "Carin", "Carin")
    assert (second.page_id, second.holder.due_on, second.by) == (None, CHRISTMAS, "Bo")


def test_what_changed_is_logged_once(house: House, session: Session) -> None:
    town, page = house.town, house.page.page_id
    for _ in range(2):
        give(session, town.carin, town.site_id, "en", person_id=id_of(town.anna), due_on=CHRISTMAS, page_ids=[page])
    give(session, town.carin, town.site_id, "en", person_id=None, page_ids=[page])
    session.flush()
    gone, given = [row for row in audit_rows(session, town.carin, town.site_id) if row.action == "page.assign"]
    word = {"page": "bibliotek", "language": "en", "person_id": town.anna.person_id, "due_on": "2026-12-24"}
    assert (given.subject, given.before, given.after) == (f"page:{page}:en", None, word)
    assert (gone.before, gone.after) == (word, None)
    assert holders(session, site_by_id(session, town.site_id), "en") == {}


def test_a_translator_takes_what_nobody_has_and_gives_it_back(house: House, session: Session) -> None:
    town, page = house.town, house.page.page_id
    take(session, town.anna, page, town.site_id, "en")
    with pytest.raises(Conflict, match="Somebody has"):
        take(session, town.carin, page, town.site_id, "en")
    with pytest.raises(Conflict, match="not yours"):
        give_back(session, town.carin, page, town.site_id, "en")
    assert names(house, session)["bibliotek en"] == "Anna"
    give_back(session, town.anna, page, town.site_id, "en")
    assert names(house, session)["bibliotek en"] is None
    give(session, town.carin, town.site_id, "en", person_id=id_of(town.carin))
    with pytest.raises(Conflict, match="Somebody has"):
        take(session, town.anna, page, town.site_id, "en")


def test_only_those_who_answer_for_a_site_give_work_and_only_to_its_translators(house: House, session: Session) -> None:
    town, page = house.town, house.page.page_id
    noise = build_town(session, "noise")
    with pytest.raises(NotAllowed):
        give(session, town.anna, town.site_id, "en", person_id=id_of(town.anna), page_ids=[page])
    with pytest.raises(NotFound):
        give(session, noise.carin, town.site_id, "en", person_id=id_of(noise.anna), page_ids=[page])
    with pytest.raises(NotFound):
        give(session, noise.carin, noise.site_id, "en", person_id=id_of(noise.anna), page_ids=[page])
    with pytest.raises(NotFound):
        give(session, town.carin, town.site_id, "fi", person_id=id_of(town.anna))
    set_roles(session, town.carin, town.site_id, id_of(town.anna), {Role.TRANSLATOR: frozenset({"ar"})})
    for who in (town.bo, noise.anna, town.anna):
        with pytest.raises(BadInput, match="who translates"):
            give(session, town.carin, town.site_id, "en", person_id=id_of(who), page_ids=[page])


@pytest.mark.parametrize(
    ("due", "state"),
    [(None, ""), (date(2026, 11, 26), "late"), (date(2026, 11, 27), "soon"), (date(2026, 11, 30), "soon"),
     (date(2026, 12, 1), "")],
)  # fmt: skip
def test_a_day_is_late_when_it_has_passed_and_soon_three_days_before(due: date | None, state: str) -> None:
    assert due_state(due, date(2026, 11, 27)) == state
