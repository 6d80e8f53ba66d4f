"""A long page in the bench: a hundred sentences come at once, the rest in pieces, and no more is read than is shown."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from review_app.segments.service import Placed
from tests.builders import build_page
from tests.counting import counted
from tests.databases import Backend
from tests.web.conftest import Browser
from tests.web.library import HTMX, Library, open_library


@dataclass(frozen=True)
class Long:
    """A long page of the library's site."""

    page_id: int
    segments: tuple[Placed, ...]

    @property
    def bench(self) -> str:
        return f"/sites/alvby/pages/{self.page_id}/en"


def take_in(library: Library, count: int) -> Long:
    """Take a page of so many sentences in, as a machine translated them."""
    texts = [f"Sida {count}", *(f"Mening {n} av {count}." for n in range(2, count + 1))]
    body = "".join(f"<p>{escape(text)}</p>" for text in texts[1:])
    html = f"<html lang=sv><title>{texts[0]}</title><main>{body}</main></html>"
    with library.database.writing() as session:
        machine = {text: f"[{text}]" for text in texts}
        page = build_page(session, library.town.site_id, html=html, path=f"lang{count}", machine=machine, check=False)
    return Long(page.page_id, page.segments)


@pytest.fixture
def library(backend: Backend, tmp_path: Path) -> Iterator[Library]:
    with open_library(backend, tmp_path) as found:
        yield found


@pytest.fixture
def anna(library: Library) -> Browser:
    return library.browser("anna")


@pytest.fixture
def long_page(library: Library) -> Long:
    return take_in(library, 350)


def numbers(page: str) -> list[int]:
    """Return the numbers of the rows and cards of a page, or of a piece."""
    return [int(row or card) for row, card in re.findall(r'</span>(\d+)</a>|<strong class="tabular n">(\d+)', page)]


def waiting(page: str) -> list[str]:
    return re.findall(r'data-numbers="([^"]+)"', page)


def test_a_page_opens_with_a_hundred_rows_and_says_where_the_rest_is(long_page: Long, anna: Browser) -> None:
    page = anna.get(long_page.bench).text
    assert numbers(page) == list(range(1, 101))
    assert waiting(page) == ["101-200", "201-300", "301-350"]
    assert "0 of 350 read" in page


def test_an_open_sentence_brings_its_own_piece_of_the_list(long_page: Long, anna: Browser) -> None:
    key = long_page.segments[249].key
    page = anna.get(f"{long_page.bench}?segment={key}").text
    assert numbers(page) == list(range(201, 301))
    assert 'data-open="' + key in page


def test_a_piece_comes_by_its_numbers_in_their_order(long_page: Long, anna: Browser) -> None:
    piece = anna.get(f"{long_page.bench}/rows?sentences=301-303,7", **HTMX).text
    assert numbers(piece) == [301, 302, 303, 7]
    assert "<html" not in piece


def test_without_scripts_a_link_leads_to_each_piece(long_page: Long, anna: Browser) -> None:
    page = anna.get(long_page.bench).text
    (link,) = re.findall(r'href="([^"]+part=3[^"]*)"', page)
    assert numbers(anna.get(link.replace("&amp;", "&")).text) == list(range(201, 301))


def test_a_save_goes_on_past_the_piece_that_is_here(long_page: Long, anna: Browser) -> None:
    last, following = long_page.segments[99], long_page.segments[100]
    form = {"text": "Said by a person.", "based_on": "1", "next": "1", "show": "all", "q": "", "close": last.key}
    answer = anna.post(f"{long_page.bench}/segments/{last.key}/save", form, **HTMX).text
    assert f'data-open="{following.key}" data-number="101"' in answer


def test_the_next_flagged_sentence_is_found_wherever_it_stands(library: Library, anna: Browser) -> None:
    page = library.page
    flagged = anna.get(f"/sites/alvby/pages/{page.page_id}/en/flagged").json
    assert flagged == {"key": page.key("Du får låna"), "number": 6}
    back = anna.get(f"/sites/alvby/pages/{page.page_id}/en/flagged?back=1&segment={flagged['key']}").json
    assert back == {"key": page.key("Reglerna antogs"), "number": 8}


def test_a_piece_of_nonsense_is_empty(long_page: Long, anna: Browser) -> None:
    assert numbers(anna.get(f"{long_page.bench}/rows?sentences=0,-4,x,99999999", **HTMX).text) == []


@pytest.fixture
def rows_loaded() -> Iterator[list[int]]:
    """Count objects that sessions load."""
    loaded: list[int] = []

    def note(_target: object, _context: object) -> None:
        loaded.append(1)

    event.listen(Session, "loaded_as_persistent", note)
    yield loaded
    event.remove(Session, "loaded_as_persistent", note)


def test_opening_and_saving_ask_no_more_of_a_longer_page(
    library: Library, anna: Browser, rows_loaded: list[int]
) -> None:
    asked = []
    for count in (220, 440):
        page = take_in(library, count)
        anna.get(page.bench)  # what is worked out once is worked out now
        rows_loaded.clear()
        with counted(library.database) as opening:
            text = anna.get(page.bench).text
        loaded, first = len(rows_loaded), page.segments[0]
        with counted(library.database) as saving:
            form = {"text": f"Said by a person of {count}.", "based_on": "1", "next": "1"}
            anna.post(f"{page.bench}/segments/{first.key}/save", form, **HTMX)
        asked.append((len(opening), len(saving), loaded, len(numbers(text))))
    assert asked[0] == asked[1]
