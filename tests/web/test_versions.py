"""The page of approved versions, and the one that says how a page comes to be published."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import Backend
from tests.web.conftest import Browser
from tests.web.library import BOOKS, LOAN, RULES, Library, open_library


@pytest.fixture
def library(backend: Backend, tmp_path: Path) -> Iterator[Library]:
    with open_library(backend, tmp_path) as found:
        found.save(BOOKS, "You may borrow 20 books at a time.")
        found.save(RULES, "The rules were adopted by the council on 23 June 2014.")
        yield found


@pytest.fixture
def bo(library: Library) -> Browser:
    return library.browser("bo")


def approve(library: Library, bo: Browser) -> int:
    submission = library.submit()
    bo.post(f"/submissions/{submission}/approve", {"basis": "reads", "publish": "1"})
    return submission


def test_bo_compares_two_versions_and_goes_back(library: Library, bo: Browser) -> None:
    at = f"{library.path}/versions"
    assert "Nothing is approved yet" in bo.get(at).text
    first = approve(library, bo)
    library.save(LOAN, "Loans are for a month.")
    second = approve(library, bo)
    compared = bo.get(f"{at}?show={first}&against={second}").text
    assert "<del>" in compared
    assert "1 text differs." in compared
    assert "Publish this version" in compared
    assert "Publish this version" not in bo.get(f"{at}?show={second}").text, "it is public"
    assert bo.post(f"{at}/{first}/publish").location == f"{at}?told=rolled_back"
    assert "Publish this version" in bo.get(f"{at}?show={second}").text
    assert "Approved versions" in bo.get(f"/sites/{library.town.slug}/pages/{library.page.page_id}").text


def test_anna_looks_and_may_not_publish(library: Library, bo: Browser) -> None:
    first = approve(library, bo)
    anna, at = library.browser("anna"), f"{library.path}/versions"
    page = anna.get(f"{at}?show={first}&against=nonsense").text
    assert "You may borrow 20 books at a time." in page
    assert "Publish this version" not in page
    assert anna.post(f"{at}/{first}/publish").status_code == 403
    assert bo.post(f"{at}/999/publish").status_code == 404


def test_the_bench_says_what_an_edit_took_out_of_the_approval(library: Library, bo: Browser) -> None:
    approve(library, bo)
    library.save(LOAN, "Loans are for a month.")
    page = library.browser("anna").get(library.path).text
    assert "1 sentence is another than the one approved" in page
    assert "Readers see what was approved until a newer version is published." in page


def test_the_program_shows_who_may_do_what(bo: Browser) -> None:
    page = bo.get("/help/states").text
    assert "approve a part" in page
    assert "approver, administrator" in " ".join(page.split())
