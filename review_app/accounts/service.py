"""Use cases of people: add them, give them roles, and record what anyone changes."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from review_app.accounts.passwords import hash_password
from review_app.accounts.permissions import Action, Actor, Role
from review_app.accounts.tables import EVERY_LANGUAGE, AuditEntry, Membership, Person
from review_app.errors import BadInput, NotFound
from review_app.locale import N_


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


def is_recorded(session: Session, action: str, site_id: int, subject: str) -> bool:
    """Say whether a site's log has such a change of something."""
    e = AuditEntry
    found = select(e.id).where(e.action == action, e.site_id == site_id, e.subject == subject)
    return session.scalar(found.limit(1)) is not None


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


def grant(
    session: Session, actor: Actor, *, person_id: int, site_id: int, role: Role, languages: Collection[str] = ()
) -> None:
    """Give a person a role at a site, for some languages or for every one; what they have already they keep."""
    actor.require(Action.ADMINISTER, site_id)
    held = set(session.scalars(_held(person_id, site_id, role)))
    wanted = held | (set(languages) or {EVERY_LANGUAGE})
    set_role(session, actor, person_id, site_id, role, {EVERY_LANGUAGE} if EVERY_LANGUAGE in wanted else wanted)


def set_role(
    session: Session, actor: Actor, person_id: int, site_id: int, role: Role, languages: Collection[str]
) -> None:
    """Make the languages a person has a role in exactly these, none to take it away, and record what is new."""
    held, wanted = set(session.scalars(_held(person_id, site_id, role))), set(languages)
    if held == wanted:
        return
    for language in wanted - held:
        session.add(Membership(person_id=person_id, site_id=site_id, role=role, language=language))
    session.flush()
    gone = Membership.language.in_(held - wanted)
    here = (Membership.person_id == person_id, Membership.site_id == site_id, Membership.role == role)
    session.execute(delete(Membership).where(*here, gone))
    action = "role.languages" if held and wanted else "role.grant" if wanted else "role.withdraw"
    before, after = _role_facts(role, held), _role_facts(role, wanted)
    record(session, actor, action, f"person:{person_id}", site_id=site_id, before=before, after=after)


def _held(person_id: int, site_id: int, role: Role) -> Select[str]:
    here = (Membership.person_id == person_id, Membership.site_id == site_id, Membership.role == role)
    return select(Membership.language).where(*here)


def _role_facts(role: Role, languages: Collection[str]) -> dict[str, Any] | None:
    limits = sorted(set(languages) - {EVERY_LANGUAGE})
    return {"role": role, **({"languages": limits} if limits else {})} if languages else None


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
    return actor_of(person, session.scalars(select(Membership).where(Membership.person_id == person_id)))


def actor_of(person: Person, memberships: Iterable[Membership]) -> Actor:
    """Return a person as an actor with these roles."""
    roles: dict[int, set[Role]] = defaultdict(set)
    languages: dict[tuple[int, Role], set[str]] = defaultdict(set)
    for membership in memberships:
        roles[membership.site_id].add(Role(membership.role))
        languages[membership.site_id, Role(membership.role)].add(membership.language)
    return Actor(
        name=person.name,
        person_id=person.id,
        roles=tuple((site, frozenset(held)) for site, held in sorted(roles.items())),
        limits=tuple(
            (site, role, frozenset(held))
            for (site, role), held in sorted(languages.items())
            if EVERY_LANGUAGE not in held
        ),
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
