"""An installation with two sites and four people, and a browser that remembers its form token."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from review_app.accounts.permissions import COMMAND_LINE, Role
from review_app.accounts.service import add_person, grant
from review_app.app import create_app
from review_app.db import Database
from review_app.settings import Settings
from review_app.sites.policy import LanguagePolicy
from review_app.sites.service import add_site, set_language
from review_app.web.context import Installation
from tests.databases import Backend, make_tables

PASSWORD = "ett långt lösenord"


def main_of(page: str) -> str:
    """Return what is in view; a dialog that asks something later stands after it."""
    return page.partition("<main")[2].partition("</main>")[0]


@dataclass
class RecordingJobs:
    """Takes jobs and runs none."""

    sent: list[str] = field(default_factory=list)

    def send(self, job_id: str, *, urgent: bool = False) -> None:
        self.sent.append(job_id)


@dataclass(frozen=True)
class House:
    """What the tests know of the installation: ids by name."""

    installation: Installation
    site: int
    other_site: int
    people: dict[str, int]

    @property
    def jobs(self) -> RecordingJobs:
        assert isinstance(self.installation.jobs, RecordingJobs)
        return self.installation.jobs


class Browser:
    """A person's browser: fetches a form token when it needs one, as a page would carry it."""

    def __init__(self, app: Flask) -> None:
        self.client = app.test_client()

    def get(self, path: str, **headers: str) -> TestResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.get(path, headers=named, buffered=True)

    def post(self, path: str, form: dict[str, object] | None = None, **headers: str) -> TestResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.post(path, data={"csrf_token": self.token(), **(form or {})}, headers=named)

    def token(self) -> str:
        page = self.client.get("/sign-in", follow_redirects=True).text
        found = re.search(r'name="csrf_token" value="([^"]+)"', page)
        assert found, page
        return found[1]

    def sign_in(self, name: str, password: str = PASSWORD, next: str = "/") -> TestResponse:  # noqa: A002
        return self.post("/sign-in", {"email": f"{name}@example.se", "password": password, "next": next})


@pytest.fixture
def settings(tmp_path: Path, backend: Backend) -> Iterator[Settings]:
    with backend.url(backend.keep(build_sites)) as url:
        yield Settings(_env_file=None, data_dir=tmp_path, database_url=url, log_level="ERROR")


def build_sites(database: Database) -> tuple[int, int, dict[str, int]]:
    """Build two sites and their people."""
    make_tables(database)
    with database.writing() as session:
        site = add_site(session, slug="alvby", name="Älvby kommun", base_url="https://www.alvby.example/")
        noise = add_site(session, slug="noise", name="En annan kommun", base_url="https://noise.example/")
        for language in ("en", "ar"):
            set_language(session, site, language, LanguagePolicy.MACHINE_AFTER_REVIEW)
        people = {}
        for name, at, role in (
            ("anna", site, Role.TRANSLATOR),
            ("bo", site, Role.APPROVER),
            ("carin", site, Role.ADMINISTRATOR),
            ("disa", noise, Role.ADMINISTRATOR),
        ):
            people[name] = add_person(
                session, COMMAND_LINE, email=f"{name}@example.se", name=name.title(), password=PASSWORD
            )
            grant(session, COMMAND_LINE, person_id=people[name], site_id=at, role=role)
    return site, noise, people


@pytest.fixture
def house(settings: Settings, backend: Backend) -> Iterator[House]:
    """Anna translates, Bo approves, Carin administers; Disa belongs to another site and is a stranger here."""
    site, noise, people = backend.keep(build_sites).made
    database = Database(settings.sqlalchemy_url)
    yield House(Installation(settings, database, RecordingJobs()), site, noise, dict(people))
    database.dispose()


@pytest.fixture
def app(house: House) -> Flask:
    return create_app(house.installation.settings, house.installation)


@pytest.fixture
def browser(app: Flask) -> Browser:
    return Browser(app)


@pytest.fixture
def anna(browser: Browser) -> Browser:
    browser.sign_in("anna")
    return browser


@pytest.fixture
def bo(app: Flask) -> Browser:
    browser = Browser(app)
    browser.sign_in("bo")
    return browser


@pytest.fixture
def carin(app: Flask) -> Browser:
    browser = Browser(app)
    browser.sign_in("carin")
    return browser


@pytest.fixture
def disa(app: Flask) -> Browser:
    browser = Browser(app)
    browser.sign_in("disa")
    return browser
