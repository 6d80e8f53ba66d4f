"""``review-app db``, and what every command says when the installation cannot be opened."""

from pathlib import Path

import pytest
from sqlalchemy import text

from review_app.cli import COMMANDS
from review_app.cli.installation import open_installation
from review_app.migrations.service import is_current
from review_app.settings import Settings
from tests.cli.administrator import Administrator
from tests.databases import Backend
from tests.migrations.test_migrations import step


def set_revision(admin: Administrator, revision: str) -> None:
    database = admin.database
    with database.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})
    database.dispose()


def test_a_database_is_made_and_then_up_to_date(backend: Backend, tmp_path: Path) -> None:
    with backend.url() as url:
        upgrade_twice(Administrator(tmp_path / "new" / "var", url))


def test_without_an_address_it_stands_in_the_data_folder(tmp_path: Path) -> None:
    upgrade_twice(Administrator(tmp_path))
    assert (tmp_path / "review.db").exists()


def upgrade_twice(admin: Administrator) -> None:
    assert admin.does("db", "upgrade") == "The database has been upgraded.\n"
    assert admin.does("db", "upgrade") == "The database is up to date.\n"
    assert admin.does("site", "list") == ""


def test_any_command_makes_a_new_database(tmp_path: Path) -> None:
    assert Administrator(tmp_path / "var").does("site", "list") == ""


def test_an_older_database_has_to_be_upgraded_first(admin: Administrator) -> None:
    set_revision(admin, "0000")
    assert admin.fails("site", "list") == "The database has an older schema. Run: review-app db upgrade"


def test_the_demonstration_s_own_database_is_upgraded_when_it_is_opened(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    step(settings.sqlalchemy_url, "0014")
    opened = open_installation(settings, upgrading=True)
    assert is_current(settings.sqlalchemy_url)
    opened.database.dispose()


def test_a_newer_database_is_left_alone(admin: Administrator) -> None:
    set_revision(admin, "9999")
    told = "The database was made by a newer version of the program. Install that version."
    assert admin.fails("db", "upgrade") == told


@pytest.mark.parametrize("command", [("db", "upgrade"), ("site", "list")])
@pytest.mark.parametrize(
    ("setting", "value", "told"),
    [
        ("DATABASE_URL", "nonsense", "REVIEW_APP_DATABASE_URL names no database that can be used here."),
        ("DATABASE_URL", "nosuch://anna:hemligt@x/y", "REVIEW_APP_DATABASE_URL names no database that can be used"),
        ("DATABASE_URL", "postgresql+psycopg://anna:hemligt@127.0.0.1:1/x", "The database cannot be opened: "),
        ("PORT", "http", "The setting REVIEW_APP_PORT is not usable: "),
    ],
)
def test_a_wrong_setting_is_named_without_its_secrets(
    admin: Administrator, command: tuple[str, str], setting: str, value: str, told: str
) -> None:
    found = admin.fails(*command, **{setting: value})
    assert found.startswith(told)
    assert "hemligt" not in found


@pytest.mark.parametrize("command", [("db", "upgrade"), ("site", "list")])
def test_a_data_folder_that_cannot_be_is_named(tmp_path: Path, command: tuple[str, str]) -> None:
    (tmp_path / "file").write_text("")
    admin = Administrator(tmp_path / "file" / "var")
    assert admin.fails(*command).startswith(f"The data folder {admin.data} cannot be made: ")


@pytest.mark.parametrize("command", [("db", "upgrade"), ("site", "list")])
def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path, command: tuple[str, str]) -> None:
    (tmp_path / "review.db").write_bytes(b"no database" * 400)
    result = Administrator(tmp_path).run(*command)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("review-app: The database cannot be opened: file is not a database. ")
    assert (tmp_path / "review.db").read_bytes() == b"no database" * 400


@pytest.fixture
def small(tmp_path: Path) -> Administrator:
    """An administrator of one small machine, whose database is a file."""
    admin = Administrator(tmp_path / "var")
    admin.does("site", "add", "alvby", "--name", "Älvby", "--url", "https://www.alvby.example/", "--language", "en")
    return admin


def test_a_backup_is_put_back_and_what_was_there_is_kept(small: Administrator, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    assert small.does("db", "backup", copy) == f"Backed up to {copy}.\n"
    before = small.does("site", "list")
    small.does("site", "add", "norrby", "--name", "Norrby", "--url", "https://www.norrby.example/",
               "--language", "en")  # fmt: skip
    told = small.does("db", "restore", copy)
    (kept,) = small.data.glob("review.db.before-*")
    assert told == f"Restored. What was there until now is in {kept}.\n"
    assert small.does("site", "list") == before
    small.does("db", "restore", kept)
    assert "norrby" in small.does("site", "list")


def test_a_folder_of_backups_keeps_the_newest(small: Administrator, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    (folder / "review-20260101T000000.db").write_bytes(b"")
    small.does("db", "backup", folder, "--keep", "1")
    (copy,) = folder.iterdir()
    assert copy.stat().st_size > 0


def test_what_cannot_be_backed_up_or_restored_is_told(small: Administrator, tmp_path: Path) -> None:
    assert "is no database of this program" in small.fails("db", "restore", tmp_path / "nothing.db")
    assert "cannot be written" in small.fails("db", "backup", tmp_path / "no" / "where.db")
    copy = tmp_path / "copy.db"
    small.does("db", "backup", copy)
    set_revision(Administrator(tmp_path, f"sqlite:///{copy}"), "9999")
    assert small.fails("db", "restore", copy).startswith("The database was made by a newer version of the program.")
    url = "postgresql+psycopg://anna:hemligt@127.0.0.1:1/x"
    assert "pg_dump -Fc" in small.fails("db", "backup", copy, DATABASE_URL=url)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_explains_itself(admin: Administrator, name: str) -> None:
    told = admin.does(name, "--help")
    assert told.startswith(f"Usage: main {name}")
    assert "\n\n  " in told  # a sentence on what it does
