"""Use cases of invitations: an administrator invites somebody by e-mail, who accepts with a link that holds once.

The roles are given when it is accepted, in the name of whoever invited, if they still may. Whoever has an account
keeps their name and password: a link that an administrator copied must not open somebody's account.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from review_app.accounts.membership import Roles, require_usable
from review_app.accounts.one_time import OneTime, new_one_time
from review_app.accounts.passwords import hash_password
from review_app.accounts.permissions import COMMAND_LINE, Action, Actor, Role
from review_app.accounts.service import add_person, grant, is_address, person_actor, record
from review_app.accounts.signing_in import hash_of
from review_app.accounts.tables import Invitation, Membership, Person
from review_app.db import utc_now
from review_app.errors import BadInput, NotAllowed, NotFound
from review_app.locale import N_
from review_app.sites.service import site_by_id

DAYS = 14
"""How long an invitation holds."""

GONE = N_("This invitation has been used, withdrawn or is too old. Ask whoever invited you for a new one.")


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation as administrators see it."""

    id: int
    email: str
    name: str
    roles: Roles
    invited_by: str
    expires_at: datetime

    @property
    def expired(self) -> bool:
        """Whether the link holds no longer."""
        return self.expires_at < utc_now()


@dataclass(frozen=True, slots=True)
class Letter:
    """An invitation's link, to be mailed or handed over; of it only the seed is ever stored, until it is mailed."""

    email: str
    name: str
    site: str
    inviter: str
    link: OneTime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Offer:
    """What somebody who opens an invitation is offered; ``known``: they have an account already."""

    email: str
    name: str
    site: str
    inviter: str
    roles: Roles
    known: bool


def invite(session: Session, actor: Actor, site_id: int, *, email: str, name: str, roles: Roles, key: bytes) -> Letter:
    """Invite somebody to a site; an invitation of the same address to the same site gives way to the new one.

    ``key``: what the installation makes links with.
    """
    actor.require(Action.ADMINISTER, site_id)
    email = email.strip().lower()
    if not is_address(email):
        raise BadInput(N_("“{email}” is not an e-mail address. Write one like name@example.se."), email=email)
    if not roles:
        raise BadInput(N_("Choose at least one role."))
    require_usable(session, site_id, roles)
    session.execute(delete(Invitation).where(Invitation.site_id == site_id, Invitation.email == email))
    stored = {str(role): sorted(languages) for role, languages in roles.items()}
    row = Invitation(site_id=site_id, email=email, name=name.strip(), roles=stored, invited_by=actor.person_id)
    letter = _letter(session, actor, row, key)
    session.add(row)
    record(session, actor, "invitation.send", "invitation", site_id=site_id, after={"email": email, "roles": stored})
    session.flush()
    return letter


def send_again(session: Session, actor: Actor, site_id: int, invitation_id: int, *, key: bytes) -> Letter:
    """Give an invitation a new link; the old one ends."""
    row = _own(session, actor, site_id, invitation_id)
    row.invited_by = actor.person_id
    letter = _letter(session, actor, row, key)
    record(session, actor, "invitation.send", "invitation", site_id=site_id, after={"email": row.email})
    session.flush()
    return letter


def revoke(session: Session, actor: Actor, site_id: int, invitation_id: int) -> None:
    """Take an invitation back: its link ends."""
    row = _own(session, actor, site_id, invitation_id)
    record(session, actor, "invitation.revoke", "invitation", site_id=site_id, before={"email": row.email})
    session.delete(row)
    session.flush()


def open_invitations(session: Session, actor: Actor, site_id: int) -> list[Invited]:
    """Return who is invited to a site and has not answered."""
    actor.require(Action.ADMINISTER, site_id)
    rows = session.execute(
        select(Invitation, Person.name)
        .outerjoin(Person, Person.id == Invitation.invited_by)
        .where(Invitation.site_id == site_id)
        .order_by(Invitation.email)
    )
    return [
        Invited(row.id, row.email, row.name, roles_from(row.roles), inviter or COMMAND_LINE.name, row.expires_at)
        for row, inviter in rows
    ]


