"""The town's library page in English, for tests of the bench and the desk."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from werkzeug.test import TestResponse

from review_app.app import create_app
from review_app.db import Database
from review_app.publishing.service import with_publications
from review_app.review import decisions, service
from review_app.review.states import PageState
from review_app.review.views import SegmentRow
from review_app.settings import Settings
from review_app.web.context import Installation
from tests.builders import PASSWORD, BuiltPage, Town, build_page, build_town
from tests.databases import Backend, make_tables
from tests.web.conftest import Browser, RecordingJobs

HTMX = {"HX_Request": "true", "HX_Request_Type": "partial"}
BOOKS = "Du får låna 20"
RULES = "Reglerna antogs"
LOAN = "Lånetiden"


@dataclass(frozen=True)
class Library:
    """The town's library page in English, and shorthands into it."""

    app: Flask
    database: Database
    jobs: RecordingJobs
    town: Town
    page: BuiltPage

    @property
    def path(self) -> str:
        return f"/sites/{self.town.slug}/pages/{self.page.page_id}/en"

    def segment(self, beginning: str, verb: str = "") -> str:
        return f"{self.path}/segments/{self.page.key(beginning)}{verb}"

    def browser(self, name: str) -> Browser:
        browser = Browser(self.app)
        browser.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
        browser.post("/sign-in", {"email": f"{name}@{self.town.slug}.example", "password": PASSWORD})
        return browser

    def row(self, beginning: str) -> SegmentRow:
        with self.database.reading() as session:
            return service.row(session, self.town.anna, self.page.page_id, "en", self.page.key(beginning))

    def state(self) -> PageState:
        with self.database.reading() as session:
            head = service.bench(session, self.town.anna, self.page.page_id, "en").head
            return with_publications(session, [head])[0].state

    def save(self, beginning: str, text: str, by: str = "anna") -> None:
        with self.database.writing() as session:
            row = service.row(session, self.town.people[by], self.page.page_id, "en", self.page.key(beginning))
            service.save(
                session, self.town.people[by], self.page.page_id, "en", row.key, text=text, based_on=row.revision
            )

    def submit(self) -> int:
        with self.database.writing() as session:
            return decisions.submit(session, self.town.anna, self.page.page_id, "en")


@contextmanager
def open_library(backend: Backend, folder: Path) -> Iterator[Library]:
    """Open a town with one page, and a second town that is noise."""
    kept = backend.keep(build_library)
    with backend.database(kept) as database:
        settings = Settings(_env_file=None, data_dir=folder, database_url=database.url, log_level="ERROR")
        jobs = RecordingJobs()
        yield Library(create_app(settings, Installation(settings, database, jobs)), database, jobs, *kept.made)


def build_library(database: Database) -> tuple[Town, BuiltPage]:
    """Build both towns, and the page."""
    make_tables(database)
    with database.writing() as session:
        town = build_town(session)
        build_town(session, slug="noise")
        return town, build_page(session, town.site_id)


def form(based_on: int = 1, **values: object) -> dict[str, object]:
    """Return what a card's form sends with a save."""
    return {"based_on": based_on, "show": "all", "q": "", **values}


def box(answer: TestResponse) -> str:
    """Return what stands in the open card's text box."""
    found = re.search(r"<textarea id=\"t-.*?>\n(.*?)</textarea>", answer.text, re.DOTALL)
    assert found, answer.text
    return found[1]


def opened(library: Library, answer: TestResponse) -> str:
    """Return the source of the segment whose card is open."""
    found = re.search(r'id="s-(\w+)" class="card"', answer.text)
    assert found, answer.text
    return next(segment.source for segment in library.page.segments if segment.key == found[1])
