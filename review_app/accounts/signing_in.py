"""Use cases of signing in: a browser's sign-in begins, is recognised, is listed and ends."""

import hashlib
import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.orm import Session

from review_app.accounts.passwords import password_matches
from review_app.accounts.permissions import Actor
from review_app.accounts.service import actor_of, person_actor, record
from review_app.accounts.tables import Membership, Person, SignIn
from review_app.db import utc_now
from review_app.errors import NotSignedIn
from review_app.locale import N_

SEEN_EVERY = timedelta(minutes=15)
"""How exactly it is known when a browser was last here: more often would be a write with every page."""

WRONG = N_("The address or the password is not right. Try again.")

HANDLE = 16
"""Characters of a token's hash that tell a person's sign-ins apart."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A person in a browser: who acts, and the interface language they chose, if any."""

    actor: Actor
    email: str
    language: str | None
    seen_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Device:
    """A browser as it tells of itself, and from where."""

    name: str = ""
    address: str | None = None


@dataclass(frozen=True, slots=True)
class OpenSignIn:
    """One of a person's sign-ins, as they see it; ``own``: the browser that asks."""

    handle: str
    device: str
    since: datetime
    seen_at: datetime
    own: bool


def sign_in(session: Session, *, email: str, password: str, days: int, device: Device = Device()) -> str:
    """Check a password and return a new token for the browser; raises ``NotSignedIn``, the same for every reason."""
    return begin_known(session, checked(known_by(session, email), password), days=days, device=device)


class Known(NamedTuple):
    """Somebody who can sign in by a password, and its hash as it was read."""

    person_id: int
    password_hash: str | None


def known_by(session: Session, email: str) -> Known | None:
    """Return who can sign in with an address."""
    wanted = select(Person.id, Person.password_hash).where(Person.email == email.strip().lower(), Person.active)
    row = session.execute(wanted).first()
    return Known(*row) if row else None


def checked(known: Known | None, password: str) -> Known:
    """Return whose password it is; raises ``NotSignedIn``, in the same time and words for every reason.

    It takes long, that passwords be hard to guess: no transaction should be open meanwhile.
    """
    if not password_matches(password, known.password_hash if known else None) or known is None:
        raise NotSignedIn(WRONG)
    return known


def begin_known(session: Session, known: Known, *, days: int, device: Device) -> str:
    """Start a sign-in by a password that was checked; raises ``NotSignedIn`` if it was changed or closed since."""
    person = session.get(Person, known.person_id)
    if person is None or not person.active or person.password_hash != known.password_hash:
        raise NotSignedIn(WRONG)
    return begin(session, known.person_id, days=days, device=device)


def begin(session: Session, person_id: int, *, days: int, device: Device, way: str | None = None) -> str:
    """Start a sign-in of somebody who showed who they are; returns its token. ``way``: how, if not by password."""
    token = secrets.token_urlsafe(32)
    now = utc_now()
    session.execute(delete(SignIn).where(SignIn.expires_at < now))
    session.add(
        SignIn(
            token_hash=hash_of(token),
            person_id=person_id,
            expires_at=now + timedelta(days=days),
            device=device.name,
            seen_at=now,
        )
    )
    signed_in = replace(person_actor(session, person_id), address=device.address)
    record(session, signed_in, "sign_in", f"person:{person_id}", after={"way": way} if way else None)
    return token


def sign_out(session: Session, token: str) -> None:
    """End one browser's sign-in."""
    session.execute(delete(SignIn).where(SignIn.token_hash == hash_of(token)))


def find_signed_in(session: Session, token: str, address: str | None = None) -> SignedIn | None:
    """Return who a browser's token belongs to, if it still holds; ``address``: the browser's machine."""
    rows = session.execute(_SIGNED_IN, {"token_hash": hash_of(token), "now": utc_now()}).all()
    if not rows:
        return None
    person, seen_at, _ = rows[0]
    actor = replace(actor_of(person, [held for *_, held in rows if held]), address=address)
    return SignedIn(actor, person.email, person.language, seen_at)


_SIGNED_IN = (
    select(Person, SignIn.seen_at, Membership)
    .join(SignIn, SignIn.person_id == Person.id)
    .outerjoin(Membership, Membership.person_id == Person.id)
    .where(SignIn.token_hash == bindparam("token_hash"), SignIn.expires_at >= bindparam("now"), Person.active)
)


def is_stale(signed_in: SignedIn) -> bool:
    """Say whether it is to be noted that the browser was here."""
    return signed_in.seen_at is None or utc_now() - signed_in.seen_at > SEEN_EVERY


def note_seen(session: Session, token: str) -> None:
    """Note that a browser was here just now."""
    session.execute(update(SignIn).where(SignIn.token_hash == hash_of(token)).values(seen_at=utc_now()))


def sign_ins_of(session: Session, person_id: int, own: str) -> list[OpenSignIn]:
    """Return where a person is signed in, the browser with the token ``own`` first, then the last seen."""
    rows = session.scalars(
        select(SignIn)
        .where(SignIn.person_id == person_id, SignIn.expires_at >= utc_now())
        .order_by(SignIn.seen_at.desc().nulls_last(), SignIn.token_hash)
    )
    found = [
        OpenSignIn(
            row.token_hash[:HANDLE],
            row.device,
            row.created_at,
            row.seen_at or row.created_at,
            row.token_hash == hash_of(own),
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: not one.own)


def end_sign_in(session: Session, actor: Actor, handle: str) -> None:
    """End one of one's own sign-ins; one that has ended is no fault."""
    if len(handle) != HANDLE:
        return
    ended = SignIn.token_hash.startswith(handle, autoescape=True)
    done = session.execute(
        delete(SignIn).where(SignIn.person_id == actor.person_id, ended).returning(SignIn.token_hash)
    )
    if done.all():
        record(session, actor, "sign_in.end", f"person:{actor.person_id}")


def end_others(session: Session, actor: Actor, keep: str) -> None:
    """End every sign-in of one's own but that of the browser with the token ``keep``."""
    end_all(session, actor.person_id or 0, keep)
    record(session, actor, "sign_in.end_others", f"person:{actor.person_id}")


def end_all(session: Session, person_id: int, keep: str | None = None) -> None:
    """End a person's sign-ins, but for one."""
    others = SignIn.token_hash != hash_of(keep) if keep else SignIn.token_hash.is_not(None)
    session.execute(delete(SignIn).where(SignIn.person_id == person_id, others))


def hash_of(token: str) -> str:
    """Return what is stored of a token: whoever reads the database cannot use it."""
    return hashlib.sha256(token.encode()).hexdigest()
