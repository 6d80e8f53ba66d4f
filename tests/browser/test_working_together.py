"""Carin gives a page to Anna, who hears of it; Anna searches the queue, puts certain fixes in, and takes them back."""

import re

from playwright.sync_api import expect

from tests.browser.served_demo import Demo


def test_carin_gives_a_page_and_anna_hears_of_it(demo: Demo, new_page) -> None:
    carin = demo.sign_in(new_page(), "carin")
    carin.goto(f"{demo.staff}/sites/overkalix/assignments")
    carin.get_by_label("Language", exact=True).select_option("en")
    carin.get_by_label("Person", exact=True).select_option(label="Anna Lindqvist")
    carin.get_by_label("Pages whose address begins with").fill("bygga-bo/bygglov")
    carin.get_by_role("button", name="Give", exact=True).click()
    expect(carin.get_by_role("row", name="bygga-bo/bygglov")).to_contain_text("Anna Lindqvist")

    anna = demo.sign_in(new_page(), "anna")
    expect(anna.locator("#given")).to_contain_text("Bygglov")
    notices = anna.get_by_role("link", name="Notices")
    expect(notices).to_contain_text("1")
    notices.click()
    expect(anna.get_by_role("listitem").filter(has_text="Carin Holm gave you")).to_be_visible()
    anna.get_by_role("button", name="Mark all as read").click()
    expect(anna.get_by_role("button", name="Mark all as read")).to_have_count(0)
    expect(anna.get_by_role("link", name="Notices")).to_have_text("Notices")
    anna.get_by_label("A page comes back to you").select_option("never")
    anna.locator("#mail").get_by_role("button", name="Save").click()
    expect(anna.get_by_label("A page comes back to you")).to_have_value("never")


def test_anna_searches_the_queue_as_she_types(demo: Demo, new_page) -> None:
    page = demo.sign_in(new_page(), "anna")
    page.goto(f"{demo.staff}/sites/overkalix/queue?language=en")
    search = page.get_by_label("Search source, translation and comments")
    search.press_sequentially("bygglov")
    expect(page.locator("#queue mark").first).to_have_text(re.compile("bygglov", re.IGNORECASE))
    expect(search).to_be_focused()
    expect(page).to_have_url(re.compile("q=bygglov"))
    search.fill("nowhere to be found")
    expect(page.get_by_role("heading", name="No passage matches")).to_be_visible()


def test_anna_puts_certain_fixes_in_and_takes_them_back(demo: Demo, new_page, axe) -> None:
    page = demo.sign_in(new_page(), "anna")
    for kind in ("number", "date", "date_time"):
        page.goto(f"{demo.staff}/sites/overkalix/queue/fix?language=en&kind={kind}")
        if page.get_by_role("checkbox").count():
            break
    assert axe(page) == []
    count = page.get_by_role("checkbox").count()
    page.get_by_role("button", name="Change what is ticked").click()
    expect(page.get_by_role("status").filter(has_text=f"{count} passage")).to_be_visible()
    assert axe(page) == []
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Undone by Anna Lindqvist")).to_be_visible()
