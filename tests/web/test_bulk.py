"""Doing one thing to many passages in the browser: from the queue to a preview, done, and undone."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import Backend
from tests.web.library import BOOKS, Library, open_library

QUEUE = "/sites/alvby/queue"


@pytest.fixture
def library(sqlite: Backend, tmp_path: Path) -> Iterator[Library]:
    with open_library(sqlite, tmp_path) as opened:
        yield opened


def test_anna_puts_certain_fixes_in_and_takes_them_back(library: Library) -> None:
    anna = library.browser("anna")
    assert f"{QUEUE}/fix?" in anna.get(f"{QUEUE}?language=en&kind=number").text
    assert f"{QUEUE}/fix?" not in anna.get(f"{QUEUE}?language=en").text, "no kind is chosen"
    assert f"{QUEUE}/fix?" not in library.browser("bo").get(f"{QUEUE}?language=en&kind=number").text
    address = f"{QUEUE}/fix?language=en&kind=number"
    page = anna.get(address).text
    places = re.findall(r'name="place" value="([^"]+)" checked', page)
    assert len(places) == 1
    assert "<ins>" in page
    nothing = anna.post(address)
    assert nothing.status_code == 422
    assert "Nothing is chosen" in nothing.text
    assert anna.post(address, {"place": "x"}).status_code == 422
    done = anna.post(address, {"place": places}).headers["Location"]
    assert library.row(BOOKS).text == "You may borrow 20 books at a time."
    assert "1 passage, by Anna" in anna.get(done).text
    again = anna.post(address, {"place": places})
    assert again.status_code == 409
    assert "There is nothing to do" in again.text
    anna.post(f"{done}/undo")
    assert library.row(BOOKS).text == "You may borrow 30 books at a time."
    assert "Undone by Anna" in anna.get(done).text


def test_anna_dismisses_false_alarms_together(library: Library) -> None:
    anna, address = library.browser("anna"), f"{QUEUE}/dismiss?language=en&kind=number"
    place = re.findall(r'name="place" value="([^"]+)"', anna.get(address).text)
    done = anna.post(address, {"place": place}).headers["Location"]
    assert library.row(BOOKS).open_flags == ()
    anna.post(f"{done}/undo")
    assert [flag.name for flag in library.row(BOOKS).open_flags] == ["number"]


def test_without_a_kind_one_is_to_be_chosen_and_an_unknown_one_is_in_no_passage(library: Library) -> None:
    anna = library.browser("anna")
    assert anna.get(f"{QUEUE}/fix?language=en").headers["Location"] == f"{QUEUE}?language=en"
    assert "There is nothing to do" in anna.get(f"{QUEUE}/fix?language=en&kind=nonsense").text
    assert anna.get(f"{QUEUE}/fix?language=de&kind=number").status_code == 404
