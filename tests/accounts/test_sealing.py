"""The audit log sealed: whatever is done to a row behind the program's back is found."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from review_app.accounts import redacting, sealing
from review_app.accounts.permissions import Actor
from review_app.accounts.service import record
from review_app.accounts.tables import AuditEntry, AuditSeal, Person
from review_app.accounts.verifying import verify
from review_app.db import Database, utc_now
from review_app.schema import metadata
from tests.databases import Backend

KEY = b"a key that the database never sees"
SEALED = 6
"""Rows that are sealed, three a seal; one more is not."""


def fill(database: Database) -> None:
    metadata.create_all(database.engine)
    with database.writing() as session:
        session.add(Person(id=1, email="anna@example.se", name="Anna"))
        session.flush()
        anna = Actor("Anna", person_id=1, address="192.0.2.7")
        for number in range(SEALED):
            subject = f"page:{number}" if number else "person:1"
            record(session, anna, "segment.edit", subject, before={"text": "ö"}, after={"text": f"å {number}"})
            session.flush()
    for _ in range(2):
        with database.writing() as session:
            assert sealing.seal_batch(session, KEY) == 3
    with database.writing() as session:
        record(session, anna, "not sealed yet", "page:9")


@pytest.fixture
def database(backend: Backend, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    monkeypatch.setattr(sealing, "BATCH", 3)
    with backend.database(backend.keep(fill)) as found:
        yield found


def findings(database: Database, key: bytes = KEY, heads: tuple[str, ...] = ()) -> list[str]:
    with database.reading() as session:
        return [found.message.format(**found.values) for found in verify(session, key, heads).findings]


def swap(session: Session) -> None:
    for old, new in ((2, 99), (3, 2), (99, 3)):
        session.execute(update(AuditEntry).where(AuditEntry.id == old).values(id=new))


def forge_redaction(session: Session) -> None:
    row = session.get_one(AuditEntry, 2)
    redacting.forget(b"another key", row)


def seal_again(session: Session) -> None:
    session.execute(update(AuditEntry).where(AuditEntry.id == 2).values(seal=None, actor="Bo"))
    sealing.seal_batch(session, KEY)


def cut_start(session: Session) -> None:
    session.execute(delete(AuditEntry).where(AuditEntry.seal == 1))
    session.execute(delete(AuditSeal).where(AuditSeal.number == 1))


def write_in(session: Session) -> None:
    session.execute(insert(AuditEntry).values(actor="Bo", action="x", subject="", seal=2, at=utc_now()))


def change(column: str, value: object) -> Callable[[Session], object]:
    return lambda session: session.execute(update(AuditEntry).where(AuditEntry.id == 2).values({column: value}))


TAMPERING: dict[str, tuple[Callable[[Session], object], list[str]]] = {
    "nothing": (lambda _: None, []),
    "actor": (change("actor", "Bo"), ["Row 2 of seal 1 was altered."]),
    "after": (change("after", {"text": "?"}), ["Row 2 of seal 1 was altered."]),
    "action": (change("action", "segment.accept"), ["Row 2 of seal 1 was altered."]),
    "subject": (change("subject", "page:7"), ["Row 2 of seal 1 was altered."]),
    "from where": (change("address", "192.0.2.8"), ["Row 2 of seal 1 was altered."]),
    "when": (change("at", utc_now() - timedelta(days=1)), ["Row 2 of seal 1 was altered."]),
    "salt": (change("salts", {}), ["Row 2 of seal 1 was altered."]),
    "hidden": (change("seal", None), ["Row 2 of seal 1 was altered."]),
    "sealed again": (seal_again, ["Row 2 of seal 1 was altered."]),
    "reordered": (swap, ["Row 2 of seal 1 was altered.", "Row 3 of seal 1 was altered."]),
    "redacted by another": (forge_redaction, ["Row 2 of seal 1 was altered."]),
    "deleted": (lambda s: s.execute(delete(AuditEntry).where(AuditEntry.id == 5)), ["Row 5 of seal 2 was deleted."]),
    "written in": (write_in, ["Row 8 says it is of seal 2, which has none such."]),
    "first seal cut": (
        cut_start,
        ["Seal 1 is gone."],
    ),
    "seal changed": (
        lambda s: s.execute(update(AuditSeal).where(AuditSeal.number == 2).values(entries=[])),
        [
            "Seal 2 was altered, or made with another key.",
            *(f"Row {n} says it is of seal 2, which has none such." for n in (4, 5, 6)),
        ],
    ),
    "last seal cut": (
        lambda s: s.execute(delete(AuditSeal).where(AuditSeal.number == 2)),
        [f"The seal of row {n} is gone." for n in (4, 5, 6)],
    ),
}  # fmt: skip


@pytest.mark.parametrize("how", TAMPERING)
def test_every_kind_of_tampering_is_found(database: Database, how: str) -> None:
    tamper, expected = TAMPERING[how]
    with database.writing() as session:
        tamper(session)
    assert findings(database) == expected


def test_a_log_whose_end_was_cut_off_does_not_hold_the_head_that_was_kept(database: Database) -> None:
    with database.reading() as session:
        kept = sealing.head(session)
    assert kept is not None
    assert kept.number == 2
    assert findings(database, heads=(kept.hash,)) == []
    with database.writing() as session:
        session.execute(delete(AuditEntry).where(AuditEntry.id > 3))
        session.execute(delete(AuditSeal).where(AuditSeal.number == 2))
    assert findings(database) == [], "nothing in the database itself tells"
    assert [kept.hash[:16] in found for found in findings(database, heads=(kept.hash,))] == [True]


def test_a_log_that_was_emptied_does_not_agree(database: Database) -> None:
    with database.writing() as session:
        session.execute(delete(AuditSeal))
        session.execute(delete(AuditEntry).where(AuditEntry.seal.is_not(None)))
    assert findings(database) == ["The log holds rows and no seal: nothing shows that they are as they were written."]
    with database.writing() as session:
        session.execute(delete(AuditEntry))
    assert findings(database) == [
        "There are people, and the log is empty: it was emptied, or it is another database's."
    ]


def test_a_log_that_nobody_has_begun_agrees(database: Database) -> None:
    with database.writing() as session:
        for table in (AuditSeal, AuditEntry, Person):
            session.execute(delete(table))
    assert findings(database) == []


def test_rows_that_no_seal_covers_are_counted_and_found_when_they_are_old(database: Database) -> None:
    with database.reading() as session:
        assert (verify(session, KEY).unsealed, verify(session, KEY).findings) == (1, [])
    long_ago = datetime(2026, 1, 1, 10, tzinfo=UTC)
    with database.writing() as session:
        session.execute(update(AuditEntry).where(AuditEntry.seal.is_(None)).values(at=long_ago))
    assert findings(database) == [
        "Rows wait for a seal since 2026-01-01 10:00:00+00:00: no worker runs, or seals were taken away."
    ]


def test_seals_of_another_key_do_not_pass(database: Database) -> None:
    assert "Seal 1 was altered, or made with another key." in findings(database, key=b"guessed")


def test_people_are_forgotten_and_the_chain_holds(database: Database) -> None:
    with database.writing() as session:
        assert redacting.redact_before(session, KEY, utc_now()) == 3
    with database.writing() as session:
        assert redacting.redact_person(session, KEY, "anna@example.se") == 3
    with database.reading() as session:
        rows = session.scalars(select(AuditEntry).where(AuditEntry.id <= SEALED).order_by(AuditEntry.id)).all()
        assert {(row.actor, row.person_id, row.address, row.at.hour, row.at.microsecond) for row in rows} == {
            ("", None, None, 0, 0)
        }
        assert (rows[0].subject, rows[0].after) == ("person", None)
        assert (rows[1].subject, rows[1].after) == ("page:1", {"text": "å 1"})
        assert verify(session, KEY).redacted == SEALED
    assert findings(database) == []
    with database.writing() as session:
        change("actor", "Bo")(session)
    assert findings(database) == ["Row 2 of seal 1 was altered."], "no name can be put where one was redacted"


def test_rows_that_become_visible_late_and_a_second_worker(database: Database) -> None:
    """On PostgreSQL a row with a lower id can be stored after one with a higher one; each is sealed once."""
    if not database.url.startswith("postgresql"):
        pytest.skip("SQLite's writers come one after the other")
    with database.writing() as late:
        late.add(AuditEntry(id=50, actor="Anna", action="late", subject=""))
        late.flush()
        with database.writing() as early:
            early.add(AuditEntry(id=60, actor="Anna", action="early", subject=""))
        with database.writing() as session:
            assert sealing.seal_batch(session, KEY) == 2
    with database.writing() as session:
        assert sealing.seal_batch(session, KEY) == 1
    assert findings(database) == []
