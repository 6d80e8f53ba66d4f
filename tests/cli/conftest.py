"""An administrator with an installation that has the site ``alvby``, in English and Arabic."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from review_app.db import Database
from tests.cli.administrator import Administrator
from tests.databases import Backend


@pytest.fixture
def admin(backend: Backend, tmp_path: Path) -> Iterator[Administrator]:
    with backend.url(backend.keep(install)) as url:
        yield Administrator(tmp_path / "var", url)


def install(database: Database) -> None:
    """Make an installation with one site."""
    with TemporaryDirectory() as folder:
        admin = Administrator(Path(folder), database.url)
        admin.does("site", "add", "alvby", "--name", "Älvby kommun", "--url", "https://www.alvby.example/",
                   "--language", "en", "--language", "ar", "--engine", "gloss")  # fmt: skip
