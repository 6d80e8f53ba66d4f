"""What administrators do: people of a site, its languages and facts; each change is in the log."""

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from review_app.accounts.administration import (
    add_member,
    change_facts,
    change_language,
    members,
    set_roles,
)
from review_app.accounts.log import audit_count, audit_rows
from review_app.accounts.permissions import Action, Actor, Role
from review_app.accounts.service import find_signed_in, person_actor, sign_in
from review_app.errors import BadInput, NotAllowed, NotFound
from review_app.sites.policy import LanguagePolicy
from review_app.sites.service import SiteFacts, add_site, site_by_id
from tests.builders import PASSWORD
from tests.houses import House

DAN = "dan@alvby.example"


def invite(session: Session, house: House, email: str = DAN, name: str = "Dan", password: str = PASSWORD) -> int:
    return add_member(
        session,
        house.town.carin,
        house.town.site_id,
        email=email,
        name=name,
        password=password,
        role=Role.TRANSLATOR,
    )


def log(session: Session, house: House) -> list[tuple[str, str, object, object]]:
    """Return what Carin changed, oldest first."""
    rows = audit_rows(session, house.town.carin, house.town.site_id)
    return [(row.action, row.subject, row.before, row.after) for row in reversed(rows) if row.actor == "Carin"]


def number(actor: Actor) -> int:
    assert actor.person_id is not None
    return actor.person_id


# People


def test_a_new_person_comes_with_name_password_and_role(house: House) -> None:
    with house.database.writing() as session:
        invite(session, house)
        assert [(one.name, one.email, one.roles) for one in members(session, house.town.carin, house.town.site_id)] == [
            ("Anna", "anna@alvby.example", (Role.TRANSLATOR,)),
            ("Bo", "bo@alvby.example", (Role.APPROVER,)),
            ("Carin", "carin@alvby.example", (Role.ADMINISTRATOR,)),
            ("Dan", DAN, (Role.TRANSLATOR,)),
        ]
        token = sign_in(session, email=DAN, password=PASSWORD, days=1)
        assert find_signed_in(session, token) is not None


@pytest.mark.parametrize(
    ("name", "password", "told"),
    [("", PASSWORD, "needs a name"), ("Dan", "", "needs a first password"), ("Dan", "kort", "too short")],
)
def test_a_new_person_needs_all_of_it(house: House, name: str, password: str, told: str) -> None:
    with pytest.raises(BadInput, match=told), house.database.writing() as session:
        invite(session, house, name=name, password=password)
    with house.database.reading() as session:
        assert len(members(session, house.town.carin, house.town.site_id)) == 3


def test_a_person_known_elsewhere_keeps_their_name_and_password(house: House) -> None:
    with house.database.writing() as session:
        person_id = invite(session, house, email="Bo@alvby.example", name="Mallory", password="Mallorys lösenord")
        (bo,) = [one for one in members(session, house.town.carin, house.town.site_id) if one.person_id == person_id]
        assert (bo.name, bo.roles) == ("Bo", (Role.TRANSLATOR, Role.APPROVER))
        assert sign_in(session, email=bo.email, password=PASSWORD, days=1)


def test_a_removed_role_takes_effect_on_whoever_is_signed_in(house: House) -> None:
    with house.database.writing() as session:
        token = sign_in(session, email="bo@alvby.example", password=PASSWORD, days=1)
    with house.database.writing() as session:
        set_roles(session, house.town.carin, house.town.site_id, number(house.town.bo), frozenset({Role.TRANSLATOR}))
    with house.database.reading() as session:
        found = find_signed_in(session, token)
        assert found is not None
        assert not found.actor.may(Action.APPROVE, house.town.site_id)
        assert found.actor.may(Action.CORRECT, house.town.site_id)
        assert log(session, house) == [
            ("role.grant", f"person:{number(house.town.bo)}", None, {"role": "translator"}),
            ("role.withdraw", f"person:{number(house.town.bo)}", {"role": "approver"}, None),
        ]


