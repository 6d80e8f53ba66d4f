"""Anna cuts a sentence and takes it back, and looks words up, by keyboard, on a phone, and without scripts."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NARROW, WIDE
from tests.browser.served_demo import Demo

Pages = Callable[..., Page]


def open_sentence(demo: Demo, page: Page, words: str) -> None:
    """Open a sentence of the page about building permits, in English."""
    page.goto(f"{demo.staff}/sites/overkalix/queue?language=en&q={words}")
    page.locator("#queue a[href*='segment=']").first.click()
    page.wait_for_selector(".card textarea[data-saved]")


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_sentence_is_cut_by_keyboard_and_taken_back(demo: Demo, new_page: Pages, axe, width: int) -> None:
    page = demo.sign_in(new_page(width=width), "anna")
    open_sentence(demo, page, "bygglov")
    source = page.locator(".card .source").inner_text()
    page.locator(".card textarea[data-saved]").focus()
    page.keyboard.press("Alt+x")
    words = page.get_by_role("group", name="Which word does the second sentence begin with?")
    expect(words).to_be_visible()
    assert axe(page) == []
    words.get_by_role("radio").first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="The sentence is cut in two.")).to_be_visible()
    half = page.locator(".card .source").inner_text()
    assert source.startswith(half)
    assert len(half) < len(source)
    expect(page.locator(".card .offer").first).to_contain_text("Before the cut")
    assert axe(page) == []
    with page.expect_response("**/check"):
        page.locator(".card .offer [data-use]").first.click()
    expect(page.locator(".card textarea[data-saved]")).not_to_have_value("")
    page.locator("[data-undo]").click()
    expect(page.get_by_role("status").filter(has_text="Taken back.")).to_be_visible()
    expect(page.locator(".card .source")).to_have_text(source)


def test_what_is_typed_is_not_left_behind_by_a_cut(demo: Demo, new_page: Pages, page_log) -> None:
    page_log.expect("422")
    page = demo.sign_in(new_page(), "anna")
    open_sentence(demo, page, "bygglov")
    page.locator(".card textarea[data-saved]").fill("Something of my own")
    page.keyboard.press("Alt+x")
    page.get_by_role("radio").first.check(force=True)
    page.get_by_role("button", name="Cut the sentence in two").click()
    expect(page.locator(".card .panel [role=alert]")).to_contain_text("You have changed the text.")
    expect(page.locator(".card textarea[data-saved]")).to_have_value("Something of my own")


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_word_is_looked_up_and_escape_gives_the_focus_back(demo: Demo, new_page: Pages, axe, width: int) -> None:
    page = demo.sign_in(new_page(width=width), "anna")
    open_sentence(demo, page, "bygglov")
    page.locator(".card .source").evaluate(
        """source => {
            const text = document.createTreeWalker(source, NodeFilter.SHOW_TEXT);
            while (text.nextNode()) {
                const at = text.currentNode.textContent.toLowerCase().indexOf("bygglov");
                if (at < 0) continue;
                getSelection().collapse(text.currentNode, at + 2);
                document.activeElement.blur();
                break;
            }
        }"""
    )
    page.keyboard.press("Alt+w")
    panel = page.get_by_role("region", name="Look up a word")
    expect(panel.locator(".found strong")).to_contain_text("ygglov")
    expect(panel.get_by_role("list", name="Learned from translations")).to_contain_text("building")
    assert axe(page) == []
    page.locator(".card textarea[data-saved]").focus()
    page.keyboard.press("Alt+w")
    panel.locator(".of-words a").first.click()
    expect(panel.locator(".of-words a[aria-current]")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    expect(page.locator(".card")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator(".card")).to_have_count(0)


def test_panels_of_a_sentence_with_a_link_and_short_words(demo: Demo, new_page: Pages, axe) -> None:
    page = demo.sign_in(new_page(), "anna")
    demo.open_page(page, "forskoleko", "ar")
    key = page.locator(".row", has_text="Logga in i").get_attribute("data-key")
    page.goto(page.url.split("?")[0] + f"?segment={key}")
    page.locator(".card textarea[data-saved]").press("Alt+w")
    expect(page.locator(".of-words a", has_text="i").first).to_be_visible()
    assert axe(page) == []
    page.keyboard.press("Alt+x")
    words = page.get_by_role("group", name="Which word does the second sentence begin with?")
    expect(words.get_by_role("radio", name="med")).to_have_count(1)
    assert axe(page) == []


def test_without_scripts_each_panel_is_a_page(demo: Demo, new_page: Pages) -> None:
    page = demo.sign_in(new_page(java_script_enabled=False), "anna")
    open_sentence(demo, page, "bygglov")
    page.get_by_role("link", name="Look up a word").click()
    page.locator(".of-words a").first.click()
    expect(page.locator(".found strong")).to_be_visible()
    page.get_by_role("link", name="Back to the sentence").click()
    page.get_by_role("link", name="Cut or join").click()
    page.get_by_role("radio").first.check(force=True)
    page.get_by_role("button", name="Cut the sentence in two").click()
    expect(page.get_by_text("The sentence is cut in two.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Taken back.")).to_be_visible()
