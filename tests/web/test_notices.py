"""The page of notices: what is unread is counted in the bar, and each notice leads to a page that is there."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import Backend
from tests.web.library import BOOKS, Library, open_library


@pytest.fixture
def library(sqlite: Backend, tmp_path: Path) -> Iterator[Library]:
    with open_library(sqlite, tmp_path) as opened:
        yield opened


def keys(page: str) -> list[str]:
    return re.findall(r'name="key" value="([^"]+)"', page)


def test_what_is_unread_is_counted_and_read_one_by_one_or_all(library: Library) -> None:
    anna, bo = library.browser("anna"), library.browser("bo")
    anna.post(f"{library.path}/submit")
    library.save(BOOKS, "You may borrow 20 books.")
    anna.post(f"{library.path}/submit")
    assert '<span class="count tabular">2<' in bo.get("/").text
    page = bo.get("/notices").text
    assert page.count("Anna submitted Biblioteket i Älvby, English, for approval</a>") == 2
    bo.post("/notices/read", {"key": keys(page)[0]})
    assert "1 unread" in bo.get("/notices").text
    bo.post("/notices/read")
    assert "Mark all as read" not in bo.get("/notices").text
    bo.post("/notices/unread", {"key": keys(page)[1]})
    assert "1 unread" in bo.get("/notices").text
    assert "Nothing has happened that concerns you" in anna.get("/notices").text


def test_every_notice_leads_somewhere_and_is_escaped(library: Library) -> None:
    carin, anna, bo = (library.browser(name) for name in ("carin", "anna", "bo"))
    library.save(BOOKS, "You may borrow 20 books.")
    for about in ("translation", "source"):
        bo.post(library.segment(BOOKS, "/comments"), {"comment": "<b>Twenty?</b>", "about": about})
    carin.post(f"{library.path}/assign", {"person": library.town.anna.person_id, "due": "2020-01-01"})
    carin.post("/sites/alvby/assignments", {"language": "ar", "person": library.town.anna.person_id})
    anna.post(f"{library.path}/submit")
    seen = 0
    for person in (carin, anna, bo):
        page = person.get("/notices").text
        assert "<b>" not in page
        for address in re.findall(r'<p>.*?<a href="([^"]+)">.*? <span class="small muted">', page):
            seen += 1
            assert person.get(address.replace("&amp;", "&").partition("#")[0]).status_code == 200, address
    assert seen == 5


def test_anna_chooses_how_she_is_told(library: Library) -> None:
    anna = library.browser("anna")
    assert "no mail server" in anna.get("/notices").text
    anna.post("/notices/mail", {"returned": "never", "due": "nonsense"})
    page = anna.get("/notices").text
    select = re.search(r'name="returned">(.*?)</select>', page, re.DOTALL)
    assert select is not None
    assert '<option value="never" selected>' in select[1]
