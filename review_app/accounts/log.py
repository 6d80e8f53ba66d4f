"""Reading a site's log of changes: the rows that are asked for, newest first, for administrators."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from review_app.accounts.permissions import Action, Actor
from review_app.accounts.tables import AuditEntry


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which changes are asked for: whose, of what kind, from a moment and until before another; all when empty."""

    who: str = ""
    action: str = ""
    since: datetime | None = None
    until: datetime | None = None


EVERYTHING = AuditFilter()


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One change, as the audit page shows it."""

    at: datetime
    actor: str
    action: str
    subject: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    address: str | None = None


def audit_rows(
    session: Session,
    actor: Actor,
    site_id: int,
    chosen: AuditFilter = EVERYTHING,
    *,
    limit: int | None = 200,
    offset: int = 0,
) -> list[AuditRow]:
    """Return a site's changes, newest first; without a limit all of them."""
    actor.require(Action.ADMINISTER, site_id)
    e = AuditEntry
    columns = (e.at, e.actor, e.action, e.subject, e.before, e.after, e.address)
    found = select(*columns).where(*_conditions(site_id, chosen)).order_by(e.id.desc()).limit(limit).offset(offset)
    return [AuditRow(*row) for row in session.execute(found)]


def audit_count(session: Session, actor: Actor, site_id: int, chosen: AuditFilter = EVERYTHING) -> int:
    """Return how many changes a site's log holds."""
    actor.require(Action.ADMINISTER, site_id)
    counted = select(func.count()).select_from(AuditEntry).where(*_conditions(site_id, chosen))
    return session.scalar(counted) or 0


def audit_choices(session: Session, actor: Actor, site_id: int) -> tuple[Sequence[str], Sequence[str]]:
    """Return whose changes, and what kinds of changes, a site's log holds."""
    actor.require(Action.ADMINISTER, site_id)
    people, kinds = (
        session.scalars(select(column).where(AuditEntry.site_id == site_id).distinct().order_by(column)).all()
        for column in (AuditEntry.actor, AuditEntry.action)
    )
    return people, kinds


def _conditions(site_id: int, chosen: AuditFilter) -> list[ColumnElement[bool]]:
    asked = [AuditEntry.site_id == site_id]
    if chosen.who:
        asked.append(AuditEntry.actor == chosen.who)
    if chosen.action:
        asked.append(AuditEntry.action == chosen.action)
    if chosen.since:
        asked.append(AuditEntry.at >= chosen.since)
    if chosen.until:
        asked.append(AuditEntry.at < chosen.until)
    return asked
