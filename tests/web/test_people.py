"""Carin looks after the people of her site."""

import pytest

from review_app.accounts.log import audit_rows
from review_app.accounts.permissions import COMMAND_LINE, Action, Actor, Role
from review_app.accounts.service import person_actor
from tests.web.conftest import Browser, House

PEOPLE = "/sites/alvby/people"


def person(house: House, name: str) -> Actor:
    with house.installation.database.reading() as session:
        return person_actor(session, house.people[name])


def roles_of(house: House, name: str) -> set[Role]:
    return set(dict(person(house, name).roles).get(house.site, ()))


def last_change(house: House) -> tuple[str, str]:
    with house.installation.database.reading() as session:
        row = audit_rows(session, COMMAND_LINE, house.site, limit=1)[0]
    return row.actor, row.action


def test_roles_are_ticked(house: House, carin: Browser) -> None:
    anna = house.people["anna"]
    assert carin.post(f"/sites/alvby/people/{anna}", {"role": ["approver", "administrator"]}).status_code == 303
    assert roles_of(house, "anna") == {Role.APPROVER, Role.ADMINISTRATOR}
    assert last_change(house) == ("Carin", "role.withdraw")


def test_the_last_administrator_stays(house: House, carin: Browser) -> None:
    assert carin.post(f"/sites/alvby/people/{house.people['carin']}", {"role": []}).status_code == 422
    assert roles_of(house, "carin") == {Role.ADMINISTRATOR}


def test_a_role_is_given_for_some_languages(house: House, carin: Browser) -> None:
    anna = f"{PEOPLE}/{house.people['anna']}"
    form = {"role": ["translator"], "translator-scope": "some", "translator-language": ["ar"]}
    assert carin.post(anna, form).location == f"{PEOPLE}?told=saved"
    assert not person(house, "anna").may(Action.CORRECT, house.site, "en")
    shown = carin.get(PEOPLE, Accept_Language="en").text
    assert "translator (Arabic)" in " ".join(shown.split())
    form["translator-scope"] = "all"
    carin.post(anna, form)
    assert person(house, "anna").may(Action.CORRECT, house.site, "en")


@pytest.mark.parametrize(
    "form",
    [
        {"role": ["translator"], "translator-scope": "some"},
        {"role": ["translator"], "translator-scope": "some", "translator-language": ["xx"]},
        {"role": ["king"]},
    ],
)
def test_what_cannot_be_a_role_is_said_beside_the_form(house: House, carin: Browser, form: dict[str, object]) -> None:
    refused = carin.post(f"{PEOPLE}/{house.people['anna']}", form)
    assert refused.status_code == 422
    assert 'role="alert"' in refused.text
    assert roles_of(house, "anna") == {Role.TRANSLATOR}


def test_somebody_is_removed_from_the_site(house: House, carin: Browser) -> None:
    assert carin.post(f"{PEOPLE}/{house.people['anna']}/remove").location == f"{PEOPLE}?told=removed"
    assert roles_of(house, "anna") == set()
    assert carin.get(f"{PEOPLE}/{house.people['anna']}").status_code == 404
    assert carin.get(f"{PEOPLE}/{house.people['disa']}").status_code == 404, "she belongs to another site"
    assert carin.post(f"{PEOPLE}/{house.people['carin']}/remove").status_code == 422
