"""Use cases of passwords: change one's own, and get a new one by a link that is sent to one's address.

A link is asked for the same way for every address, known or not: a row is written. Only the worker looks whether there
is such a person, makes the link and mails it, so that neither the answer nor its time tells.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from review_app.accounts.one_time import OneTime, new_one_time
from review_app.accounts.passwords import hash_password, password_matches
from review_app.accounts.permissions import Actor
from review_app.accounts.service import person_actor, record
from review_app.accounts.signing_in import end_all, hash_of
from review_app.accounts.tables import PasswordLink, PasswordRequest, Person
from review_app.db import utc_now
from review_app.errors import BadInput, NotAllowed, NotFound
from review_app.locale import N_

HOURS = 1
"""How long a link for a new password holds."""

GONE = N_("This link has been used or is too old. Ask for a new one.")


@dataclass(frozen=True, slots=True)
class Letter:
    """A link for a new password, to be mailed: to whom, in which language, until when it holds."""

    email: str
    language: str
    link: OneTime
    expires_at: datetime


def change_password(
    session: Session, person_id: int, *, old: str, new: str, keep: str, address: str | None = None
) -> None:
    """Change one's own password; every other browser's sign-in ends, that with the token ``keep`` goes on.

    Raises ``BadInput`` when the old one is not right or the new one too short.
    """
    person = session.get_one(Person, person_id)
    if not password_matches(old, person.password_hash):
        raise BadInput(N_("The present password is not right. Try again."))
    _set(session, person, new, keep)
    me = replace(person_actor(session, person_id), address=address)
    record(session, me, "password.change", f"person:{person_id}")


def reset_password(session: Session, actor: Actor, email: str, new: str) -> None:
    """Give a person who lost theirs a new password, and end their sign-ins; only the command line may."""
    if not actor.is_system:
        raise NotAllowed(N_("A password is reset on the command line: review-app user password"))
    person = session.scalar(select(Person).where(Person.email == email.strip().lower()))
    if person is None:
        raise NotFound(N_("There is no person with the address {email}."), email=email)
    _set(session, person, new)
    person.active = True
    record(session, actor, "password.reset", f"person:{person.id}")


def ask_for_letter(session: Session, email: str, language: str) -> None:
    """Note that somebody asks for a link; whether there is such a person is not looked at here."""
    session.add(PasswordRequest(email=email.strip().lower(), language=language))
    session.flush()


def is_asked(session: Session) -> bool:
    """Say whether somebody waits for a link."""
    return session.scalar(select(PasswordRequest.id).limit(1)) is not None


def write_letters(session: Session, key: bytes) -> list[Letter]:
    """Make a link for everybody who asked and can sign in, one for each, and forget who asked.

    ``key``: what the installation makes links with.
    """
    asked = session.execute(delete(PasswordRequest).returning(PasswordRequest.email, PasswordRequest.language)).all()
    session.execute(delete(PasswordLink).where(PasswordLink.expires_at < utc_now()))
    found = session.scalars(select(Person).where(Person.email.in_({email for email, _ in asked}), Person.active))
    return [_letter(session, person, dict(asked), key) for person in found]


def _letter(session: Session, person: Person, languages: Mapping[str, str], key: bytes) -> Letter:
    """Make a person's link anew; an older one ends."""
    link, expires_at = new_one_time(key), utc_now() + timedelta(hours=HOURS)
    session.execute(delete(PasswordLink).where(PasswordLink.person_id == person.id))
    session.add(PasswordLink(token_hash=hash_of(link.token), person_id=person.id, expires_at=expires_at))
    session.flush()
    return Letter(person.email, person.language or languages[person.email], link, expires_at)


def owner_of(session: Session, token: str) -> str:
    """Return the address of whom a link is for; raises ``NotFound`` for one that does not hold."""
    return _owner(session, token).email


def set_password(session: Session, token: str, new: str, address: str | None = None) -> tuple[int, str]:
    """Set a new password by a link and return whose it is: it holds once, and every sign-in of the person ends."""
    session.execute(select(PasswordLink).where(PasswordLink.token_hash == hash_of(token)).with_for_update())
    person = _owner(session, token)
    _set(session, person, new)
    record(session, replace(person_actor(session, person.id), address=address), "password.set", f"person:{person.id}")
    session.flush()
    return person.id, person.email


def _owner(session: Session, token: str) -> Person:
    person = session.scalar(
        select(Person)
        .join(PasswordLink, PasswordLink.person_id == Person.id)
        .where(PasswordLink.token_hash == hash_of(token), PasswordLink.expires_at >= utc_now(), Person.active)
    )
    if person is None:
        raise NotFound(GONE)
    return person


def _set(session: Session, person: Person, new: str, keep: str | None = None) -> None:
    """Store a password; sign-ins and links of before end with the old one."""
    person.password_hash = hash_password(new)
    session.flush()
    end_all(session, person.id, keep)
    session.execute(delete(PasswordLink).where(PasswordLink.person_id == person.id))
