"""Carin looks after the people of her site."""

import pytest
from flask import Flask

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


def test_a_new_colleague_can_sign_in(house: House, app: Flask, carin: Browser) -> None:
    form = {"email": "eva@example.se", "name": "Eva", "password": "också långt nog", "role": "translator"}
    assert carin.post("/sites/alvby/people", form).status_code == 303
    eva = Browser(app)
    assert eva.sign_in("eva", "också långt nog").status_code == 303


def test_a_person_of_another_site_keeps_their_name_and_password(house: House, app: Flask, carin: Browser) -> None:
    form = {"email": "disa@example.se", "name": "Utbytt", "password": "ett kapat lösenord", "role": "approver"}
    assert carin.post("/sites/alvby/people", form).status_code == 303
    assert roles_of(house, "disa") == {Role.APPROVER}
    disa = Browser(app)
    assert disa.sign_in("disa", "ett kapat lösenord").status_code == 401
    assert disa.sign_in("disa").status_code == 303


def test_a_colleague_that_cannot_be_added_leaves_nothing_behind(house: House, carin: Browser) -> None:
    refused = carin.post(
        "/sites/alvby/people", {"email": "eva@example.se", "name": "Eva", "password": "kort", "role": "approver"}
    )
    assert refused.status_code == 422
    assert "eva@example.se" in refused.text
    assert "eva@example.se" not in carin.get("/sites/alvby/people").text


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
