"""What watches the machines asks both apps, without signing in."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from review_app.app import create_app, create_public_app
from review_app.migrations.service import Readiness
from review_app.settings import Settings
from review_app.web.context import Installation
from tests.databases import Backend, migrate
from tests.web.conftest import RecordingJobs


@pytest.fixture(params=[create_app, create_public_app], ids=["staff", "public"])
def app(request: pytest.FixtureRequest, backend: Backend, tmp_path: Path) -> Iterator[Flask]:
    with backend.database(backend.keep(migrate)) as database:
        settings = Settings(data_dir=tmp_path, database_url=database.url, log_level="ERROR")
        yield request.param(settings, Installation(settings, database, RecordingJobs()))


def asked(app: Flask, path: str) -> tuple[int, str]:
    answer = app.test_client().get(path)
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.status_code, answer.text.strip()


def test_a_process_with_a_database_of_its_schema_is_ready(app: Flask) -> None:
    assert asked(app, "/healthz") == asked(app, "/readyz") == (200, "ok")


def test_with_an_older_schema_it_is_alive_but_not_ready(app: Flask) -> None:
    with app.extensions["review_app"].database.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    assert asked(app, "/healthz") == (200, "ok")
    assert asked(app, "/readyz") == (503, Readiness.OTHER_SCHEMA)


def test_without_a_database_it_is_alive_but_not_ready(tmp_path) -> None:
    gone = Settings(data_dir=tmp_path, database_url=f"sqlite:///{tmp_path}/nowhere/review.db", log_level="ERROR")
    app = create_public_app(gone)
    assert asked(app, "/healthz") == (200, "ok")
    assert asked(app, "/readyz") == (503, Readiness.UNREACHABLE)


def test_a_monitor_waits_for_nobody_who_writes(app: Flask) -> None:
    with app.extensions["review_app"].database.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = version_num"))
        assert asked(app, "/readyz") == (200, "ok")
