"""Figures for Prometheus, for whoever has the token."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from review_app.app import create_app, create_public_app
from review_app.db import utc_now
from review_app.settings import Settings
from review_app.sites.service import add_site, site_by_id
from review_app.translations.budget import spend
from review_app.translations.gate import MOST_FAILURES, note_answer
from review_app.web.context import Installation
from tests.databases import Backend
from tests.web.conftest import House, RecordingJobs

TOKEN = "långt och hemligt".encode().hex()


@pytest.fixture(params=[create_app, create_public_app], ids=["staff", "public"])
def app(request: pytest.FixtureRequest, backend: Backend, tmp_path: Path) -> Iterator[Flask]:
    with backend.database() as database:
        settings = Settings(data_dir=tmp_path, database_url=database.url, log_level="ERROR", metrics_token=TOKEN)
        yield request.param(settings, Installation(settings, database, RecordingJobs()))


def figures(app: Flask) -> str:
    answer = app.test_client().get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200
    return answer.text


def test_requests_are_counted_by_route_and_kind_of_answer(app: Flask) -> None:
    for _ in range(3):
        app.test_client().get("/healthz")
    assert 'review_app_request_seconds_count{endpoint="health.alive",status="2xx"} 3.0' in figures(app)


def test_addresses_that_are_made_up_make_no_new_figures(app: Flask) -> None:
    for number in range(3):
        app.test_client().get(f"/nowhere/{number}/x/y/z")
    assert "/nowhere" not in figures(app)


def test_how_the_work_stands(app: Flask) -> None:
    with app.extensions["review_app"].database.writing() as session:
        site = site_by_id(session, add_site(session, slug="alvby", name="Älvby", base_url="https://alvby.example/"))
        spend(session, site, "deepl", 1234, utc_now())
        for _ in range(MOST_FAILURES):
            note_answer(session, "deepl", well=False, now=utc_now())
    found = figures(app)
    assert 'review_app_engine_characters{engine="deepl",site="alvby"} 1234.0' in found
    assert 'review_app_engine_closed{engine="deepl"} 1.0' in found
    assert 'review_app_jobs{state="waiting"} 0.0' in found


@pytest.mark.parametrize("header", [None, "Bearer", "Bearer wrong", f"Basic {TOKEN}", "Bearer å"])
def test_without_the_token_nothing_is_told(app: Flask, header: str | None) -> None:
    answer = app.test_client().get("/metrics", headers={"Authorization": header} if header else {})
    assert answer.status_code == 401
    assert "review_app" not in answer.text


@pytest.mark.parametrize("make", [create_app, create_public_app])
def test_without_a_token_set_there_is_no_such_page(make, house: House) -> None:
    answer = (
        make(house.installation.settings, house.installation)
        .test_client()
        .get("/metrics", headers={"Authorization": "Bearer "})
    )
    assert answer.status_code == 404
