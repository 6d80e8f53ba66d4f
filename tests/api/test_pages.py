"""The JSON API: what is public, in a form programs read, with keys, notice and caching; never anything else."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from review_app.api.openapi import document
from review_app.api.pages import key_of
from review_app.app import create_public_app
from review_app.publishing.pulling import pull_passage
from review_app.publishing.service import publish, withdraw
from tests.builders import say_yes
from tests.databases import Backend
from tests.web.library import LOAN, Library, open_library

PAGE = "/api/v1/sites/alvby/pages/bibliotek?lang=en"


@pytest.fixture
def library(backend: Backend, tmp_path: Path) -> Iterator[Library]:
    with open_library(backend, tmp_path) as found:
        yield found


@pytest.fixture
def reader(library: Library) -> FlaskClient:
    """A program that reads, when the library's page is public in English."""
    submission = library.submit()
    with library.database.writing() as session:
        say_yes(session, library.town, submission)
        publish(session, library.town.bo, library.page.page_id, "en")
    installation = library.app.extensions["review_app"]
    return create_public_app(installation.settings, installation).test_client()


def test_a_page_with_its_passages_and_notice(reader: FlaskClient) -> None:
    answer = reader.get(PAGE)
    page = answer.get_json()
    assert (page["title"], page["language"], page["direction"]) == ("The library", "en", "ltr")
    assert page["notice"].startswith("Translated from Swedish by machine")
    assert [language["tag"] for language in page["languages"]] == ["sv", "en"]
    (loan,) = [one for one in page["passages"] if one["source"].startswith(LOAN)]
    assert loan["key"] == key_of("  Lånetiden är\nfyra veckor. ")
    assert loan["text"] == "The loan period is four weeks."
    assert loan["text"] in page["html"]


def test_it_is_what_the_description_says(reader: FlaskClient) -> None:
    described = reader.get("/api/v1/openapi.json").get_json()
    assert described == json.loads(json.dumps(document("http://localhost/api/v1")))
    for address, path in (
        (PAGE, "/sites/{site}/pages/{path}"),
        ("/api/v1/sites/alvby/pages", "/sites/{site}/pages"),
        ("/api/v1/sites/alvby/embed/en/bibliotek", "/sites/{site}/embed/{language}/{address}"),
    ):
        schema = described["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        assert set(reader.get(address).get_json()) == set(schema["required"]) == set(schema["properties"])


def test_a_list_of_pages(reader: FlaskClient) -> None:
    found = reader.get("/api/v1/sites/alvby/pages?lang=en").get_json()
    assert found["pages"] == [{"path": "bibliotek", "title": "The library"}]
    assert reader.get("/api/v1/sites/alvby/pages?lang=ar").get_json()["pages"] == []


def test_pages_of_other_origins_may_read_and_nobody_may_write(reader: FlaskClient) -> None:
    answer = reader.get(PAGE, headers={"Origin": "https://www.alvby.example"})
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer.headers
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "Set-Cookie" not in answer.headers
    for method in (reader.post, reader.put, reader.delete):
        assert method(PAGE).status_code == 405


def test_what_has_not_changed_is_not_sent_again(library: Library, reader: FlaskClient) -> None:
    first = reader.get(PAGE)
    again = reader.get(PAGE, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    with library.database.writing() as session:
        pull_passage(session, library.town.bo, library.page.page_id, "en", library.page.key(LOAN))
    changed = reader.get(PAGE, headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200
    (loan,) = [one for one in changed.get_json()["passages"] if one["source"].startswith(LOAN)]
    assert (loan["kind"], loan["text"]) == ("source", "Lånetiden är fyra veckor.")


def test_a_withdrawn_page_is_gone_at_once(library: Library, reader: FlaskClient) -> None:
    with library.database.writing() as session:
        withdraw(session, library.town.bo, library.page.page_id, "en")
    answer = reader.get(PAGE)
    assert (answer.status_code, answer.get_json()) == (404, {"error": "This page is not published here."})


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/sites/nowhere/pages",
        "/api/v1/sites/alvby/pages/nothing?lang=en",
        "/api/v1/sites/alvby/pages/bibliotek?lang=ar",
        "/api/v1/sites/alvby/pages/bibliotek?lang=../../etc",
    ],
)
def test_what_is_not_public_is_told_as_json(reader: FlaskClient, address: str) -> None:
    answer = reader.get(address)
    assert answer.status_code == 404
    assert set(answer.get_json()) == {"error"}
