"""Giving pages to people in the browser: on the page's own page, and by the beginning of addresses."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import Backend
from tests.web.library import Library, open_library

LIST = "/sites/alvby/assignments"


@pytest.fixture
def library(sqlite: Backend, tmp_path: Path) -> Iterator[Library]:
    with open_library(sqlite, tmp_path) as opened:
        yield opened


def test_carin_gives_a_page_and_everybody_sees_with_whom_it_is(library: Library) -> None:
    carin, anna = library.browser("carin"), library.browser("anna")
    given = carin.post(f"{library.path}/assign", {"person": library.town.anna.person_id, "due": "2026-11-20"})
    assert given.status_code == 303
    for path in ("/sites/alvby/pages", f"/sites/alvby/pages/{library.page.page_id}", LIST, library.path, "/"):
        text = anna.get(path).text
        assert "was due" in text, path
    assert "Anna" in carin.get(LIST).text


def test_what_is_with_somebody_else_is_not_in_ones_day(library: Library) -> None:
    carin, anna = library.browser("carin"), library.browser("anna")
    begin = "Begin with Biblioteket"
    assert begin in anna.get("/").text
    carin.post(f"{library.path}/assign", {"person": library.town.carin.person_id, "due": "2999-01-01"})
    assert begin not in anna.get("/").text
    assert begin in carin.get("/").text
    assert "1 Jan 2999" in carin.get("/").text


def test_the_matrix_is_searched_by_who_has_the_page(library: Library) -> None:
    carin, anna = library.browser("carin"), library.browser("anna")
    where = f"/pages/{library.page.page_id}/en"
    assert where in anna.get("/sites/alvby/pages?who=nobody").text
    carin.post(f"{library.path}/assign", {"person": library.town.anna.person_id})
    assert where in anna.get("/sites/alvby/pages?who=me").text
    assert where not in carin.get("/sites/alvby/pages?who=me").text
    assert where in carin.get(f"/sites/alvby/pages?who={library.town.anna.person_id}").text


def test_anna_takes_a_page_and_gives_it_back(library: Library) -> None:
    anna, about = library.browser("anna"), f"/sites/alvby/pages/{library.page.page_id}"
    assert "/en/take" in anna.get(about).text
    assert "/en/assign" not in anna.get(about).text
    anna.post(f"{library.path}/take")
    assert "/en/give-back" in anna.get(about).text
    anna.post(f"{library.path}/give-back", {"next": "/account"})
    assert "/en/take" in anna.get(about).text


def test_pages_are_given_by_the_beginning_of_their_address_or_all_at_once(library: Library) -> None:
    carin, anna = library.browser("carin"), library.town.anna.person_id
    nowhere = carin.post(LIST, {"language": "en", "person": anna, "path": "/nowhere"})
    assert nowhere.status_code == 422
    assert "begins with nowhere" in nowhere.text
    assert 'value="nowhere"' not in nowhere.text
    carin.post(LIST, {"language": "en", "person": anna, "path": "/biblio"})
    carin.post(LIST, {"language": "ar", "person": anna, "path": ""})
    text = carin.get(LIST).text
    assert "bibliotek</a>" in text
    assert "all pages that nobody else has" in text


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"person": "nobody at all"}, "Choose a person"),
        ({"person": "99999999999999999999"}, "Choose a person"),
        ({"person": "1", "due": "tomorrow"}, "is no day"),
        ({"person": "1", "due": "0001-01-01"}, "is no day"),
    ],
)
def test_what_is_no_person_or_no_day_is_told_and_nothing_is_given(library: Library, form: dict, said: str) -> None:
    carin = library.browser("carin")
    answer = carin.post(LIST, {"language": "en", **form})
    assert answer.status_code == 422
    assert said in answer.text
    assert "No page is given to anybody" in carin.get(LIST).text
