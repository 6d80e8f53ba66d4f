"""Use cases of people: add them, give them roles, sign them in and out, and record what anyone changes."""

import hashlib
import secrets
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Session

from review_app.accounts.passwords import hash_password, password_matches
from review_app.accounts.permissions import Action, Actor, Role
from review_app.accounts.tables import AuditEntry, Membership, Person, SignIn
from review_app.db import utc_now
from review_app.errors import BadInput, NotAllowed, NotFound, NotSignedIn
from review_app.locale import N_


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A person in a browser: who acts, and the interface language they chose, if any."""

    actor: Actor
    email: str
    language: str | None


def record(
    session: Session,
    actor: Actor,
    action: str,
    subject: str,
    *,
    site_id: int | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Write the audit row of a change, in the transaction of the change."""
    session.add(
        AuditEntry(
            site_id=site_id,
            person_id=actor.person_id,
            actor=actor.name,
            address=actor.address,
            action=action,
            subject=subject,
            before=dict(before) if before is not None else None,
            after=dict(after) if after is not None else None,
        )
    )


def add_person(session: Session, actor: Actor, *, email: str, name: str, password: str | None) -> int:
    """Add a person and return their id; raises ``BadInput`` for a taken or malformed address, or no name."""
    email = email.strip().lower()
    if not is_address(email):
        raise BadInput(N_("“{email}” is not an e-mail address. Write one like name@example.se."), email=email)
    if find_person(session, email) is not None:
        raise BadInput(N_("There is already a person with the address {email}."), email=email)
    if not name.strip():
        raise BadInput(N_("A new person needs a name."))
    person = Person(email=email, name=name.strip(), password_hash=hash_password(password) if password else None)
    session.add(person)
    session.flush()
    record(session, actor, "person.add", f"person:{person.id}", after={"email": email, "name": person.name})
    return person.id


def grant(session: Session, actor: Actor, *, person_id: int, site_id: int, role: Role) -> None:
    """Give a person a role at a site; giving it twice changes nothing."""
    actor.require(Action.ADMINISTER, site_id)
    if session.get(Membership, (person_id, site_id, role)) is not None:
        return
    session.add(Membership(person_id=person_id, site_id=site_id, role=role))
    record(session, actor, "role.grant", f"person:{person_id}", site_id=site_id, after={"role": role})


def find_person(session: Session, email: str) -> int | None:
    """Return the id of the person with this address."""
    return session.scalar(select(Person.id).where(Person.email == email.strip().lower()))


def get_person_id(session: Session, email: str) -> int:
    """Return the id of the person with this address; raises ``NotFound``."""
    found = find_person(session, email)
    if found is None:
        raise NotFound(N_("There is no person with the address {email}."), email=email)
    return found


def is_address(text: str) -> bool:
    """Say whether a text may be an e-mail address; only a message sent there would tell."""
    return "@" in text.strip().strip("@") and not any(character.isspace() for character in text.strip())


def ensure_person(session: Session, email: str) -> int:
    """Return the person with this address; one who is only named in an import is added, and cannot sign in."""
    found = find_person(session, email)
    if found is not None:
        return found
    person = Person(email=email.strip().lower(), name=email.split("@", maxsplit=1)[0], password_hash=None, active=False)
    session.add(person)
    session.flush()
    return person.id


def person_actor(session: Session, person_id: int) -> Actor:
    """Return the person as an actor with the roles they have now; raises ``NotFound``."""
    person = session.get(Person, person_id)
    if person is None or not person.active:
        raise NotFound(N_("There is no such person, or their account is closed."))
    return _actor(person, session.scalars(select(Membership).where(Membership.person_id == person_id)))


def _actor(person: Person, memberships: Iterable[Membership]) -> Actor:
    roles: dict[int, set[Role]] = defaultdict(set)
    for membership in memberships:
        roles[membership.site_id].add(Role(membership.role))
    return Actor(
        name=person.name,
        person_id=person.id,
        roles=tuple((site, frozenset(held)) for site, held in sorted(roles.items())),
    )


