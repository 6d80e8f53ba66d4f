"""The public page: head, languages, direction, and what stays Swedish."""

from collections.abc import Iterator

import pytest
import turbohtml
from flask.testing import FlaskClient

from review_app.app import create_public_app
from review_app.publishing.service import publish
from review_app.review import decisions, service
from review_app.review.states import Basis
from review_app.settings import Settings
from tests.web.library import Library, open_library


@pytest.fixture
def library(settings: Settings) -> Iterator[Library]:
    with open_library(settings) as found:
        yield found


def reader(library: Library, language: str = "en") -> FlaskClient:
    with library.database.writing() as session:
        submission = decisions.submit(session, library.town.anna, library.page.page_id, language)
        decisions.approve(session, library.town.bo, submission, basis=Basis.READS)
        publish(session, library.town.bo, library.page.page_id, language)
    installation = library.app.extensions["review_app"]
    return create_public_app(installation.settings, installation).test_client()


def test_the_head_names_the_page_in_every_language(library: Library) -> None:
    page = turbohtml.parse(reader(library).get("/alvby/en/bibliotek").text)
    links = {
        (str(link.attr("rel")), link.attr("hreflang")): str(link.attr("href")) for link in page.select("link[href]")
    }
    assert links["canonical", None].endswith("/alvby/en/bibliotek")
    assert links["alternate", "en"].endswith("/alvby/en/bibliotek")
    assert links["alternate", "sv"].endswith("/alvby/sv/bibliotek")
    assert links["alternate", "x-default"].endswith("/alvby/sv/bibliotek")
    title = page.select_one("title")
    assert title is not None
    assert title.text == "The library – Älvby kommun"


def test_a_language_from_right_to_left_with_swedish_left_in_it(library: Library) -> None:
    town = library.town
    with library.database.writing() as session:
        key = library.page.key("Lånetiden")
        service.save(session, town.anna, library.page.page_id, "ar", key, text="مدة الإعارة أربعة أسابيع.", based_on=0)
    page = turbohtml.parse(reader(library, "ar").get("/alvby/ar/bibliotek").text)
    root = page.select_one("html")
    assert root is not None
    assert (root.attr("lang"), root.attr("dir")) == ("ar", "rtl")
    swedish = page.select(".passage-source")
    assert {(span.attr("lang"), span.attr("dir")) for span in swedish} == {("sv", "ltr")}
    assert "Låna böcker" in {span.text for span in swedish}


def test_the_picker_names_languages_in_themselves(library: Library) -> None:
    page = turbohtml.parse(reader(library).get("/alvby/en/bibliotek").text)
    picker = {
        str(link.attr("hreflang")): (link.attr("lang"), link.text.strip()) for link in page.select("nav a[hreflang]")
    }
    assert picker["sv"] == ("sv", "Svenska")
