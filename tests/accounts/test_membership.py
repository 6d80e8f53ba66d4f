"""Who belongs to a site: roles, the languages they are for, and that each change is in the log."""

import pytest
from sqlalchemy.orm import Session

from review_app.accounts.log import audit_rows
from review_app.accounts.membership import members, set_roles
from review_app.accounts.permissions import COMMAND_LINE, Action, Actor, Role
from review_app.accounts.service import add_person, ensure_person, grant, person_actor
from review_app.accounts.signing_in import find_signed_in, sign_in
from review_app.errors import BadInput, NotAllowed, NotFound
from review_app.review import decisions, gating
from review_app.review.desk import desk
from review_app.review.service import bench, save
from review_app.review.states import Basis
from tests.builders import PASSWORD
from tests.houses import House

DAN = "dan@alvby.example"


def add_dan(session: Session, house: House) -> None:
    dan = add_person(session, house.town.carin, email=DAN, name="Dan", password=PASSWORD)
    grant(session, COMMAND_LINE, person_id=dan, site_id=house.town.site_id, role=Role.TRANSLATOR)


def log(session: Session, house: House) -> list[tuple[str, str, object, object]]:
    """Return what Carin changed, oldest first."""
    rows = audit_rows(session, house.town.carin, house.town.site_id)
    return [(row.action, row.subject, row.before, row.after) for row in reversed(rows) if row.actor == "Carin"]


def listed(session: Session, house: House, who: str = "carin") -> list[tuple[str, str, list[Role]]]:
    """Return the people of the site as an administrator sees them."""
    actor = person_actor(session, number(house.town.people[who]))
    return [(one.name, one.email, list(one.roles)) for one in members(session, actor, house.town.site_id)]


def number(actor: Actor) -> int:
    assert actor.person_id is not None
    return actor.person_id


def test_the_people_of_a_site_are_listed_by_name(house: House) -> None:
    with house.database.writing() as session:
        add_dan(session, house)
        assert listed(session, house) == [
            ("Anna", "anna@alvby.example", [Role.TRANSLATOR]),
            ("Bo", "bo@alvby.example", [Role.APPROVER]),
            ("Carin", "carin@alvby.example", [Role.ADMINISTRATOR]),
            ("Dan", DAN, [Role.TRANSLATOR]),
        ]


def test_a_removed_role_takes_effect_on_whoever_is_signed_in(house: House) -> None:
    with house.database.writing() as session:
        token = sign_in(session, email="bo@alvby.example", password=PASSWORD, days=1)
    with house.database.writing() as session:
        set_roles(session, house.town.carin, house.town.site_id, number(house.town.bo), {Role.TRANSLATOR: ()})
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
        set_roles(session, house.town.carin, house.town.site_id, number(house.town.bo), {})
        assert [one.name for one in members(session, house.town.carin, house.town.site_id)] == ["Anna", "Carin"]
        with pytest.raises(NotFound, match="does not belong to the site"):
            set_roles(session, house.town.carin, house.town.site_id, number(house.town.bo), dict.fromkeys(Role, ()))


def test_a_site_keeps_an_administrator(house: House) -> None:
    carin, site_id = house.town.carin, house.town.site_id
    with pytest.raises(BadInput, match="needs an administrator"), house.database.writing() as session:
        set_roles(session, carin, site_id, number(carin), {Role.APPROVER: ()})
    with house.database.writing() as session:
        set_roles(session, carin, site_id, number(house.town.bo), {Role.ADMINISTRATOR: ()})
        set_roles(session, carin, site_id, number(carin), {Role.APPROVER: ()})
        assert {
            one.name: list(one.roles) for one in members(session, person_actor(session, number(house.town.bo)), site_id)
        }["Carin"] == [Role.APPROVER]


@pytest.mark.parametrize("who", ["anna", "bo", "stranger"])
def test_nobody_else_says_who_belongs_to_a_site(house: House, who: str) -> None:
    with house.database.writing() as session:
        someone = house.town.people.get(who) or Actor("Eva", 99, ((house.town.site_id + 1, frozenset(Role)),))
        site_id = house.town.site_id
        for attempt in (
            lambda: members(session, someone, site_id),
            lambda: set_roles(session, someone, site_id, number(house.town.anna), dict.fromkeys(Role, ())),
        ):
            with pytest.raises(NotAllowed):
                attempt()


