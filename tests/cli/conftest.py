"""An administrator with an installation that has the site ``alvby``, in English and Arabic."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.administrator import Administrator


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return the database file of an installation with one site: making it takes longer than copying it."""
    admin = Administrator(tmp_path_factory.mktemp("installed"))
    admin.does("site", "add", "alvby", "--name", "Älvby kommun", "--url", "https://www.alvby.example/",
               "--language", "en", "--language", "ar", "--engine", "gloss")  # fmt: skip
    with closing(sqlite3.connect(admin.data / "review.db")) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return (admin.data / "review.db").read_bytes()


@pytest.fixture
def admin(tmp_path: Path, installed: bytes) -> Administrator:
    data = tmp_path / "var"
    data.mkdir()
    (data / "review.db").write_bytes(installed)
    return Administrator(data)
