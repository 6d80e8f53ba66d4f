"""Invitations: a link that holds once, gives roles in the inviter's name, and opens nobody's account."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.invitations import Letter, accept, invite, offer_of, open_invitations, revoke, send_again
from review_app.accounts.membership import Roles, set_roles
from review_app.accounts.permissions import COMMAND_LINE, Action, Role
from review_app.accounts.service import add_person, ensure_person, find_person, grant, person_actor
from review_app.accounts.signing_in import sign_in
from review_app.accounts.tables import AuditEntry, Invitation, Person
from review_app.db import utc_now
from review_app.errors import BadInput, NotAllowed, NotFound
from review_app.sites.service import add_site
from tests.builders import PASSWORD
from tests.houses import House

KEY = b"what this installation makes links with"
DAN = "dan@alvby.example"
ARABIC: Roles = {Role.TRANSLATOR: ("ar",)}
GONE = "has been used, withdrawn or is too old"


def sent(session: Session, house: House, email: str = DAN, roles: Roles = ARABIC) -> Letter:
    return invite(session, house.town.carin, house.town.site_id, email=email, name="Dan", roles=roles, key=KEY)


def test_somebody_new_accepts_once_and_has_the_roles(house: House) -> None:
    with house.database.writing() as session:
        letter = sent(session, house, " Dan@Alvby.example ")
        offer = offer_of(session, letter.link.token)
        assert (offer.email, offer.inviter, offer.known, dict(offer.roles)) == (DAN, "Carin", False, ARABIC)
        dan, new = accept(session, letter.link.token, name="Dan Ek", password=PASSWORD)
        assert new
        assert sign_in(session, email=DAN, password=PASSWORD, days=1)
        actor = person_actor(session, dan)
        assert actor.name == "Dan Ek"
        assert actor.may(Action.CORRECT, house.town.site_id, "ar")
        assert not actor.may(Action.CORRECT, house.town.site_id, "en")
        assert open_invitations(session, house.town.carin, house.town.site_id) == []
        for again in (
            lambda: offer_of(session, letter.link.token),
            lambda: accept(session, letter.link.token, password=PASSWORD),
        ):
            with pytest.raises(NotFound, match=GONE):
                again()


def test_only_a_hash_of_the_link_is_kept_and_none_of_it_in_the_log(house: House) -> None:
    with house.database.writing() as session:
        letter = sent(session, house)
        row = session.scalars(select(Invitation)).one()
        assert letter.link.token not in str(vars(row))
        told = [f"{entry.subject}{entry.before}{entry.after}" for entry in session.scalars(select(AuditEntry))]
        assert not any(letter.link.token in one or row.token_hash in one for one in told)


def test_whoever_has_an_account_keeps_name_and_password(house: House) -> None:
    with house.database.writing() as session:
        letter = sent(session, house, "bo@alvby.example")
        assert offer_of(session, letter.link.token).known
        bo, new = accept(session, letter.link.token, name="Mallory", password="Mallorys lösenord")
        assert (bo, new) == (house.town.bo.person_id, False)
        assert person_actor(session, bo).name == "Bo"
        assert person_actor(session, bo).may(Action.CORRECT, house.town.site_id, "ar")
        assert sign_in(session, email="bo@alvby.example", password=PASSWORD, days=1)


def test_a_link_opens_no_closed_account_that_has_roles_elsewhere(house: House) -> None:
    with house.database.writing() as session:
        other = add_site(session, slug="norrby", name="Norrby", base_url="https://www.norrby.example/")
        gone = add_person(session, COMMAND_LINE, email="gone@norrby.example", name="Gone", password=PASSWORD)
        grant(session, COMMAND_LINE, person_id=gone, site_id=other, role=Role.ADMINISTRATOR)
        session.get_one(Person, gone).active = False
        letter = sent(session, house, "gone@norrby.example")
        with pytest.raises(NotAllowed, match="account is closed"):
            accept(session, letter.link.token, password="Carins lösenord")


def test_who_was_only_named_in_an_import_can_sign_in_afterwards(house: House) -> None:
    with house.database.writing() as session:
        named = ensure_person(session, DAN)
        assert accept(session, sent(session, house).link.token, name="Dan", password=PASSWORD) == (named, True)
        assert sign_in(session, email=DAN, password=PASSWORD, days=1)


def test_a_link_ends_by_time_by_a_new_one_and_by_being_withdrawn(house: House) -> None:
    carin, site_id = house.town.carin, house.town.site_id
    with house.database.writing() as session:
        first, second = sent(session, house), sent(session, house)
        (shown,) = open_invitations(session, carin, site_id)
        third = send_again(session, carin, site_id, shown.id, key=KEY)
        offer_of(session, third.link.token)
        for old in (first, second):
            with pytest.raises(NotFound, match=GONE):
                offer_of(session, old.link.token)
        session.scalars(select(Invitation)).one().expires_at = utc_now() - timedelta(seconds=1)
        session.flush()
        assert open_invitations(session, carin, site_id)[0].expired
        with pytest.raises(NotFound, match=GONE):
            accept(session, third.link.token, password=PASSWORD)
        fourth = send_again(session, carin, site_id, shown.id, key=KEY)
        revoke(session, carin, site_id, shown.id)
        with pytest.raises(NotFound, match=GONE):
            offer_of(session, fourth.link.token)
        assert find_person(session, DAN) is None


def test_it_holds_no_longer_than_whoever_invited_may_invite(house: House) -> None:
    site_id = house.town.site_id
    with house.database.writing() as session:
        letter = sent(session, house)
        grant(session, COMMAND_LINE, person_id=house.town.bo.person_id or 0, site_id=site_id, role=Role.ADMINISTRATOR)
        set_roles(session, COMMAND_LINE, site_id, house.town.carin.person_id or 0, {})
        with pytest.raises(NotFound, match=GONE):
            accept(session, letter.link.token, name="Dan", password=PASSWORD)


@pytest.mark.parametrize(
    ("email", "roles", "told"),
    [
        ("dan", ARABIC, "is not an e-mail address"),
        (DAN, {}, "at least one role"),
        (DAN, {Role.TRANSLATOR: ("fi",)}, "not translated into fi"),
    ],
)
def test_what_cannot_be_sent_is_told(house: House, email: str, roles: Roles, told: str) -> None:
    with pytest.raises(BadInput, match=told), house.database.writing() as session:
        sent(session, house, email, roles)


@pytest.mark.parametrize("who", ["anna", "bo"])
def test_nobody_else_invites(house: House, who: str) -> None:
    someone, site_id = house.town.people[who], house.town.site_id
    with house.database.writing() as session:
        sent(session, house)
        number = session.scalars(select(Invitation.id)).one()
        for attempt in (
            lambda: invite(session, someone, site_id, email=DAN, name="", roles=ARABIC, key=KEY),
            lambda: open_invitations(session, someone, site_id),
            lambda: send_again(session, someone, site_id, number, key=KEY),
            lambda: revoke(session, someone, site_id, number),
        ):
            with pytest.raises(NotAllowed):
                attempt()
        other = add_site(session, slug="norrby", name="Norrby", base_url="https://www.norrby.example/")
        with pytest.raises(NotFound):
            revoke(session, COMMAND_LINE, other, number)
