"""The desk, where Bo says yes or no to what Anna submitted."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from review_app.review.states import PageState
from tests.builders import PASSWORD
from tests.databases import Backend
from tests.web.conftest import Browser
from tests.web.library import BOOKS, Library, open_library


@pytest.fixture
def library(backend: Backend, tmp_path: Path) -> Iterator[Library]:
    with open_library(backend, tmp_path) as found:
        yield found


@pytest.fixture
def anna(library: Library) -> Browser:
    return library.browser("anna")


@pytest.fixture
def bo(library: Library) -> Browser:
    return library.browser("bo")


def test_anna_submits_and_bo_approves_and_publishes(library: Library, anna: Browser, bo: Browser) -> None:
    library.save(BOOKS, "You may borrow 20 books at a time.")
    desk = anna.post(f"{library.path}/submit").location
    assert desk
    assert library.state() is PageState.SUBMITTED
    assert "Biblioteket" in bo.get("/approvals").text
    page = bo.get(desk).text
    assert "What does your approval stand on?" in page
    assert "checked" not in page.split('name="basis"', 1)[1].split("</fieldset>")[0]
    answer = bo.post(f"{desk}/approve", {"basis": "reads", "comment": "", "publish": "1"})
    assert answer.location == desk
    assert library.state() is PageState.PUBLISHED
    assert "Bo approved it, as someone who reads the language." in bo.get(desk).text


def test_an_approval_says_what_it_stands_on(library: Library, bo: Browser) -> None:
    desk = f"/submissions/{library.submit()}"
    answer = bo.post(f"{desk}/approve", {"comment": "Fine with me"})
    assert answer.status_code == 422
    assert "Say what your approval stands on" in answer.text
    assert "Fine with me" in answer.text
    assert library.state() is PageState.SUBMITTED


def test_approving_alone_offers_to_publish_and_to_withdraw(library: Library, bo: Browser) -> None:
    desk = f"/submissions/{library.submit()}"
    bo.post(f"{desk}/approve", {"basis": "vouches", "publish": "0"})
    assert library.state() is PageState.APPROVED
    assert f"{desk}/publish" in bo.get(desk).text
    bo.post(f"{desk}/publish")
    assert library.state() is PageState.PUBLISHED
    assert f"{desk}/withdraw" in bo.get(desk).text
    bo.post(f"{desk}/withdraw")
    assert library.state() is PageState.APPROVED


def test_sending_back_needs_a_comment_that_anna_then_sees(library: Library, anna: Browser, bo: Browser) -> None:
    desk = f"/submissions/{library.submit()}"
    assert bo.post(f"{desk}/return", {"comment": " "}).status_code == 422
    bo.post(f"{desk}/return", {"comment": "We say recycling centre."})
    assert library.state() is PageState.RETURNED
    assert "We say recycling centre." in anna.get(library.path).text


def test_anna_may_not_approve(library: Library, anna: Browser) -> None:
    desk = f"/submissions/{library.submit()}"
    page = anna.get(desk).text
    assert "Only an approver of the site can approve or return a page." in page
    assert 'name="basis"' not in page
    assert anna.post(f"{desk}/approve", {"basis": "reads"}).status_code == 403
    assert library.state() is PageState.SUBMITTED


def test_a_stranger_finds_nothing(library: Library) -> None:
    desk = f"/submissions/{library.submit()}"
    stranger = Browser(library.app)
    stranger.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    stranger.post("/sign-in", {"email": "bo@noise.example", "password": PASSWORD})
    assert stranger.get(desk).status_code == 404
    assert "Nothing waits for your word" in stranger.get("/approvals").text


def test_shows_what_changed_since_the_last_approval(library: Library, bo: Browser) -> None:
    bo.post(f"/submissions/{library.submit()}/approve", {"basis": "reads"})
    library.save(BOOKS, "You may borrow 20 books at a time.")
    page = bo.get(f"/submissions/{library.submit()}").text
    assert "1 text changed" in page
    assert re.search(r"<del>.*30.*</del><ins>.*20.*</ins>", page)


def test_a_page_changed_after_it_was_submitted_cannot_be_approved(library: Library, bo: Browser) -> None:
    desk = f"/submissions/{library.submit()}"
    library.save(BOOKS, "You may borrow 20 books at a time.")
    assert "The page was changed after it was submitted." in bo.get(desk).text
    assert bo.post(f"{desk}/approve", {"basis": "reads"}).status_code == 409
