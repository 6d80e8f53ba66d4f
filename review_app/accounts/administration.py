"""Use cases of administrators: who belongs to a site, what it is called, which languages it has. Each is recorded."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from review_app.accounts.permissions import Action, Actor, Role
from review_app.accounts.service import add_person, find_person, grant, record
from review_app.accounts.tables import Membership, Person
from review_app.errors import BadInput, NotFound
from review_app.locale import N_
from review_app.sites.policy import LanguagePolicy
from review_app.sites.sections import Rule, find_rule, set_rule
from review_app.sites.service import SiteFacts, change_site, new_push_token, set_language, site_by_id


@dataclass(frozen=True, slots=True)
class Member:
    """A person with their roles at one site."""

    person_id: int
    name: str
    email: str
    roles: tuple[Role, ...]
    active: bool


def members(session: Session, actor: Actor, site_id: int) -> list[Member]:
    """Return the people of a site, by name."""
    actor.require(Action.ADMINISTER, site_id)
    rows = session.execute(
        select(Person, Membership.role)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.site_id == site_id)
        .order_by(Person.name, Person.id)
    )
    held: dict[int, tuple[Person, set[Role]]] = {}
    for person, role in rows:
        held.setdefault(person.id, (person, set()))[1].add(Role(role))
    return [
        Member(person.id, person.name, person.email, tuple(role for role in Role if role in roles), person.active)
        for person, roles in held.values()
    ]


def add_member(
    session: Session, actor: Actor, site_id: int, *, email: str, name: str, password: str, role: Role
) -> int:
    """Give a person a role, adding them when they are new; returns their id.

    A person who is known already keeps their name and password: an administrator of one site must not change them.
    """
    actor.require(Action.ADMINISTER, site_id)
    person_id = find_person(session, email)
    if person_id is None:
        if not password:
            raise BadInput(N_("A new person needs a first password."))
        person_id = add_person(session, actor, email=email, name=name, password=password)
    grant(session, actor, person_id=person_id, site_id=site_id, role=role)
    return person_id


def set_roles(session: Session, actor: Actor, site_id: int, person_id: int, roles: frozenset[Role]) -> None:
    """Give a person exactly these roles at a site. A site keeps at least one administrator."""
    actor.require(Action.ADMINISTER, site_id)
    held = set(
        session.scalars(select(Membership.role).where(Membership.site_id == site_id, Membership.person_id == person_id))
    )
    if not held:
        raise NotFound(N_("This person does not belong to the site."))
    if Role.ADMINISTRATOR in held - roles and _administrators(session, site_id) == 1:
        raise BadInput(N_("A site needs an administrator. Make somebody else one first."))
    for role in sorted(roles - held):
        grant(session, actor, person_id=person_id, site_id=site_id, role=role)
    for role in sorted(held - roles):
        session.delete(session.get_one(Membership, (person_id, site_id, role)))
        record(session, actor, "role.withdraw", f"person:{person_id}", site_id=site_id, before={"role": role})
    session.flush()


def change_language(
    session: Session, actor: Actor, site_id: int, language: str, policy: LanguagePolicy, engine: str | None
) -> None:
    """Add a language to a site, or change what its readers may see and which engine drafts it."""
    actor.require(Action.ADMINISTER, site_id)
    site = site_by_id(session, site_id)
    had = site.languages.get(language)
    before = {"language": language, "policy": had, "engine": site.engines.get(language)} if had else None
    after = {"language": language, "policy": policy, "engine": engine}
    if before == after:
        return
    set_language(session, site_id, language, policy, engine)
    record(session, actor, "site.language", f"site:{site_id}", site_id=site_id, before=before, after=after)


def change_rule(session: Session, actor: Actor, site_id: int, rule: Rule) -> None:
    """Say how much is at stake in a section or a page, and what readers may see of it."""
    actor.require(Action.ADMINISTER, site_id)
    before = find_rule(session, site_id, rule.path)
    if before == rule:
        return
    unknown = set(rule.policies) - set(site_by_id(session, site_id).languages)
    if unknown:
        raise BadInput(N_("The site is not translated into {language}. Add the language first."), language=min(unknown))
    set_rule(session, site_id, rule)
    record(
        session,
        actor,
        "site.section",
        f"site:{site_id}",
        site_id=site_id,
        before=_as_json(before),
        after=_as_json(rule),
    )


def _as_json(rule: Rule) -> dict[str, Any] | None:
    if rule.says_nothing():
        return None
    return {
        "path": rule.path,
        "content_class": rule.content_class,
        **({"never_send": True} if rule.never_send else {}),
        **rule.policies,
    }


def renew_push_token(session: Session, actor: Actor, site_id: int) -> str:
    """Return a new secret for pushing; it is shown once and stored as a hash."""
    actor.require(Action.ADMINISTER, site_id)
    token = new_push_token(session, site_id)
    record(session, actor, "site.push_token", f"site:{site_id}", site_id=site_id)
    return token


def change_facts(session: Session, actor: Actor, site_id: int, facts: SiteFacts) -> None:
    """Change what a site is called, who answers for it, and whether one person may do both halves."""
    actor.require(Action.ADMINISTER, site_id)
    before, after = change_site(session, site_id, facts)
    if before != after:
        record(session, actor, "site.change", f"site:{site_id}", site_id=site_id, before=before, after=after)


def _administrators(session: Session, site_id: int) -> int:
    return (
        session.scalar(
            select(func.count())
            .select_from(Membership)
            .where(Membership.site_id == site_id, Membership.role == Role.ADMINISTRATOR)
        )
        or 0
    )
