"""Use cases of forgetting people in the sealed audit log: it can be verified as before. The key is that of the seals.

What was done, to what and on which day stays, and of the details what is not about a person.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, null, or_, select
from sqlalchemy.orm import Session

from review_app.accounts import sealing
from review_app.accounts.chain import redaction_hash, salted, same
from review_app.accounts.permissions import COMMAND_LINE
from review_app.accounts.sealing import left_of, values_of
from review_app.accounts.service import find_person, record
from review_app.accounts.tables import AuditEntry

PERSONAL = ("email", "person_id")
"""What in a change's details tells of a person."""

_HALF_DONE = ("invitation.send", "invitation.revoke", "page.assign", "commission.give")
"""Changes whose details named people, and were once left when the rest of the row was redacted."""


def redact_before(session: Session, key: bytes, moment: datetime) -> int:
    """Redact people in up to ``BATCH`` sealed rows older than this; returns how many rows."""
    return _redact(session, key, AuditEntry.at < moment)


def has_people_before(session: Session, moment: datetime) -> bool:
    """Say whether a sealed row older than this still names people."""
    old = select(AuditEntry.id).where(AuditEntry.at < moment, AuditEntry.seal.is_not(None)).limit(1)
    return any(session.scalar(old.where(named)) is not None for named in (_untouched(), _half_done()))


def redact_person(session: Session, key: bytes, email: str) -> int:
    """Redact a person in up to ``BATCH`` of the sealed rows that they wrote, or that are about them or name them.

    Somebody who was invited and never came has no account, and is found by their address.
    """
    email = email.strip().lower()
    which = or_(AuditEntry.before["email"].as_string() == email, AuditEntry.after["email"].as_string() == email)
    person_id = find_person(session, email)
    if person_id is not None:
        which = or_(
            which,
            AuditEntry.person_id == person_id,
            AuditEntry.subject == f"person:{person_id}",
            AuditEntry.before["person_id"].as_integer() == person_id,
            AuditEntry.after["person_id"].as_integer() == person_id,
        )
    return _redact(session, key, which)


def _untouched() -> ColumnElement[bool]:
    return AuditEntry.redacted.is_(null())


def _half_done() -> ColumnElement[bool]:
    details = (AuditEntry.before, AuditEntry.after)
    held = or_(*(column[name].as_string().is_not(None) for column in details for name in PERSONAL))
    return and_(AuditEntry.action.in_(_HALF_DONE), AuditEntry.redacted.is_not(null()), held)


def _redact(session: Session, key: bytes, which: ColumnElement[bool]) -> int:
    rows = session.scalars(
        select(AuditEntry)
        .where(which, AuditEntry.seal.is_not(None), or_(_untouched(), _half_done()))
        .order_by(AuditEntry.id)
        .limit(sealing.BATCH)
        .with_for_update()
    ).all()
    for row in rows:
        forget(key, row)
    if rows:
        record(session, COMMAND_LINE, "audit.redact", "audit", after={"rows": len(rows)})
    session.flush()
    return len(rows)


def forget(key: bytes, row: AuditEntry) -> None:
    """Blank what of a row is about people, and keep its hashes. The day stays, the hour goes.

    Of a row that was redacted before, the rest is; a proof that does not hold stays as it is, for verifying to find.
    """
    known = dict(row.redacted or {})
    proof = known.pop("proof", "")
    genuine = not known or same(proof, redaction_hash(key, row.id, known, left_of(row, known)))
    about_person = row.subject.startswith("person:")
    named = any(details and details.get(name) is not None for details in (row.before, row.after) for name in PERSONAL)
    groups = ["who", "when", *(["subject"] if about_person else []), *(["details"] if about_person or named else [])]
    salts = row.salts or {}
    new = {group: salted(salts[group], group, values_of(row, group)) for group in groups if group not in known}
    row.actor, row.person_id, row.address = "", None, None
    row.at = row.at.replace(hour=0, minute=0, second=0, microsecond=0)
    if about_person:
        row.subject, row.before, row.after = "person", None, None
    elif named or "details" in new:
        row.before, row.after = _without_people(row.before), _without_people(row.after)
    hashes = known | new
    row.salts = {group: salt for group, salt in salts.items() if group not in hashes}
    row.redacted = {**hashes, "proof": redaction_hash(key, row.id, hashes, left_of(row, hashes)) if genuine else proof}


def _without_people(details: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if details is None:
        return None
    return {field: None if field in PERSONAL else value for field, value in details.items()}
