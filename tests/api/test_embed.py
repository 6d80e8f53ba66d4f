"""What the script on the customer's own page is served: itself, and the texts of the page it stands in."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from review_app.app import create_public_app
from review_app.pages.service import find_page
from review_app.pages.tables import Page
from review_app.publishing.service import publish, withdraw
from tests.builders import say_yes
from tests.databases import Backend
from tests.web.library import LOAN, Library, open_library

EMBED = "/api/v1/sites/alvby/embed"


@pytest.fixture
def library(backend: Backend, tmp_path: Path) -> Iterator[Library]:
    with open_library(backend, tmp_path) as found:
        yield found


@pytest.fixture
def reader(library: Library) -> FlaskClient:
    submission = library.submit()
    with library.database.writing() as session:
        say_yes(session, library.town, submission)
        publish(session, library.town.bo, library.page.page_id, "en")
    installation = library.app.extensions["review_app"]
    return create_public_app(installation.settings, installation).test_client()


def test_the_script_is_small_and_may_be_used_from_anywhere(reader: FlaskClient) -> None:
    answer = reader.get("/embed.js")
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert len(gzip.compress(answer.data, 9)) < 8 * 1024
    assert reader.get("/embed.js", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_the_texts_of_a_page(reader: FlaskClient) -> None:
    answer = reader.get(f"{EMBED}/en/bibliotek.html")
    page = answer.get_json()
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert (page["path"], page["language"], page["direction"], page["source"]) == ("bibliotek", "en", "ltr", "sv")
    assert [one["tag"] for one in page["languages"]] == ["sv", "en"]
    assert page["notice"].startswith("Translated from Swedish by machine")
    assert page["report"] == "http://localhost/-/report/alvby/en/bibliotek"
    (loan,) = [block for block in page["blocks"] if block["key"].startswith(LOAN)]
    assert loan["parts"] == ["The loan period is four weeks."]


def test_the_swedish_page_is_told_its_languages(reader: FlaskClient) -> None:
    page = reader.get(f"{EMBED}/source/bibliotek").get_json()
    assert (page["language"], page["blocks"], page["notice"]) == (None, None, None)
    assert [one["tag"] for one in page["languages"]] == ["sv", "en"]


def test_a_page_is_found_however_its_address_is_written(library: Library, reader: FlaskClient) -> None:
    with library.database.writing() as session:
        page = session.get_one(Page, library.page.page_id)
        page.path = "f%C3%B6rskola/k%C3%B6"
        assert find_page(session, page.site_id, page.path)
    for address in ("förskola/kö", "f%C3%B6rskola/k%C3%B6", "förskola/kö/"):
        assert reader.get(f"{EMBED}/source/{address}").get_json()["languages"], address


@pytest.mark.parametrize("address", ["annat", "..%2f..%2fetc", "a" * 3_000])
def test_a_page_that_is_not_public_is_no_error_and_not_worth_keeping(reader: FlaskClient, address: str) -> None:
    answer = reader.get(f"{EMBED}/en/{address}")
    assert (answer.status_code, answer.get_json()["languages"]) == (200, [])
    assert "public" not in answer.headers["Cache-Control"]


def test_what_no_database_can_look_up_is_refused(reader: FlaskClient) -> None:
    assert reader.get(f"{EMBED}/en/bibliotek%00").status_code == 400


def test_what_is_withdrawn_is_gone_at_once(library: Library, reader: FlaskClient) -> None:
    assert reader.get(f"{EMBED}/en/bibliotek").get_json()["blocks"]
    with library.database.writing() as session:
        withdraw(session, library.town.bo, library.page.page_id, "en")
    assert reader.get(f"{EMBED}/en/bibliotek").get_json()["languages"] == []


def test_a_site_that_is_not_here_is_an_error(reader: FlaskClient) -> None:
    assert reader.get("/api/v1/sites/nowhere/embed/en/bibliotek").status_code == 404