def offer_of(session: Session, token: str) -> Offer:
    """Return what a link offers; raises ``NotFound`` for one that does not hold."""
    row = _held(session, token)
    person = session.scalar(select(Person).where(Person.email == row.email, Person.active))
    site, inviter = site_by_id(session, row.site_id), _inviter(session, row)
    return Offer(row.email, row.name, site.name, inviter.name, roles_from(row.roles), known=person is not None)


def accept(
    session: Session, token: str, *, name: str = "", password: str = "", address: str | None = None
) -> tuple[int, bool]:
    """Give the invited person the roles; returns their id, and whether they are new and may be signed in at once."""
    session.execute(select(Invitation.id).where(Invitation.token_hash == hash_of(token)).with_for_update())
    row = _held(session, token)
    person = session.scalar(select(Person).where(Person.email == row.email))
    new = person is None or not person.active
    if new and not password:
        raise BadInput(N_("Choose a password."))
    return _accept(session, row, person, name, password or None, address), new


def accept_as(session: Session, email: str, name: str, *, address: str | None) -> int | None:
    """Accept every invitation of somebody whose address a sign-in service has verified; returns their id, if any."""
    rows = session.scalars(
        select(Invitation)
        .where(Invitation.email == email, Invitation.expires_at >= utc_now())
        .order_by(Invitation.id)
        .with_for_update()
    ).all()
    person_id = None
    for row in rows:
        if _inviter(session, row).may(Action.ADMINISTER, row.site_id):
            person = session.scalar(select(Person).where(Person.email == email))
            person_id = _accept(session, row, person, name, None, address)
    return person_id


def _accept(
    session: Session, row: Invitation, person: Person | None, name: str, password: str | None, address: str | None
) -> int:
    inviter, name = _inviter(session, row), name or row.name or row.email.partition("@")[0]
    if person is None:
        person_id = add_person(session, inviter, email=row.email, name=name, password=password)
    else:
        person_id = person.id
        if not person.active:
            _open(session, row, person, name, password)
    for role, languages in roles_from(row.roles).items():
        grant(session, inviter, person_id=person_id, site_id=row.site_id, role=role, languages=languages)
    me = replace(person_actor(session, person_id), address=address)
    record(session, me, "invitation.accept", f"person:{person_id}", site_id=row.site_id)
    session.delete(row)
    session.flush()
    return person_id


def roles_from(stored: Mapping[str, list[str]]) -> Roles:
    """Return roles with their languages from how they are stored; what is no role any more is left out."""
    return {role: tuple(stored[role]) for role in Role if role in stored}


def _open(session: Session, row: Invitation, person: Person, name: str, password: str | None) -> None:
    """Let somebody sign in who was only known by name, as from an import; roles elsewhere are not handed over so."""
    elsewhere = select(Membership.role).where(Membership.person_id == person.id, Membership.site_id != row.site_id)
    if session.scalar(elsewhere.limit(1)) is not None:
        raise NotAllowed(N_("This account is closed. Ask whoever runs this installation."))
    person.name, person.active = name, True
    person.password_hash = hash_password(password) if password else None
    session.flush()


def _letter(session: Session, actor: Actor, row: Invitation, key: bytes) -> Letter:
    """Make the row's link anew."""
    link = new_one_time(key)
    row.token_hash, row.expires_at = hash_of(link.token), utc_now() + timedelta(days=DAYS)
    return Letter(row.email, row.name, site_by_id(session, row.site_id).name, actor.name, link, row.expires_at)


def _own(session: Session, actor: Actor, site_id: int, invitation_id: int) -> Invitation:
    actor.require(Action.ADMINISTER, site_id)
    row = session.get(Invitation, invitation_id)
    if row is None or row.site_id != site_id:
        raise NotFound(N_("There is no such invitation."))
    return row


def _held(session: Session, token: str) -> Invitation:
    row = session.scalar(
        select(Invitation).where(Invitation.token_hash == hash_of(token), Invitation.expires_at >= utc_now())
    )
    if row is None or not _inviter(session, row).may(Action.ADMINISTER, row.site_id):
        raise NotFound(GONE)
    return row


def _inviter(session: Session, row: Invitation) -> Actor:
    """Return in whose name the roles are given; one whose account is closed may nothing."""
    if row.invited_by is None:
        return COMMAND_LINE
    person = session.get(Person, row.invited_by)
    return person_actor(session, person.id) if person is not None and person.active else Actor("")
