"""The browser fixtures notice what they should: a test that cannot fail proves nothing."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import NARROW, PageLog
from tests.browser.tiny_site import Answer, tiny_site

PAGES = {
    "/fine": Answer('<!doctype html><html lang="en"><title>Fine</title><main><h1>Fine</h1><p>All is well.</p></main>'),
    "/inline": Answer('<!doctype html><html lang="en"><title>Inline</title><h1 style="color:red">x</h1>'),
    "/script": Answer('<!doctype html><html lang="en"><title>Script</title><script src="/script.js"></script>'),
    "/script.js": Answer("console.error('told'); throw new Error('thrown')", kind="text/javascript"),
    "/bare": Answer('<!doctype html><html><title>Bare</title><main><h1>x</h1><img src="/x.png"></main>'),
    "/broad": Answer('<!doctype html><html lang="en"><title>Broad</title><table width="900"><tr><td>x</table>'),
}


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with tiny_site(PAGES) as address:
        yield address


def test_a_sound_page_is_silent(page: Page, page_log: PageLog, axe: Callable[..., list[str]], site: str) -> None:
    page.goto(f"{site}/fine")
    assert axe(page) == []
    assert page_log.unexpected() == []


def test_a_breach_of_the_policy_is_noticed(page: Page, page_log: PageLog, site: str) -> None:
    page.goto(f"{site}/inline")
    assert any("Content Security Policy" in complaint for complaint in page_log.unexpected())
    page_log.expect("Content Security Policy")


def test_console_errors_and_exceptions_are_noticed(page: Page, page_log: PageLog, site: str) -> None:
    page.goto(f"{site}/script")
    noticed = " ".join(page_log.unexpected())
    assert "told" in noticed
    assert "thrown" in noticed
    page_log.expect("told|thrown")


def test_an_expected_status_is_allowed(page: Page, page_log: PageLog, site: str) -> None:
    page_log.expect("404")
    page.goto(f"{site}/nowhere")
    assert any("404" in complaint for complaint in page_log.complaints)


def test_axe_names_what_is_missing(page: Page, page_log: PageLog, axe: Callable[..., list[str]], site: str) -> None:
    page_log.expect("x.png")
    page.goto(f"{site}/bare")
    assert {violation.split(" ")[0] for violation in axe(page)} == {"html-has-lang", "image-alt"}


def test_a_page_wider_than_a_phone_is_noticed(
    narrow_page: Page, sideways_scroll: Callable[[Page], int], site: str
) -> None:
    narrow_page.goto(f"{site}/broad")
    assert narrow_page.viewport_size == {"width": NARROW, "height": 844}
    assert sideways_scroll(narrow_page) > 0
