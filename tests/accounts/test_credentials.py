"""A new password by a link: it holds once, for a while, and ends every sign-in."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from review_app.accounts.credentials import (
    ask_for_letter,
    change_password,
    is_asked,
    owner_of,
    set_password,
    write_letters,
)
from review_app.accounts.signing_in import find_signed_in, sign_in
from review_app.accounts.tables import PasswordLink, PasswordRequest, Person
from review_app.db import utc_now
from review_app.errors import BadInput, NotFound
from tests.builders import PASSWORD
from tests.houses import House

KEY = b"what this installation makes links with"
ANNA, NEW = "anna@alvby.example", "ett nytt långt lösenord"


def link(session: Session, email: str = ANNA) -> str:
    ask_for_letter(session, email, "sv")
    (letter,) = write_letters(session, KEY)
    return letter.link.token


def test_a_link_sets_a_password_once_and_ends_every_sign_in(house: House) -> None:
    with house.database.writing() as session:
        here = sign_in(session, email=ANNA, password=PASSWORD, days=1)
        token = link(session)
        assert owner_of(session, token) == ANNA
        assert set_password(session, token, NEW) == (house.town.anna.person_id, ANNA)
        assert find_signed_in(session, here) is None
        assert sign_in(session, email=ANNA, password=NEW, days=1)
        for again in (lambda: owner_of(session, token), lambda: set_password(session, token, PASSWORD)):
            with pytest.raises(NotFound, match="has been used or is too old"):
                again()


def test_asking_writes_the_same_for_everybody_and_only_the_worker_tells_them_apart(house: House) -> None:
    with house.database.writing() as session:
        session.get_one(Person, house.town.bo.person_id).active = False
        for email in (" Anna@Alvby.example ", "nobody@alvby.example", "bo@alvby.example", ANNA):
            ask_for_letter(session, email, "en")
        assert session.scalar(select(func.count()).select_from(PasswordRequest)) == 4
        assert session.scalar(select(func.count()).select_from(PasswordLink)) == 0
        assert is_asked(session)
        (letter,) = write_letters(session, KEY)
        assert (letter.email, letter.language) == (ANNA, "en")
        assert not is_asked(session)
        assert write_letters(session, KEY) == []


def test_a_link_ends_by_time_by_a_new_one_and_by_another_change(house: House) -> None:
    with house.database.writing() as session:
        first = link(session)
        second = link(session)
        assert second not in str(vars(session.scalars(select(PasswordLink)).one()))
        with pytest.raises(NotFound):
            owner_of(session, first)
        session.scalars(select(PasswordLink)).one().expires_at = utc_now() - timedelta(seconds=1)
        session.flush()
        with pytest.raises(NotFound):
            set_password(session, second, NEW)
        third = link(session)
        change_password(session, house.town.anna.person_id or 0, old=PASSWORD, new=NEW, keep="")
        with pytest.raises(NotFound):
            owner_of(session, third)


def test_a_short_password_leaves_the_link_good(house: House) -> None:
    with house.database.writing() as session:
        token = link(session)
    with pytest.raises(BadInput, match="too short"), house.database.writing() as session:
        set_password(session, token, "kort")
    with house.database.reading() as session:
        assert owner_of(session, token) == ANNA
