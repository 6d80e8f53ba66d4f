"""The commands that seal the log of changes and verify it, and the worker that does so by itself."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from review_app.accounts import sealing
from review_app.accounts.permissions import COMMAND_LINE
from review_app.accounts.service import record
from review_app.accounts.tables import Person
from review_app.settings import Settings
from review_app.sweeping import keep_log
from tests.cli.administrator import Administrator


def test_a_log_is_sealed_kept_redacted_and_verified(admin: Administrator, tmp_path: Path) -> None:
    admin.does("user", "add", "anna@example.se", "--name", "Anna", "--site", "alvby", "--role", "translator")
    assert "Nothing is sealed" in admin.fails("audit", "head")
    heads = tmp_path / "heads"
    heads.write_text(admin.run("audit", "seal").stdout)
    assert heads.read_text() == admin.does("audit", "head")
    assert "Redacted 2 rows" in admin.does("audit", "redact", "anna@example.se")
    assert "redacted in 2: all agree" in admin.does("audit", "verify", "--head", heads)
    assert "the log was not compared with a head that was kept" in admin.does("audit", "verify")
    heads.write_text("0" * 64)
    cut = admin.run("audit", "verify", "--head", heads)
    assert (cut.exit_code, "The head 0000000000000000 is not in the log" in cut.stdout) == (1, True)
    assert "holds no head" in admin.fails("audit", "verify", "--head", Path(__file__).parent / "__init__.py")


def test_a_worker_seals_and_forgets(admin: Administrator, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "SETTLED", timedelta(0))
    settings = Settings(_env_file=None, data_dir=admin.data, audit_people_days=1)
    database = admin.database
    with database.writing() as session:
        session.execute(text("UPDATE audit_entry SET at = '2026-01-01 10:00:00+00'"))
    keep_log(settings, database)
    with database.reading() as session:
        assert set(session.scalars(text("SELECT actor FROM audit_entry WHERE action = 'site.add'"))) == {""}
    database.dispose()
    assert "all agree" in admin.does("audit", "verify")


def test_somebody_who_was_only_invited_can_be_forgotten_and_nobody_cannot(admin: Administrator) -> None:
    database = admin.database
    with database.writing() as session:
        record(session, COMMAND_LINE, "invitation.send", "invitation", after={"email": "nisse@example.se"})
    database.dispose()
    assert "Redacted 1 rows" in admin.does("audit", "redact", "nisse@example.se")
    admin.run("audit", "seal")
    assert "There is no person with the address" in admin.fails("audit", "redact", "nobody@example.se")


def test_a_log_without_seals_does_not_pass(admin: Administrator) -> None:
    unsealed = admin.run("audit", "verify")
    assert (unsealed.exit_code, "rows are not sealed yet, the oldest of 20" in unsealed.stdout) == (1, True)
    admin.run("audit", "seal")
    database = admin.database
    with database.writing() as session:
        session.execute(text("DELETE FROM audit_seal"))
        session.execute(text("DELETE FROM audit_entry"))
        session.add(Person(email="anna@example.se", name="Anna"))
    database.dispose()
    emptied = admin.run("audit", "verify")
    assert (emptied.exit_code, "the log is empty" in emptied.stdout, "all agree" in emptied.stdout) == (1, True, False)