def test_without_a_role_a_person_is_no_longer_of_the_site(house: House) -> None:
    with house.database.writing() as session:
        set_roles(session, house.town.carin, house.town.site_id, number(house.town.bo), frozenset())
        assert [one.name for one in members(session, house.town.carin, house.town.site_id)] == ["Anna", "Carin"]
        with pytest.raises(NotFound, match="does not belong to the site"):
            set_roles(session, house.town.carin, house.town.site_id, number(house.town.bo), frozenset(Role))


def test_a_site_keeps_an_administrator(house: House) -> None:
    carin, site_id = house.town.carin, house.town.site_id
    with pytest.raises(BadInput, match="needs an administrator"), house.database.writing() as session:
        set_roles(session, carin, site_id, number(carin), frozenset({Role.APPROVER}))
    with house.database.writing() as session:
        set_roles(session, carin, site_id, number(house.town.bo), frozenset({Role.ADMINISTRATOR}))
        set_roles(session, carin, site_id, number(carin), frozenset({Role.APPROVER}))
        assert {one.name: one.roles for one in members(session, person_actor(session, number(house.town.bo)), site_id)}[
            "Carin"
        ] == (Role.APPROVER,)


# The site


def test_a_language_is_changed_once_and_logged_with_what_it_was(house: House) -> None:
    policy = LanguagePolicy.HUMAN_ONLY
    with house.database.writing() as session:
        for _ in range(2):
            change_language(session, house.town.carin, house.town.site_id, "en", policy, "gloss")
        change_language(session, house.town.carin, house.town.site_id, "fi", policy, None)
        subject = f"site:{house.town.site_id}"
        was = {"language": "en", "policy": "machine_after_review", "engine": None}
        assert log(session, house) == [
            ("site.language", subject, was, {"language": "en", "policy": "human_only", "engine": "gloss"}),
            ("site.language", subject, None, {"language": "fi", "policy": "human_only", "engine": None}),
        ]
        assert site_by_id(session, house.town.site_id).languages["fi"] is policy


def test_the_sites_own_language_is_refused(house: House) -> None:
    with pytest.raises(BadInput, match="written in this language"), house.database.writing() as session:
        change_language(session, house.town.carin, house.town.site_id, "sv", LanguagePolicy.HUMAN_ONLY, None)


def test_facts_are_logged_when_they_change(house: House) -> None:
    with house.database.writing() as session:
        site = site_by_id(session, house.town.site_id)
        same = SiteFacts(site.name, site.base_url, site.responsible, site.contact, site.one_person_mode)
        change_facts(session, house.town.carin, site.id, same)
        assert log(session, house) == []
        change_facts(session, house.town.carin, site.id, replace(same, one_person_mode=True))
        ((action, _, before, after),) = log(session, house)
    assert action == "site.change"
    assert isinstance(before, dict)
    assert isinstance(after, dict)
    assert (before["one_person_mode"], after["one_person_mode"]) == (False, True)


@pytest.mark.parametrize("who", ["anna", "bo", "stranger"])
def test_nobody_else_administers(house: House, who: str) -> None:
    with house.database.writing() as session:
        other = add_site(session, slug="norrby", name="Norrby", base_url="https://www.norrby.example/")
        someone = house.town.people.get(who) or Actor("Eva", 99, ((other, frozenset(Role)),))
        facts = SiteFacts("Mitt", "https://mitt.example/", "", "", one_person_mode=True)
        site_id = house.town.site_id
        for attempt in (
            lambda: members(session, someone, site_id),
            lambda: add_member(
                session, someone, site_id, email=DAN, name="Dan", password=PASSWORD, role=Role.ADMINISTRATOR
            ),
            lambda: set_roles(session, someone, site_id, number(house.town.anna), frozenset(Role)),
            lambda: change_language(session, someone, site_id, "en", LanguagePolicy.MACHINE_AT_ONCE, None),
            lambda: change_facts(session, someone, site_id, facts),
            lambda: audit_count(session, someone, site_id),
        ):
            with pytest.raises(NotAllowed):
                attempt()


def test_the_log_is_counted(house: House) -> None:
    with house.database.writing() as session:
        before = audit_count(session, house.town.carin, house.town.site_id)
        change_language(session, house.town.carin, house.town.site_id, "fi", LanguagePolicy.HUMAN_ONLY, None)
        session.flush()
        assert audit_count(session, house.town.carin, house.town.site_id) == before + 1
