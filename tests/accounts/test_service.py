"""People: adding them, roles per site, and what the log says of it."""

import pytest
from sqlalchemy import select

from review_app.accounts.log import audit_rows
from review_app.accounts.permissions import COMMAND_LINE, Action, Role
from review_app.accounts.service import (
    add_person,
    find_person,
    grant,
    person_actor,
)
from review_app.accounts.tables import AuditEntry, Person
from review_app.errors import BadInput, NotAllowed
from review_app.sites.service import add_site
from tests.builders import PASSWORD
from tests.houses import House

ANNA = "anna@alvby.example"


# People


@pytest.mark.parametrize("email", ["", "anna", "@alvby.example", "anna@", "anna berg@alvby.example", "a@b\nc"])
def test_an_address_has_a_name_and_a_host(house: House, email: str) -> None:
    with pytest.raises(BadInput, match="is not an e-mail address"), house.database.writing() as session:
        add_person(session, COMMAND_LINE, email=email, name="Dan", password=None)


def test_an_address_is_taken_once_however_it_is_written(house: House) -> None:
    with (
        pytest.raises(BadInput, match=f"already a person with the address {ANNA}"),
        house.database.writing() as session,
    ):
        add_person(session, COMMAND_LINE, email=" Anna@Alvby.example ", name="Anna", password=None)


@pytest.mark.parametrize(("name", "password", "told"), [(" ", PASSWORD, "needs a name"), ("Dan", "kort", "too short")])
def test_a_person_needs_a_name_and_no_short_password(house: House, name: str, password: str, told: str) -> None:
    with pytest.raises(BadInput, match=told), house.database.writing() as session:
        add_person(session, COMMAND_LINE, email="dan@alvby.example", name=name, password=password)
    with house.database.reading() as session:
        assert find_person(session, "dan@alvby.example") is None


def test_only_the_hash_of_a_password_is_kept_and_none_of_it_in_the_log(house: House) -> None:
    with house.database.reading() as session:
        person = session.scalars(select(Person).where(Person.email == ANNA)).one()
        assert person.password_hash is not None
        assert person.password_hash.startswith("$argon2id$")
        for entry in session.scalars(select(AuditEntry)):
            told = f"{entry.before}{entry.after}"
            assert PASSWORD not in told
            assert "argon2" not in told


# Roles and the log


def test_a_role_holds_at_its_site_only(house: House) -> None:
    with house.database.writing() as session:
        other = add_site(session, slug="norrby", name="Norrby", base_url="https://www.norrby.example/")
        person_id = house.town.anna.person_id
        assert person_id is not None
        grant(session, COMMAND_LINE, person_id=person_id, site_id=other, role=Role.APPROVER)
        anna = person_actor(session, person_id)
    assert anna.site_ids == {house.town.site_id, other}
    assert (anna.may(Action.APPROVE, other), anna.may(Action.APPROVE, house.town.site_id)) == (True, False)
    assert (anna.may(Action.CORRECT, other), anna.may(Action.CORRECT, house.town.site_id)) == (False, True)


def test_a_role_given_twice_is_given_and_logged_once(house: House) -> None:
    with house.database.writing() as session:
        for _ in range(2):
            grant(
                session,
                house.town.carin,
                person_id=house.town.anna.person_id or 0,
                site_id=house.town.site_id,
                role=Role.APPROVER,
            )
        newest = audit_rows(session, house.town.carin, house.town.site_id)[0]
        found = [row for row in audit_rows(session, house.town.carin, house.town.site_id) if row.actor == "Carin"]
    assert len(found) == 1
    assert (newest.action, newest.after) == ("role.grant", {"role": "approver"})
    assert newest.subject == f"person:{house.town.anna.person_id}"


@pytest.mark.parametrize("who", ["anna", "bo"])
def test_only_administrators_give_roles_and_read_the_log(house: House, who: str) -> None:
    someone = house.town.people[who]
    with house.database.writing() as session:
        with pytest.raises(NotAllowed):
            grant(
                session,
                someone,
                person_id=someone.person_id or 0,
                site_id=house.town.site_id,
                role=Role.ADMINISTRATOR,
            )
        with pytest.raises(NotAllowed):
            audit_rows(session, someone, house.town.site_id)
