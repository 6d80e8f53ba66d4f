"""A page of 5,000 sentences in the bench: what is scrolled, gone or searched to comes, the rest waits."""

from collections.abc import Callable
from html import escape
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from review_app.db import Database
from review_app.sites.service import get_site
from tests.browser.served_demo import Demo
from tests.builders import BuiltPage, build_page

COUNT = 5000


@pytest.fixture
def long_page(demo: Demo, tmp_path: Path) -> BuiltPage:
    """Take such a page into the demonstration's site, as a machine translated it."""
    texts = ["Lång sida", *(f"Mening {n} av många." for n in range(2, COUNT + 1))]
    body = "".join(f"<p>{escape(text)}</p>" for text in texts[1:])
    html = f"<html lang=sv><title>{texts[0]}</title><main>{body}</main></html>"
    database = Database(f"sqlite:///{tmp_path / 'demo' / 'review.db'}")
    with database.writing() as session:
        site = get_site(session, "overkalix")
        machine = {text: f"Sentence: {text}" for text in texts}
        page = build_page(session, site.id, html=html, path="lang", machine=machine, check=False)
    database.dispose()
    return page


def test_scrolling_going_saving_and_finding(
    demo: Demo, long_page: BuiltPage, new_page: Callable[..., Page], axe
) -> None:
    anna = demo.sign_in(new_page(), "anna")
    bench = f"{demo.staff}/sites/overkalix/pages/{long_page.page_id}/en"
    anna.goto(bench)
    expect(anna.locator("#segments > .waiting").first).to_be_attached()
    assert anna.locator("#segments > .row, #segments > .card").count() == 100
    assert axe(anna) == []

    # Scrolled to: the last piece of the list comes, and the scroll bar was honest about where it would be.
    anna.evaluate("document.scrollingElement.scrollTop = document.scrollingElement.scrollHeight")
    last = anna.locator("#segments > li[data-key]", has_text=f"Mening {COUNT} av många.")
    expect(last).to_be_attached()
    assert anna.locator("#segments > li[data-key]").count() < COUNT / 5

    # The card stays the one that was open; saved, the next opens, and the caret stands in it.
    anna.goto(f"{bench}?segment={long_page.segments[99].key}")
    box = anna.locator(".card textarea[data-saved]")
    expect(box).to_be_focused()
    box.fill("The hundredth sentence.")
    anna.keyboard.press("Control+Enter")
    expect(anna.locator(f"#s-{long_page.segments[99].key}.row .target")).to_have_text("The hundredth sentence.")
    expect(anna.locator(f"#s-{long_page.segments[100].key}.card textarea[data-saved]")).to_be_focused()

    # Gone to: a passage far down in the page opens its sentence, wherever that stands in the list.
    anna.goto(f"{bench}?segment={long_page.segments[3999].key}")
    expect(anna.locator(f"#s-{long_page.segments[3999].key}.card")).to_be_visible()
    page = anna.frame_locator("iframe.sheet")
    expect(page.locator(".passage.now")).to_have_text("Sentence: Mening 4000 av många.", timeout=20_000)
    with anna.expect_response("**/segments/*"):
        page.locator(f".passage[data-of='{long_page.segments[3996].key}']").click()
    expect(anna.locator(f"#s-{long_page.segments[3996].key}.card")).to_be_visible()

    # Found: the list is narrowed to what has the words, though that was in no piece that is here.
    anna.get_by_role("search", name="Narrow the list").get_by_label("Find").fill("Mening 2500 av")
    expect(anna.locator("#segments > li")).to_have_count(1)
    expect(anna.locator(f"#s-{long_page.segments[2499].key}")).to_be_visible()


def test_the_next_flagged_sentence_is_far_away(demo: Demo, long_page: BuiltPage, new_page: Callable[..., Page]) -> None:
    anna = demo.sign_in(new_page(), "anna")
    bench = f"{demo.staff}/sites/overkalix/pages/{long_page.page_id}/en"
    anna.goto(f"{bench}?segment={long_page.segments[4499].key}")
    box = anna.locator(".card textarea[data-saved]")
    box.fill("Sentence 4499 of many.")  # the wrong number: a check flags it when it is saved
    with anna.expect_response("**/save"):
        anna.keyboard.press("Control+Enter")
    anna.goto(f"{bench}?segment={long_page.segments[0].key}")
    expect(anna.locator(".card textarea[data-saved]")).to_be_focused()
    anna.keyboard.press("Alt+ArrowDown")
    expect(anna.locator(f"#s-{long_page.segments[4499].key}.card textarea[data-saved]")).to_be_focused()
