"""Who may do something at a site: for lists to choose from, and for those who write to people."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import Session

from review_app.accounts.permissions import ALLOWED, Action
from review_app.accounts.tables import EVERY_LANGUAGE, Membership, Person


@dataclass(frozen=True, slots=True)
class Colleague:
    """A person who can sign in, as others may be told of them."""

    person_id: int
    name: str
    email: str = ""
    language: str | None = None


def who_may(session: Session, action: Action, site_id: int, language: str | None = None) -> list[Colleague]:
    """Return the people whose role at a site allows an action, by name; without a language: in any at all."""
    found = (
        select(Person.id, Person.name)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.site_id == site_id, Membership.role.in_(ALLOWED[action]), Person.active, _covers(language))
        .distinct()
        .order_by(Person.name, Person.id)
    )
    return [Colleague(*row) for row in session.execute(found)]


def colleagues(session: Session, site_id: int) -> list[Colleague]:
    """Return everybody who belongs to a site, with where and how they are written to."""
    found = (
        select(Person.id, Person.name, Person.email, Person.language)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.site_id == site_id, Person.active)
        .distinct()
        .order_by(Person.id)
    )
    return [Colleague(*row) for row in session.execute(found)]


def _covers(language: str | None) -> ColumnElement[bool]:
    return true() if language is None else Membership.language.in_([EVERY_LANGUAGE, language])
