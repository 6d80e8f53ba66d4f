"""The vendored htmx does, under our content security policy, what the bench relies on."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PageLog
from tests.browser.tiny_site import Answer, tiny_site

HTMX = Path(__file__).resolve().parents[2] / "review_app/web/static/vendor/htmx-4.0.1.min.js"
CONFIG = '{"includeIndicatorCSS": false, "history": "reload", "extensions": "none"}'

FORM = """
<form id="editor" action="/plain" method="post" hx-post="{action}" hx-target="#editor" hx-swap="outerMorph">
  <p id="told">{told}</p>
  <label for="text">Text</label><textarea id="text" name="text">draft</textarea>
  <button type="submit" id="save">Save</button>
  <a id="next" href="/next" hx-get="/next" hx-target="#editor" hx-push-url="true">Next</a>
</form>
"""


def page_of(form: str) -> str:
    return f"""<!doctype html><html lang="en"><title>Editor</title>
<meta name="htmx-config" content='{CONFIG}'><script src="/htmx.js" defer></script>
<body hx-headers:inherited='{{"X-CSRFToken": "secret"}}'>{form}<div id="poll" hx-get="/poll" hx-trigger="load"></div>"""


def saved(headers: Mapping[str, str]) -> str:
    return FORM.format(action="/save", told=f"saved {headers.get('X-CSRFToken')} {headers.get('HX-Request-Type')}")


SITE = {
    "/": Answer(page_of(FORM.format(action="/save", told="nothing yet"))),
    "/second": Answer(page_of(FORM.format(action="/conflict", told="nothing yet"))),
    "/save": Answer(saved),
    "/conflict": Answer(FORM.format(action="/conflict", told="someone else saved"), status=409),
    "/next": Answer(lambda headers: "<p>fragment</p>" if "HX-Request" in headers else page_of("<p>whole page</p>")),
    "/poll": Answer("done"),
    "/htmx.js": Answer(HTMX.read_text("utf-8"), kind="text/javascript"),
}


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with tiny_site(SITE) as address:
        yield address


def test_saving_keeps_focus_caret_and_what_was_typed(page: Page, site: str) -> None:
    page.goto(site)
    text = page.locator("#text")
    text.fill("what Anna typed")
    text.evaluate("area => area.setSelectionRange(4, 4)")
    page.evaluate("document.querySelector('#editor').requestSubmit()")
    expect(page.locator("#told")).to_have_text("saved secret partial")
    expect(text).to_be_focused()
    expect(text).to_have_value("what Anna typed")
    assert text.evaluate("area => area.selectionStart") == 4


def test_a_refused_save_is_shown_and_leaves_the_text(page: Page, page_log: PageLog, site: str) -> None:
    page_log.expect("409")
    page.goto(f"{site}/second")
    page.locator("#text").fill("what Bo typed")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#told")).to_have_text("someone else saved")
    expect(page.locator("#save")).to_be_focused()


def test_back_loads_the_page_anew(page: Page, site: str) -> None:
    page.goto(site)
    page.locator("#next").click()
    expect(page.get_by_text("fragment")).to_be_visible()
    assert page.url == f"{site}/next"
    page.go_back()
    expect(page.locator("#text")).to_be_visible()
    assert page.url == f"{site}/"


def test_a_fragment_that_loads_itself(page: Page, site: str) -> None:
    page.goto(site)
    expect(page.locator("#poll")).to_have_text("done")


def test_what_is_typed_survives_a_refused_save(page: Page, page_log: PageLog, site: str) -> None:
    page_log.expect("409")
    page.goto(f"{site}/second")
    text = page.locator("#text")
    text.fill("what Bo typed")
    page.evaluate("document.querySelector('#editor').requestSubmit()")
    expect(page.locator("#told")).to_have_text("someone else saved")
    expect(text).to_have_value("what Bo typed")
