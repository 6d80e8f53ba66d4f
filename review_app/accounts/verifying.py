"""Verifying the audit log: reads seals and rows, and says what does not agree with them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from review_app.accounts.chain import START, redaction_hash, same, seal_hash
from review_app.accounts.sealing import hash_of, left_of, moment
from review_app.accounts.tables import AuditEntry, AuditSeal, Person
from review_app.db import among, utc_now
from review_app.locale import N_

LATE = timedelta(minutes=10)
"""Workers seal every minute: a row that has waited so long says that none works, or that its seal was taken away."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it was sealed: an English template and its values."""

    message: str
    values: dict[str, Any]


@dataclass(slots=True)
class Verified:
    """What was looked at, and what was found; ``heads`` are those asked for that the chain has not shown yet.

    ``unsealed``: rows that no seal covers, ``oldest`` the moment of the first of them.
    """

    seals: int = 0
    rows: int = 0
    redacted: int = 0
    unsealed: int = 0
    oldest: datetime | None = None
    heads: set[str] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)

    def find(self, message: str, **values: Any) -> None:
        """Add a finding."""
        self.findings.append(Finding(message, values))


def verify(session: Session, key: bytes, heads: Iterable[str] = ()) -> Verified:
    """Compare every sealed row with its seal, the seals with each other, and the chain with heads kept elsewhere.

    ``heads``: hashes in hex. Rows that no seal covers yet are counted, and found where they have waited for long.
    """
    done, before, number = Verified(heads={known.lower() for known in heads}), START, 0
    seals = session.scalars(select(AuditSeal).order_by(AuditSeal.number).execution_options(yield_per=50))
    for seal in seals:
        for missing in range(number + 1, seal.number):
            done.find(N_("Seal {number} is gone."), number=missing)
        _look_at_seal(done, key, seal, before, follows=seal.number == number + 1)
        _look_at_rows(session, done, key, seal)
        before, number = seal.hash, seal.number
        done.heads.discard(seal.hash)
    for entry_id in session.scalars(
        select(AuditEntry.id).where(AuditEntry.seal.is_not(None), AuditEntry.seal.not_in(select(AuditSeal.number)))
    ):
        done.find(N_("The seal of row {row} is gone."), row=entry_id)
    _look_at_unsealed(session, done)
    for known in sorted(done.heads):
        done.find(N_("The head {head} is not in the log: its end was cut off, or it is another log."), head=known[:16])
    return done


def _look_at_unsealed(session: Session, done: Verified) -> None:
    count = select(func.count(), func.min(AuditEntry.at)).where(AuditEntry.seal.is_(None))
    done.unsealed, done.oldest = session.execute(count).one()
    if done.oldest is not None and done.oldest < utc_now() - LATE:
        since = done.oldest.isoformat(" ", "seconds")
        done.find(N_("Rows wait for a seal since {moment}: no worker runs, or seals were taken away."), moment=since)
    if done.seals:
        return
    if done.unsealed:
        done.find(N_("The log holds rows and no seal: nothing shows that they are as they were written."))
    elif session.scalar(select(Person.id).limit(1)) is not None:
        done.find(N_("There are people, and the log is empty: it was emptied, or it is another database's."))


def _look_at_seal(done: Verified, key: bytes, seal: AuditSeal, before: str, *, follows: bool) -> None:
    done.seals += 1
    if not same(seal.hash, seal_hash(key, seal.number, seal.before, moment(seal.sealed_at), seal.entries)):
        done.find(N_("Seal {number} was altered, or made with another key."), number=seal.number)
    elif follows and not same(seal.before, before):
        done.find(N_("Seal {number} does not follow the one before it."), number=seal.number)


def _look_at_rows(session: Session, done: Verified, key: bytes, seal: AuditSeal) -> None:
    sealed = {int(entry_id): str(known) for entry_id, known in seal.entries}
    rows = {row.id: row for row in _rows(session, seal.number, list(sealed))}
    for entry_id, known in sealed.items():
        row = rows.get(entry_id)
        done.rows += 1
        if row is None:
            done.find(N_("Row {row} of seal {number} was deleted."), row=entry_id, number=seal.number)
        elif row.seal != seal.number or not _is_as_sealed(key, row, known):
            done.find(N_("Row {row} of seal {number} was altered."), row=entry_id, number=seal.number)
        else:
            done.redacted += row.redacted is not None
    for entry_id in sorted(rows.keys() - sealed.keys()):
        done.find(N_("Row {row} says it is of seal {number}, which has none such."), row=entry_id, number=seal.number)
    session.expunge_all()


def _rows(session: Session, number: int, ids: Sequence[int]) -> Iterator[AuditEntry]:
    yield from session.scalars(select(AuditEntry).where(AuditEntry.seal == number))
    yield from session.scalars(
        select(AuditEntry).where(among(AuditEntry.id, ids), AuditEntry.seal.is_distinct_from(number))
    )


def _is_as_sealed(key: bytes, row: AuditEntry, known: str) -> bool:
    redacted = dict(row.redacted or {})
    proof = redacted.pop("proof", "")
    if redacted and not same(proof, redaction_hash(key, row.id, redacted, left_of(row, redacted))):
        return False
    try:
        return same(known, hash_of(key, row, row.salts or {}, redacted))
    except KeyError:  # a salt is gone
        return False
