"""Use cases of the sealed audit log: seal what is stored. The key comes from outside the database.

A seal lists the rows it covers, so that ids that are stored out of order do no harm: a row that became visible late is
in a later seal. Of two workers that seal at once, the second finds the first one's number taken and leaves it.
"""

import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from review_app.accounts.chain import GROUPS, START, row_hash, salted, seal_hash
from review_app.accounts.tables import AuditEntry, AuditSeal
from review_app.db import add_missing, utc_now

BATCH = 500
"""Rows of a seal, at most."""

SETTLED = timedelta(minutes=1)
"""Workers seal when the oldest row is as old as this: a seal a minute at most, and rows are soon out of reach."""


class Head(NamedTuple):
    """The newest seal: whoever keeps it elsewhere can tell later whether the log was cut."""

    number: int
    hash: str


def head(session: Session) -> Head | None:
    """Return the newest seal, if there is one."""
    found = session.execute(
        select(AuditSeal.number, AuditSeal.hash).order_by(AuditSeal.number.desc()).limit(1)
    ).one_or_none()
    return Head(*found) if found else None


def is_due(session: Session) -> bool:
    """Say whether rows have waited long enough for a seal."""
    oldest = session.scalar(select(func.min(AuditEntry.at)).where(AuditEntry.seal.is_(None)))
    return oldest is not None and oldest < utc_now() - SETTLED


def seal_batch(session: Session, key: bytes) -> int:
    """Seal up to ``BATCH`` rows; returns how many, 0 when there are none or another worker was first."""
    last = head(session) or Head(0, START)  # before the rows: if another seals in between, this number is taken
    rows = session.scalars(
        select(AuditEntry).where(AuditEntry.seal.is_(None)).order_by(AuditEntry.id).limit(BATCH)
    ).all()
    if not rows:
        return 0
    number, sealed_at = last.number + 1, utc_now()
    salts = {row.id: {group: secrets.token_hex(16) for group in GROUPS} for row in rows}
    entries = [[row.id, hash_of(key, row, salts[row.id], {})] for row in rows]
    seal = {
        "number": number,
        "sealed_at": sealed_at,
        "before": last.hash,
        "entries": entries,
        "hash": seal_hash(key, number, last.hash, moment(sealed_at), entries),
    }
    if not add_missing(session, AuditSeal, [seal]):
        return 0
    session.execute(update(AuditEntry), [{"id": row.id, "seal": number, "salts": salts[row.id]} for row in rows])
    return len(rows)


def hash_of(key: bytes, row: AuditEntry, salts: dict[str, str], redacted: dict[str, str]) -> str:
    """Return the hash of a row as it stands, with the hashes that stand for what was redacted; raises ``KeyError``."""
    groups = {group: redacted.get(group) or salted(salts[group], group, values_of(row, group)) for group in GROUPS}
    return row_hash(key, [row.id, row.site_id, row.action], groups)


def left_of(row: AuditEntry, groups: Iterable[str]) -> list[Any]:
    """Return what stands in a row where groups were redacted."""
    return [values_of(row, group) for group in sorted(groups)]


def values_of(row: AuditEntry, group: str) -> Sequence[Any]:
    """Return a group's values as JSON has them."""
    if group == "who":
        return [row.person_id, row.actor, row.address]
    if group == "when":
        return [moment(row.at)]
    return [row.subject] if group == "subject" else [row.before, row.after]


def moment(at: datetime) -> str:
    """Return a moment the same way whichever database it comes from."""
    return at.isoformat(timespec="microseconds")
