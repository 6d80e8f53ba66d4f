"""What a browser says of editing time comes with a save: nobody else sees it, and no nonsense in it stops the save."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from review_app.accounts.administration import change_editing_time
from tests.databases import Backend
from tests.web.conftest import Browser
from tests.web.library import BOOKS, Library, open_library

MINE = "/account/editing-time"


@pytest.fixture
def library(backend: Backend, tmp_path: Path) -> Iterator[Library]:
    with open_library(backend, tmp_path) as opened:
        yield opened


@pytest.fixture
def timed(library: Library) -> Library:
    """The library's site, when it measures."""
    with library.database.writing() as session:
        change_editing_time(session, library.town.carin, library.town.site_id, 30)
    return library


def save(library: Library, browser: Browser, seconds: str, number: int = 1) -> int:
    at = f"/sites/alvby/pages/{library.page.page_id}/en/segments/{library.page.key(BOOKS)}/save"
    text = {"based_on": str(number), "text": f"You may borrow 20 books, {number}.", "seconds": seconds}
    return browser.post(at, text).status_code


def test_it_comes_with_a_save_and_is_ones_own(timed: Library) -> None:
    anna, carin = timed.browser("anna"), timed.browser("carin")
    assert save(timed, anna, "75") == 303
    assert "1 min" in anna.get(MINE).text
    assert "Nothing is counted yet" in carin.get(MINE).text
    assert anna.post(f"{MINE}/forget").location == f"{MINE}?told=forgotten"
    assert "Nothing is counted yet" in anna.get(MINE).text


@pytest.mark.parametrize("seconds", ["", "-5", "many", "1e9", "9" * 40, "٣"])
def test_what_is_no_number_is_not_counted_and_the_text_is_saved(timed: Library, seconds: str) -> None:
    anna = timed.browser("anna")
    assert save(timed, anna, seconds) == 303
    assert "Nothing is counted yet" in anna.get(MINE).text


def test_a_save_that_is_refused_counts_nothing(timed: Library) -> None:
    anna = timed.browser("anna")
    assert save(timed, anna, "75", number=0) == 409
    assert "Nothing is counted yet" in anna.get(MINE).text


def test_where_it_is_off_nothing_is_kept(library: Library) -> None:
    anna = library.browser("anna")
    assert save(library, anna, "75") == 303
    assert "None of your sites measures editing time." in anna.get(MINE).text
