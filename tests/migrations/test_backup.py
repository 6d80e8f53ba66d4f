"""An SQLite database is copied and put back, while it is used, whole or not at all."""

import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from alembic.util import CommandError
from sqlalchemy import text

from review_app.db import Database
from review_app.errors import BadFile, BadInput
from review_app.migrations.backup import back_up
from review_app.migrations.service import is_current, restore, upgrade
from review_app.sites.service import add_site, all_sites
from tests.migrations.test_migrations import step


class Installed:
    """An installation's database, in use: its connections stay open all through a test."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "review.db"
        self.url = f"sqlite:///{self.file}"
        upgrade(self.url)
        self.database = Database(self.url)

    def add(self, slug: str) -> None:
        with self.database.writing() as session:
            add_site(session, slug=slug, name=slug, base_url=f"https://{slug}.example/")

    def sites(self) -> list[str]:
        with self.database.reading() as session:
            return [site.slug for site in all_sites(session)]


@pytest.fixture
def installed(tmp_path: Path) -> Iterator[Installed]:
    (tmp_path / "data").mkdir()
    found = Installed(tmp_path / "data")
    found.add("alvby")
    yield found
    found.database.dispose()


def test_what_was_backed_up_is_there_again_and_what_was_there_is_kept(installed: Installed, tmp_path: Path) -> None:
    copy = back_up(installed.url, tmp_path / "copy.db")
    installed.add("norrby")
    assert installed.sites() == ["alvby", "norrby"]
    kept = restore(installed.url, copy)
    assert installed.sites() == ["alvby"], "a program that goes on sees it at once"
    installed.add("soderby")
    assert installed.sites() == ["alvby", "soderby"]
    assert kept is not None
    restore(installed.url, kept)
    assert installed.sites() == ["alvby", "norrby"]


def test_it_holds_what_is_still_in_the_log_beside_the_file(installed: Installed, tmp_path: Path) -> None:
    assert installed.file.with_name("review.db-wal").stat().st_size > 0
    copy = back_up(installed.url, tmp_path / "copy.db")
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["copy.db"], "one file is all there is to it"
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT slug FROM site").fetchall() == [("alvby",)]
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600


def test_it_is_made_and_restored_while_others_write(installed: Installed, tmp_path: Path) -> None:
    copy = back_up(installed.url, tmp_path / "copy.db")
    with installed.database.reading() as session:
        session.execute(text("SELECT 1"))
        restore(installed.url, copy)
    with installed.database.writing() as session:
        session.execute(text("UPDATE site SET name = 'begun'"))
        back_up(installed.url, copy)
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT name FROM site").fetchall() == [("alvby",)], "what is not stored is not in it"


def test_on_a_new_machine_there_is_nothing_to_keep(installed: Installed, tmp_path: Path) -> None:
    copy = back_up(installed.url, tmp_path / "copy.db")
    (tmp_path / "new").mkdir()
    url = f"sqlite:///{tmp_path / 'new' / 'review.db'}"
    assert restore(url, copy) is None
    assert is_current(url)


def test_a_backup_of_an_older_version_is_upgraded(installed: Installed, tmp_path: Path) -> None:
    copy = back_up(installed.url, tmp_path / "copy.db")
    older = tmp_path / "older"
    older.mkdir()
    step(f"sqlite:///{older / 'review.db'}", "0001")
    restore(installed.url, older / "review.db")
    assert is_current(installed.url)
    assert installed.sites() == []
    restore(installed.url, copy)
    assert installed.sites() == ["alvby"]


def test_one_of_a_newer_version_is_left_alone(installed: Installed, tmp_path: Path) -> None:
    copy = back_up(installed.url, tmp_path / "copy.db")
    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    installed.add("norrby")
    with pytest.raises(CommandError):
        restore(installed.url, copy)
    assert installed.sites() == ["alvby", "norrby"]


@pytest.mark.parametrize("spoilt", ["no database", "another database", "cut off", "overwritten", "not there"])
def test_what_is_no_whole_backup_changes_nothing(installed: Installed, tmp_path: Path, spoilt: str) -> None:
    copy = back_up(installed.url, tmp_path / "copy.db")
    whole = copy.read_bytes()
    if spoilt == "no database":
        copy.write_bytes(b"no database" * 400)
    elif spoilt == "another database":
        copy.unlink()
        with closing(sqlite3.connect(copy)) as connection, connection:
            connection.execute("CREATE TABLE keepsake (word TEXT)")
    elif spoilt == "cut off":
        copy.write_bytes(whole[: len(whole) // 2])
    elif spoilt == "overwritten":
        copy.write_bytes(whole[:8192] + b"\xff" * (len(whole) - 8192))
    else:
        copy.unlink()
    with pytest.raises(BadFile):
        restore(installed.url, copy)
    assert installed.sites() == ["alvby"]
    assert list(installed.file.parent.glob("*.before-*")) == []


def test_in_a_folder_the_newest_copies_stay(installed: Installed, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    for name in ("review-20260101T000000.db", "review-20260102T000000.db", "notes.db"):
        (folder / name).write_bytes(b"")
    new = back_up(installed.url, folder, keep=2)
    assert sorted(path.name for path in folder.iterdir()) == ["notes.db", "review-20260102T000000.db", new.name]


def test_a_copy_that_cannot_be_made_leaves_the_last_one(installed: Installed, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="cannot be written"):
        back_up(installed.url, tmp_path / "nowhere" / "copy.db")
    copy = back_up(installed.url, tmp_path / "copy.db")
    before = copy.read_bytes()
    installed.database.dispose()
    installed.file.write_bytes(b"no database" * 400)
    for beside in ("review.db-wal", "review.db-shm"):
        (installed.file.parent / beside).unlink(missing_ok=True)
    with pytest.raises(BadInput):
        back_up(installed.url, copy)
    assert copy.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["copy.db"]


@pytest.mark.parametrize("url", ["postgresql+psycopg://anna:hemligt@host/x", "sqlite://"])
def test_other_databases_have_tools_of_their_own(url: str, tmp_path: Path) -> None:
    for told in (lambda: back_up(url, tmp_path / "x"), lambda: restore(url, tmp_path / "x")):
        with pytest.raises(BadInput, match="pg_dump -Fc") as refused:
            told()
        assert "hemligt" not in str(refused.value)


def test_where_nothing_is_yet_nothing_is_backed_up(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no database at"):
        back_up(f"sqlite:///{tmp_path / 'review.db'}", tmp_path / "x")
