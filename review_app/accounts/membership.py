"""Use cases of administrators: who belongs to a site, with which roles, in which languages. Each is recorded."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.permissions import BY_LANGUAGE, Action, Actor, Role
from review_app.accounts.service import set_role
from review_app.accounts.tables import EVERY_LANGUAGE, Membership, Person
from review_app.db import hold
from review_app.errors import BadInput, NotFound
from review_app.locale import N_
from review_app.sites.service import site_by_id
from review_app.sites.tables import Site

Roles = Mapping[Role, Collection[str]]
"""Roles, each with the languages it is for; with none it is for every language."""


@dataclass(frozen=True, slots=True)
class Member:
    """A person with their roles at one site."""

    person_id: int
    name: str
    email: str
    roles: Roles
    active: bool


def members(session: Session, actor: Actor, site_id: int) -> list[Member]:
    """Return the people of a site, by name."""
    actor.require(Action.ADMINISTER, site_id)
    rows = session.execute(
        select(Person, Membership.role, Membership.language)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.site_id == site_id)
        .order_by(Person.name, Person.id, Membership.language)
    )
    held: dict[int, tuple[Person, dict[Role, list[str]]]] = {}
    for person, role, language in rows:
        languages = held.setdefault(person.id, (person, {}))[1].setdefault(Role(role), [])
        languages += [language] if language != EVERY_LANGUAGE else []
    return [
        Member(person.id, person.name, person.email, {role: has[role] for role in Role if role in has}, person.active)
        for person, has in held.values()
    ]


def get_member(session: Session, actor: Actor, site_id: int, person_id: int) -> Member:
    """Return a person of a site; raises ``NotFound``."""
    found = next((one for one in members(session, actor, site_id) if one.person_id == person_id), None)
    if found is None:
        raise NotFound(N_("This person does not belong to the site."))
    return found


def set_roles(session: Session, actor: Actor, site_id: int, person_id: int, roles: Roles) -> None:
    """Give a person exactly these roles at a site. A site keeps at least one administrator."""
    actor.require(Action.ADMINISTER, site_id)
    require_usable(session, site_id, roles)
    hold(session, Site.id, [site_id])  # of two administrators who remove each other, the second is refused
    had = get_member(session, actor, site_id, person_id).roles
    if Role.ADMINISTRATOR not in roles and is_last_administrator(session, site_id, person_id):
        raise BadInput(N_("A site needs an administrator. Make somebody else one first."))
    for role in [*roles, *(role for role in had if role not in roles)]:
        languages = (roles[role] or {EVERY_LANGUAGE}) if role in roles else ()
        set_role(session, actor, person_id, site_id, role, languages)


def require_usable(session: Session, site_id: int, roles: Roles) -> None:
    """Raise ``BadInput`` for roles in languages that the site has not, or that are for every language by nature."""
    for role, languages in roles.items():
        unknown = set(languages) - set(site_by_id(session, site_id).languages)
        if unknown:
            raise BadInput(
                N_("The site is not translated into {language}. Add the language first."), language=min(unknown)
            )
        if languages and role not in BY_LANGUAGE:
            raise BadInput(N_("An administrator answers for every language. Choose no single ones."))


def is_last_administrator(session: Session, site_id: int, person_id: int) -> bool:
    """Say whether nobody else can administer the site; those whose account is closed cannot."""
    able = (
        select(Membership.person_id)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.site_id == site_id, Membership.role == Role.ADMINISTRATOR, Person.active)
    )
    return set(session.scalars(able)) == {person_id}