def sign_in(session: Session, *, email: str, password: str, days: int, address: str | None = None) -> str:
    """Check a password and return a new token for the browser; raises ``NotSignedIn``, the same for every reason."""
    person = session.scalar(select(Person).where(Person.email == email.strip().lower()))
    matches = password_matches(password, person.password_hash if person else None)
    if person is None or not person.active or not matches:
        raise NotSignedIn(N_("The address or the password is not right. Try again."))
    token = secrets.token_urlsafe(32)
    now = utc_now()
    session.execute(delete(SignIn).where(SignIn.expires_at < now))
    session.add(SignIn(token_hash=_hash(token), person_id=person.id, expires_at=now + timedelta(days=days)))
    signed_in = replace(person_actor(session, person.id), address=address)
    record(session, signed_in, "sign_in", f"person:{person.id}")
    return token


def change_password(
    session: Session, person_id: int, *, old: str, new: str, keep: str, address: str | None = None
) -> None:
    """Change one's own password; every other browser's sign-in ends, that with the token ``keep`` goes on.

    Raises ``BadInput`` when the old one is not right or the new one too short.
    """
    person = session.get_one(Person, person_id)
    if not password_matches(old, person.password_hash):
        raise BadInput(N_("The present password is not right. Try again."))
    _set_password(session, person, new)
    session.execute(delete(SignIn).where(SignIn.person_id == person_id, SignIn.token_hash != _hash(keep)))
    me = replace(person_actor(session, person_id), address=address)
    record(session, me, "password.change", f"person:{person_id}")


def reset_password(session: Session, actor: Actor, email: str, new: str) -> None:
    """Give a person who lost theirs a new password, and end their sign-ins; only the command line may."""
    if not actor.is_system:
        raise NotAllowed(N_("A password is reset on the command line: review-app user password"))
    person = session.scalar(select(Person).where(Person.email == email.strip().lower()))
    if person is None:
        raise NotFound(N_("There is no person with the address {email}."), email=email)
    _set_password(session, person, new)
    person.active = True
    session.execute(delete(SignIn).where(SignIn.person_id == person.id))
    record(session, actor, "password.reset", f"person:{person.id}")


def _set_password(session: Session, person: Person, new: str) -> None:
    person.password_hash = hash_password(new)
    session.flush()


def sign_out(session: Session, token: str) -> None:
    """End one browser's sign-in."""
    session.execute(delete(SignIn).where(SignIn.token_hash == _hash(token)))


def find_signed_in(session: Session, token: str, address: str | None = None) -> SignedIn | None:
    """Return who a browser's token belongs to, if it still holds; ``address``: the browser's machine."""
    rows = session.execute(_SIGNED_IN, {"token_hash": _hash(token), "now": utc_now()}).all()
    if not rows:
        return None
    person = rows[0][0]
    actor = replace(_actor(person, [held for _, held in rows if held]), address=address)
    return SignedIn(actor, person.email, person.language)


_SIGNED_IN = (
    select(Person, Membership)
    .join(SignIn, SignIn.person_id == Person.id)
    .outerjoin(Membership, Membership.person_id == Person.id)
    .where(SignIn.token_hash == bindparam("token_hash"), SignIn.expires_at >= bindparam("now"), Person.active)
)


def choose_language(session: Session, person_id: int, language: str) -> None:
    """Remember a person's interface language."""
    session.get_one(Person, person_id).language = language


def names_of(session: Session, person_ids: set[int]) -> dict[int, str]:
    """Return the names of people by id."""
    if not person_ids:
        return {}
    rows = session.execute(select(Person.id, Person.name).where(Person.id.in_(person_ids)))
    return dict(rows.all())


def emails_of(session: Session, person_ids: set[int]) -> dict[int, str]:
    """Return the addresses of people by id."""
    rows = session.execute(select(Person.id, Person.email).where(Person.id.in_(person_ids)))
    return dict(rows.all())


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
