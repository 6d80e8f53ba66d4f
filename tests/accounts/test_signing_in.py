"""Signing in and out, and where somebody is signed in."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from review_app.accounts.permissions import Actor
from review_app.accounts.service import choose_language, ensure_person, person_actor
from review_app.accounts.signing_in import (
    SEEN_EVERY,
    Device,
    begin_known,
    checked,
    end_others,
    end_sign_in,
    find_signed_in,
    is_stale,
    known_by,
    note_seen,
    sign_in,
    sign_ins_of,
    sign_out,
)
from review_app.accounts.tables import AuditEntry, Person, SignIn
from review_app.db import utc_now
from review_app.errors import NotFound, NotSignedIn
from tests.builders import PASSWORD
from tests.houses import House

ANNA = "anna@alvby.example"


def enter(session: Session, email: str = ANNA, password: str = PASSWORD, device: str = "") -> str:
    return sign_in(session, email=email, password=password, days=14, device=Device(device))


def test_signing_in_gives_a_token_that_is_kept_as_a_hash(house: House) -> None:
    with house.database.writing() as session:
        token = enter(session, " Anna@ALVBY.example")
        found = find_signed_in(session, token)
        (row,) = session.scalars(select(SignIn))
    assert found is not None
    assert (found.actor, found.email) == (house.town.anna, ANNA)
    assert len(token) >= 43  # 256 bits
    assert token not in row.token_hash


def test_every_sign_in_has_a_token_of_its_own_and_signing_out_ends_just_that(house: House) -> None:
    with house.database.writing() as session:
        desk, phone = enter(session), enter(session)
        assert desk != phone
        sign_out(session, desk)
        assert find_signed_in(session, desk) is None
        assert find_signed_in(session, phone) is not None
        sign_out(session, "no token of ours")


@pytest.mark.parametrize("token", ["", "x", "../../etc/passwd"])
def test_a_token_that_nobody_was_given_is_nobodys(house: House, token: str) -> None:
    with house.database.reading() as session:
        assert find_signed_in(session, token) is None


def test_every_failed_sign_in_reads_the_same_and_leaves_nothing(house: House) -> None:
    with house.database.writing() as session:
        session.get_one(Person, house.town.bo.person_id).active = False
        ensure_person(session, "dan@alvby.example")
    told = set()
    tries = [(ANNA, "fel lösenord"), (ANNA, ""), ("bo@alvby.example", PASSWORD), ("eva@alvby.example", PASSWORD)]
    for email, password in [*tries, ("dan@alvby.example", "nobody has this password"), ("", "")]:
        with pytest.raises(NotSignedIn) as caught, house.database.writing() as session:
            enter(session, email, password)
        told.add(str(caught.value))
    with house.database.reading() as session:
        assert session.scalars(select(SignIn)).all() == []
        assert session.scalars(select(AuditEntry).where(AuditEntry.action == "sign_in")).all() == []
    assert told == {"The address or the password is not right. Try again."}


@pytest.mark.parametrize("change", [{"password_hash": "another"}, {"active": False}])
def test_a_password_that_was_changed_while_it_was_checked_lets_nobody_in(house: House, change: dict[str, Any]) -> None:
    with house.database.reading() as session:
        known = checked(known_by(session, ANNA), PASSWORD)
    with house.database.writing() as session:
        session.execute(update(Person).where(Person.id == known.person_id).values(change))
    with house.database.writing() as session, pytest.raises(NotSignedIn):
        begin_known(session, known, days=1, device=Device())


def test_a_sign_in_ends_after_its_days_and_the_next_one_clears_it_away(house: House) -> None:
    with house.database.writing() as session:
        old = enter(session)
        row = session.scalars(select(SignIn)).one()
        assert timedelta(days=13) < row.expires_at - utc_now() <= timedelta(days=14)
        row.expires_at = utc_now() - timedelta(seconds=1)
        session.flush()
        assert find_signed_in(session, old) is None
        enter(session, "bo@alvby.example")
        assert [one.person_id for one in session.scalars(select(SignIn))] == [house.town.bo.person_id]


def test_a_closed_account_is_out_at_once(house: House) -> None:
    with house.database.writing() as session:
        token = enter(session)
        assert house.town.anna.person_id is not None
        session.get_one(Person, house.town.anna.person_id).active = False
        session.flush()
        assert find_signed_in(session, token) is None
        with pytest.raises(NotFound):
            person_actor(session, house.town.anna.person_id)


def test_the_interface_language_is_remembered(house: House) -> None:
    with house.database.writing() as session:
        token = enter(session)
        assert house.town.anna.person_id is not None
        choose_language(session, house.town.anna.person_id, "en")
        found = find_signed_in(session, token)
    assert found is not None
    assert found.language == "en"


def listed(session: Session, actor: Actor, own: str) -> list[tuple[str, bool]]:
    return [(one.device, one.own) for one in sign_ins_of(session, actor.person_id or 0, own)]


def test_people_see_where_they_are_signed_in_this_browser_first(house: House) -> None:
    with house.database.writing() as session:
        desk = enter(session, device="Firefox, Windows")
        phone = enter(session, device="Safari, iPhone")
        enter(session, "bo@alvby.example", device="noise")
        assert listed(session, house.town.anna, desk) == [("Firefox, Windows", True), ("Safari, iPhone", False)]
        assert listed(session, house.town.anna, phone) == [("Safari, iPhone", True), ("Firefox, Windows", False)]


def test_one_is_ended_and_nobody_ends_another_persons(house: House) -> None:
    with house.database.writing() as session:
        desk, phone = enter(session, device="desk"), enter(session, device="phone")
        (other,) = [one.handle for one in sign_ins_of(session, house.town.anna.person_id or 0, desk) if not one.own]
        for nobody_s in ("", "%", "_" * 16):
            end_sign_in(session, house.town.anna, nobody_s)
        end_sign_in(session, house.town.bo, other)
        assert find_signed_in(session, phone) is not None
        end_sign_in(session, house.town.anna, other)
        end_sign_in(session, house.town.anna, other)
        assert find_signed_in(session, phone) is None
        assert find_signed_in(session, desk) is not None
        told = session.scalars(select(AuditEntry.action).where(AuditEntry.action == "sign_in.end")).all()
        assert len(told) == 1


def test_everywhere_else_is_everywhere_but_here(house: House) -> None:
    with house.database.writing() as session:
        desk, phone, bo = enter(session), enter(session), enter(session, "bo@alvby.example")
        end_others(session, house.town.anna, desk)
        assert [find_signed_in(session, token) is not None for token in (desk, phone, bo)] == [True, False, True]


def test_when_a_browser_was_last_seen_is_known_to_a_quarter_of_an_hour(house: House) -> None:
    with house.database.writing() as session:
        token = enter(session)
        found = find_signed_in(session, token)
        assert found is not None
        assert not is_stale(found)
        session.scalars(select(SignIn)).one().seen_at = utc_now() - SEEN_EVERY - timedelta(seconds=1)
        session.flush()
        later = find_signed_in(session, token)
        assert later is not None
        assert is_stale(later)
        note_seen(session, token)
        session.expire_all()
        again = find_signed_in(session, token)
        assert again is not None
        assert not is_stale(again)
