"""Use cases of people who sign in elsewhere: whose account it is, and which roles the service gives and takes.

An account is found by the service's own number of the person, once it is linked. It is linked by an address that the
service has verified, to somebody who has an account or is invited: nobody else gets in.
"""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.invitations import accept_as
from review_app.accounts.membership import is_last_administrator
from review_app.accounts.openid import Visitor
from review_app.accounts.permissions import Actor, Role
from review_app.accounts.role_claims import RoleRule, roles_given
from review_app.accounts.service import person_actor, record, set_role
from review_app.accounts.tables import EVERY_LANGUAGE, Identity, Person
from review_app.errors import NotSignedIn
from review_app.locale import N_
from review_app.sites.service import find_site

NOT_VERIFIED = N_("The sign-in service has not verified your address, so it cannot be told who you are here.")
NOT_INVITED = N_("Nobody here has invited {email}. Ask an administrator of your site.")
CLOSED = N_("This account is closed. Ask whoever runs this installation.")

BY_CLAIMS = Actor("sign-in service", is_system=True)


def recognise(
    session: Session, visitor: Visitor, rules: Sequence[RoleRule] = (), *, trusted: bool = False, address: str | None
) -> int:
    """Return the id of the person who signed in elsewhere, with the roles the service gives them now.

    ``trusted``: the service's addresses count as verified even where it does not say so. Raises ``NotSignedIn``.
    """
    identity = session.get(Identity, (visitor.issuer, visitor.subject))
    person_id = identity.person_id if identity else _link(session, visitor, trusted=trusted, address=address)
    if not session.get_one(Person, person_id).active:
        raise NotSignedIn(CLOSED)
    _give(session, person_id, visitor, rules)
    return person_id


def _link(session: Session, visitor: Visitor, *, trusted: bool, address: str | None) -> int:
    if not visitor.email or not (visitor.email_verified or trusted):
        raise NotSignedIn(NOT_VERIFIED)
    person_id = accept_as(session, visitor.email, visitor.name, address=address)
    if person_id is None:
        person_id = session.scalar(select(Person.id).where(Person.email == visitor.email, Person.active))
    if person_id is None or _linked(session, person_id, visitor.issuer):
        raise NotSignedIn(NOT_INVITED, email=visitor.email)
    session.add(Identity(issuer=visitor.issuer, subject=visitor.subject, person_id=person_id))
    me = replace(person_actor(session, person_id), address=address)
    record(session, me, "identity.link", f"person:{person_id}", after={"issuer": visitor.issuer})
    session.flush()
    return person_id


def _linked(session: Session, person_id: int, issuer: str) -> bool:
    """Say whether the account belongs to another person of the service already, who had the address before."""
    linked = select(Identity.subject).where(Identity.person_id == person_id, Identity.issuer == issuer)
    return session.scalar(linked) is not None


def _give(session: Session, person_id: int, visitor: Visitor, rules: Sequence[RoleRule]) -> None:
    """Make the roles that rules speak of what the claims say; others stay, and so does a site's last administrator."""
    for (slug, role), languages in roles_given(rules, visitor.claims).items():
        site = find_site(session, slug)
        if site is None:
            continue
        if languages is None and role is Role.ADMINISTRATOR and is_last_administrator(session, site.id, person_id):
            continue
        known = set(languages or ()) & set(site.languages)
        every = {EVERY_LANGUAGE} if languages == frozenset() else set()
        set_role(session, BY_CLAIMS, person_id, site.id, role, known | every)
