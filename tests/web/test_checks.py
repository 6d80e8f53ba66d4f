"""The page that explains the checks, and the notes on the Swedish of a page."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from review_app.accounts.permissions import COMMAND_LINE
from review_app.checks import CHECKS
from review_app.segments.service import import_page
from tests.databases import Backend
from tests.web.library import Library, open_library


@pytest.fixture
def library(backend: Backend, tmp_path: Path) -> Iterator[Library]:
    with open_library(backend, tmp_path) as found:
        yield found


def test_a_translator_reads_what_every_check_looks_for(library: Library) -> None:
    page = library.browser("anna").get("/sites/alvby/checks").text
    for name in CHECKS:
        assert f'id="{name}"' in page
    assert "Wrong where one side asks politely" in page
    assert "<mark" in page
    assert "for readers to see: &amp;quot;, &lt;b&gt;." in page  # no docstring is markup


def test_a_stranger_reads_nothing(library: Library) -> None:
    assert library.browser("nobody").get("/sites/alvby/checks").status_code in {302, 303, 404}


def test_the_page_tells_what_its_swedish_should_be_asked(library: Library) -> None:
    with library.database.writing() as session:
        done = import_page(
            session,
            COMMAND_LINE,
            library.town.site_id,
            body="<html lang=sv><body><p>Det är unikt i för just oss.</p><p>Vi bor här.</p>".encode(),
            path="/unikt.html",
            origin="unikt.html",
        )
    page = library.browser("anna").get(f"/sites/alvby/pages/{done.page_id}").text
    assert "The Swedish text itself" in page
    assert "A word is missing or left over at “i för”." in page
    assert page.count("Show passage") == 1
