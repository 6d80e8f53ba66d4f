"""Public pages from memory: the same answer, and never one that has been withdrawn or changed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy.event import listen
from sqlalchemy.exc import OperationalError

from review_app.accounts.administration import change_facts
from review_app.app import create_public_app
from review_app.db import Database
from review_app.publishing.pulling import pull_passage
from review_app.publishing.service import publish, withdraw
from review_app.review import service
from review_app.sites.service import SiteFacts
from tests.builders import say_yes
from tests.databases import Backend
from tests.web.library import LOAN, Library, open_library

PAGE = "/alvby/en/bibliotek"


@pytest.fixture
def library(backend: Backend, tmp_path: Path) -> Iterator[Library]:
    with open_library(backend, tmp_path) as found:
        submission = found.submit()
        with found.database.writing() as session:
            say_yes(session, found.town, submission)
            publish(session, found.town.bo, found.page.page_id, "en")
        yield found


@pytest.fixture
def made(library: Library) -> tuple[FlaskClient, list[str]]:
    """A reader, and the list of the pages that had to be made for them."""
    installation = library.app.extensions["review_app"]
    app = create_public_app(installation.settings, installation)
    pages: list[str] = []
    inner = app.wsgi_app._app  # type: ignore[attr-defined]

    def counting(environ, start_response):
        pages.append(environ["PATH_INFO"])
        return inner(environ, start_response)

    app.wsgi_app._app = counting  # type: ignore[attr-defined]
    return app.test_client(), pages


def test_a_page_is_made_once(made) -> None:
    reader, pages = made
    first, again = reader.get(PAGE), reader.get(PAGE)
    assert (again.status_code, again.data) == (200, first.data)
    assert {name: again.headers.get(name) for name in ("ETag", "Content-Type", "Cache-Control")} == {
        name: first.headers.get(name) for name in ("ETag", "Content-Type", "Cache-Control")
    }
    assert again.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"]
    assert pages == [PAGE]


def test_what_a_browser_has_is_not_sent_again(made) -> None:
    reader, pages = made
    etag = reader.get(PAGE).headers["ETag"]
    answer = reader.get(PAGE, headers={"If-None-Match": etag})
    assert (answer.status_code, answer.data) == (304, b"")
    assert reader.get(PAGE, headers={"If-None-Match": '"other"'}).status_code == 200
    assert pages == [PAGE]


def test_work_on_a_draft_costs_no_page(made, library: Library) -> None:
    reader, pages = made
    reader.get(PAGE)
    with library.database.writing() as session:
        key = library.page.key(LOAN)
        row = service.row(session, library.town.anna, library.page.page_id, "en", key)
        service.save(
            session, library.town.anna, library.page.page_id, "en", key, text="Four weeks.", based_on=row.revision
        )
    assert "The loan period" in reader.get(PAGE).text
    assert pages == [PAGE]


def test_a_withdrawn_page_is_gone_with_the_next_request(made, library: Library) -> None:
    reader, _ = made
    assert reader.get(PAGE).status_code == 200
    with library.database.writing() as session:
        withdraw(session, library.town.bo, library.page.page_id, "en")
    assert reader.get(PAGE).status_code == 404
    with library.database.writing() as session:
        publish(session, library.town.bo, library.page.page_id, "en")
    assert reader.get(PAGE).status_code == 200


def test_a_pulled_passage_is_gone_with_the_next_request(made, library: Library) -> None:
    reader, _ = made
    assert "The loan period" in reader.get(PAGE).text
    with library.database.writing() as session:
        pull_passage(session, library.town.bo, library.page.page_id, "en", library.page.key(LOAN))
    assert "The loan period" not in reader.get(PAGE).text


def test_who_answers_for_the_translation_may_change(made, library: Library) -> None:
    reader, _ = made
    reader.get(PAGE)
    facts = SiteFacts("Älvby kommun", "https://www.alvby.example/", "Språkenheten", "sprak@alvby.example", False)
    with library.database.writing() as session:
        change_facts(session, library.town.carin, library.town.site_id, facts)
    assert "Språkenheten" in reader.get(PAGE).text


def test_addresses_that_differ_are_different_pages(made) -> None:
    reader, pages = made
    reader.get(PAGE)
    reader.get(PAGE, base_url="https://other.example")
    reader.get("/alvby/sv/bibliotek")
    reader.get(f"{PAGE}?x=1")
    reader.head(PAGE)
    assert len(pages) == 5


def test_pages_that_are_not_there_are_not_kept(made) -> None:
    reader, pages = made
    for _ in range(2):
        assert reader.get("/alvby/en/ingenting").status_code == 404
    assert len(pages) == 2


def test_a_page_from_memory_costs_one_look(made, library: Library) -> None:
    reader, _ = made
    reader.get(PAGE)
    reader.get(PAGE)
    asked: list[str] = []
    listen(library.database.engine, "before_cursor_execute", lambda _c, _u, said, *_rest: asked.append(said))
    reader.get(PAGE)
    assert len(asked) <= 1  # SQLite is asked beside the pool


def test_while_the_database_is_away_readers_are_told(made, library: Library, monkeypatch) -> None:
    reader, _ = made
    reader.get(PAGE)

    def away(*_given: object) -> object:
        raise OperationalError("SELECT", {}, Exception("the server closed the connection"))

    with monkeypatch.context() as patch:
        patch.setattr(Database, "changes", away)
        patch.setattr(Database, "reading", away)
        assert reader.get(PAGE).status_code == 503
    assert reader.get(PAGE).status_code == 200
