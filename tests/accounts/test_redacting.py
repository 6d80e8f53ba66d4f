"""People are forgotten in the log wherever a change names them, and the log can be verified as before."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from review_app.accounts import redacting, sealing
from review_app.accounts.chain import redaction_hash, salted
from review_app.accounts.permissions import Actor
from review_app.accounts.service import record
from review_app.accounts.tables import AuditEntry, Person
from review_app.accounts.verifying import verify
from review_app.db import Database, utc_now
from review_app.schema import metadata
from tests.databases import Backend

KEY = b"a key that the database never sees"
INVITED, TAKEN_BACK, GIVEN, NOISE = 1, 2, 3, 4
"""Ids of rows that Carin wrote: two of Nisse, who never came, one of Anna, and one of nobody."""


def fill_with_people(database: Database) -> None:
    metadata.create_all(database.engine)
    with database.writing() as session:
        session.add_all(
            [Person(id=1, email="anna@example.se", name="Anna"), Person(id=2, email="c@x.se", name="Carin")]
        )
        session.flush()
        nisse, roles = {"email": "nisse@example.se"}, {"roles": {"translator": ["en"]}}
        anna = {"language": "en", "page": "avgifter", "person_id": 1}
        changes: tuple[tuple[str, str, Mapping[str, Any] | None, Mapping[str, Any] | None], ...] = (
            ("invitation.send", "invitation", None, nisse | roles),
            ("invitation.revoke", "invitation", nisse, None),
            ("page.assign", "page:7:en", {"person_id": None}, anna),
            ("segment.edit", "page:7", {"text": "one"}, {"text": "two"}),
        )
        for action, subject, before, after in changes:
            record(session, Actor("Carin", person_id=2), action, subject, before=before, after=after)
            session.flush()
        sealing.seal_batch(session, KEY)


@pytest.fixture
def session(backend: Backend) -> Iterator[Session]:
    with backend.database(backend.keep(fill_with_people)) as database, database.writing() as session:
        yield session


def row(session: Session, number: int) -> AuditEntry:
    return session.get_one(AuditEntry, number)


def disagreements(session: Session) -> list[str]:
    session.flush()
    return [found.message.format(**found.values) for found in verify(session, KEY).findings]


def redact_as_once(session: Session, number: int, key: bytes) -> None:
    """Redact a row as it was done before details were: who and when alone."""
    found = row(session, number)
    salts = found.salts or {}
    hashes = {group: salted(salts[group], group, sealing.values_of(found, group)) for group in ("who", "when")}
    found.actor, found.person_id, found.address = "", None, None
    found.at = found.at.replace(hour=0, minute=0, second=0, microsecond=0)
    found.salts = {group: salt for group, salt in salts.items() if group not in hashes}
    found.redacted = hashes | {"proof": redaction_hash(key, number, hashes, sealing.left_of(found, hashes))}
    session.flush()


def test_somebody_who_was_invited_and_never_came_is_forgotten(session: Session) -> None:
    assert redacting.redact_person(session, KEY, "Nisse@example.se") == 2
    assert row(session, INVITED).after == {"email": None, "roles": {"translator": ["en"]}}
    assert row(session, TAKEN_BACK).before == {"email": None}
    assert row(session, NOISE).actor == "Carin"
    assert disagreements(session) == []
    assert redacting.redact_person(session, KEY, "nisse@example.se") == 0


def test_whoever_was_given_a_page_is_forgotten_and_the_page_stays(session: Session) -> None:
    assert redacting.redact_person(session, KEY, "anna@example.se") == 1
    assert row(session, GIVEN).after == {"language": "en", "page": "avgifter", "person_id": None}
    assert disagreements(session) == []


def test_after_the_time_of_keeping_no_row_names_anybody(session: Session) -> None:
    tomorrow = utc_now() + timedelta(days=1)
    assert redacting.redact_before(session, KEY, tomorrow) == 4
    said = str(session.execute(select(AuditEntry.actor, AuditEntry.before, AuditEntry.after)).all())
    assert "nisse" not in said
    assert "'person_id': 1" not in said
    assert row(session, NOISE).after == {"text": "two"}
    assert disagreements(session) == []
    session.execute(update(AuditEntry).where(AuditEntry.id == INVITED).values(after={"email": "bo@example.se"}))
    session.expire_all()
    assert disagreements(session) == [f"Row {INVITED} of seal 1 was altered."], "no address is put where one was"


def test_rows_that_were_redacted_by_half_are_done_again(session: Session) -> None:
    tomorrow = utc_now() + timedelta(days=1)
    for number in (INVITED, TAKEN_BACK, GIVEN, NOISE):
        redact_as_once(session, number, KEY)
    assert disagreements(session) == []
    assert redacting.has_people_before(session, tomorrow)
    assert redacting.redact_before(session, KEY, tomorrow) == 3
    assert row(session, INVITED).after == {"email": None, "roles": {"translator": ["en"]}}
    assert disagreements(session) == []
    session.execute(update(AuditEntry).where(AuditEntry.seal.is_(None)).values(at=tomorrow))
    assert not redacting.has_people_before(session, tomorrow)


def test_a_forged_redaction_is_not_made_genuine_by_the_next_one(session: Session) -> None:
    redact_as_once(session, INVITED, b"another key")
    redacting.redact_before(session, KEY, utc_now() + timedelta(days=1))
    assert row(session, INVITED).after == {"email": None, "roles": {"translator": ["en"]}}
    assert disagreements(session) == [f"Row {INVITED} of seal 1 was altered."]
