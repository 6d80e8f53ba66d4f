"""Carin publishes how good the machine is, and takes open data; readers find the one and researchers get the other."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import Backend
from tests.web.library import Library, open_library
from tests.web.test_public import reader

STATEMENT = "/-/accuracy/alvby/en"
DESK = "/sites/alvby/statement/en"
PAGE = "/alvby/en/bibliotek"


@pytest.fixture
def library(backend: Backend, tmp_path: Path) -> Iterator[Library]:
    with open_library(backend, tmp_path) as found:
        yield found


def test_it_is_published_found_and_withdrawn(library: Library) -> None:
    public, carin = reader(library), library.browser("carin")
    assert public.get(STATEMENT).status_code == 404
    assert "How good is the translation?" not in public.get(PAGE).text
    page = carin.get(DESK).text
    assert "It is not public." in page
    assert "That is too few to say how good it is: 30 are needed." in page
    assert carin.post(f"{DESK}/publish").status_code == 303
    shown = public.get(STATEMENT)
    assert shown.headers["Cache-Control"].startswith("public")
    assert [part.split('"')[0] for part in shown.text.split('<section lang="')[1:]] == ["en", "sv"]
    assert "Så görs översättningen, och så bra är den" in shown.text
    assert f'href="{STATEMENT}"' in public.get(PAGE).text
    assert "It is public since" in carin.get(DESK).text
    assert carin.post(f"{DESK}/withdraw").status_code == 303
    assert public.get(STATEMENT).status_code == 404
    assert STATEMENT not in public.get(PAGE).text


def test_a_reader_of_arabic_gets_it_in_arabic_first(library: Library) -> None:
    public, carin = reader(library), library.browser("carin")
    carin.post("/sites/alvby/statement/ar/publish")
    shown = public.get("/-/accuracy/alvby/ar").text
    assert '<section lang="ar" dir="rtl">' in shown
    assert [part.split('"')[0] for part in shown.split('<section lang="')[1:]] == ["ar", "sv", "en"]
    assert "STATEMENT" not in public.get(PAGE).text


def test_only_an_administrator_gets_there(library: Library) -> None:
    for name in ("anna", "bo"):
        assert library.browser(name).get(DESK).status_code == 403
        assert library.browser(name).post(f"{DESK}/publish").status_code == 403
    assert library.browser("carin").get("/sites/alvby/statement/de").status_code == 404


def test_open_data_is_an_administrator_s_to_take(library: Library) -> None:
    reader(library)
    address = "/sites/alvby/open-data/en"
    carin = library.browser("carin")
    assert "There is nothing to give out yet" in carin.get(address).text
    given = carin.post(address, {"licence": "CC BY 4.0"})
    assert given.content_type == "application/zip"
    refused = carin.post(address, {"licence": " "})
    assert refused.status_code == 422
    assert "Name the licence" in refused.text
    assert library.browser("bo").get(address).status_code == 403