# Languages


def limited(session: Session, house: House, name: str, role: Role, *languages: str) -> Actor:
    """Give a person their role for some languages only."""
    person_id = number(house.town.people[name])
    set_roles(session, house.town.carin, house.town.site_id, person_id, {role: languages})
    return person_actor(session, person_id)


def test_a_translator_for_arabic_reads_english_and_may_not_save_it(house: House) -> None:
    page_id, key = house.page.page_id, house.page.key("Låna böcker")
    with house.database.writing() as session:
        anna = limited(session, house, "anna", Role.TRANSLATOR, "ar")
        save(session, anna, page_id, "ar", key, text="استعارة الكتب", based_on=0)
        shown = bench(session, anna, page_id, "en")
        assert (shown.may_correct, shown.may_submit, shown.may_translate) == (False, False, False)
        assert bench(session, anna, page_id, "ar").may_correct
        with pytest.raises(NotAllowed, match="for other languages"):
            save(session, anna, page_id, "en", key, text="Borrow books.", based_on=1)
        with pytest.raises(NotAllowed, match="for other languages"):
            decisions.submit(session, anna, page_id, "en")


def test_an_approver_of_arabic_sees_no_english_waiting_and_cannot_approve_it(house: House) -> None:
    with house.database.writing() as session:
        submission = decisions.submit(session, house.town.anna, house.page.page_id, "en")
        bo = limited(session, house, "bo", Role.APPROVER, "ar")
        assert decisions.waiting(session, bo) == []
        assert "other languages" in (desk(session, bo, submission).why_not or "")
        with pytest.raises(NotAllowed, match="for other languages"):
            decisions.approve(session, bo, submission, basis=Basis.READS)
        gating.allow(session, house.town.carin, submission, reason="Checked by telephone.")
        decisions.approve(
            session, limited(session, house, "bo", Role.APPROVER, "ar", "en"), submission, basis=Basis.READS
        )


def test_changed_languages_are_logged_and_every_language_takes_in_later_ones(house: House) -> None:
    anna, site_id = number(house.town.anna), house.town.site_id
    with house.database.writing() as session:
        limited(session, house, "anna", Role.TRANSLATOR, "ar", "en")
        grant(session, house.town.carin, person_id=anna, site_id=site_id, role=Role.TRANSLATOR, languages=["ar"])
        grant(session, house.town.carin, person_id=anna, site_id=site_id, role=Role.TRANSLATOR)
        assert person_actor(session, anna).may(Action.CORRECT, site_id, "fi")
        role, subject = {"role": "translator"}, f"person:{anna}"
        both = {**role, "languages": ["ar", "en"]}
        assert log(session, house) == [
            ("role.languages", subject, role, both),
            ("role.languages", subject, both, role),
        ]


@pytest.mark.parametrize(
    ("roles", "told"),
    [({Role.TRANSLATOR: ("fi",)}, "not translated into fi"), ({Role.ADMINISTRATOR: ("en",)}, "every language")],
)
def test_a_role_is_only_for_languages_that_there_are(
    house: House, roles: dict[Role, tuple[str, ...]], told: str
) -> None:
    with pytest.raises(BadInput, match=told), house.database.writing() as session:
        set_roles(session, house.town.carin, house.town.site_id, number(house.town.bo), roles)


def test_whoever_cannot_sign_in_is_not_the_administrator_a_site_needs(house: House) -> None:
    carin, site_id = house.town.carin, house.town.site_id
    with house.database.writing() as session:
        gone = ensure_person(session, "gone@alvby.example")
        grant(session, carin, person_id=gone, site_id=site_id, role=Role.ADMINISTRATOR)
        with pytest.raises(BadInput, match="needs an administrator"):
            set_roles(session, carin, site_id, number(carin), {})
