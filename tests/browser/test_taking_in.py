"""Carin takes a website in: many pages at once, stopped and resumed, looked at again, pushed."""

import re
from collections.abc import Iterator
from threading import Event

import pytest
from playwright.sync_api import Page, expect

from tests.browser.tiny_site import Answer, tiny_site


def article(title: str, text: str, *links: str) -> Answer:
    items = "".join(f"<li><a href='{link}'>{link}</a></li>" for link in links)
    return Answer(f"<!doctype html><html lang=sv><title>{title}</title><h1>{title}</h1><p>{text}</p><ul>{items}</ul>")


@pytest.fixture
def website() -> Iterator[str]:
    pages = {
        "/": article("Start", "Välkommen till kommunen.", "/lov", "/avgift", "/blankett.pdf"),
        "/lov": article("Lov", "Sök bygglov här.", "/"),
        "/avgift": article("Avgift", "Det kostar 500 kronor."),
    }
    with tiny_site(pages) as address:
        yield address


def begin(demo, page: Page, addresses: str, depth: int) -> None:
    page.goto(f"{demo.staff}/sites/overkalix/import")
    page.fill("#f-addresses", addresses)
    page.fill("input[name=depth]", str(depth))
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url("**/crawls/*")


def test_a_website_by_its_links(demo, new_page, axe, sideways_scroll, width, website) -> None:
    page = demo.sign_in(new_page(width=width), "carin")
    begin(demo, page, website + "/\n" + website + "/nowhere", 1)
    expect(page.get_by_role("status")).to_have_text("Done", timeout=20_000)
    expect(page.locator("#crawl")).to_contain_text("/nowhere")
    assert axe(page) == []
    assert sideways_scroll(page) == 0
    page.get_by_role("link", name="To the pages").click()
    for title in ("Start", "Lov", "Avgift"):
        expect(page.locator("main")).to_contain_text(title)


def test_a_stopped_crawl_goes_on(demo, new_page, website) -> None:
    page = demo.sign_in(new_page(), "carin")
    slow = "\n".join(f"{website}/saknas/{number}" for number in range(300))
    begin(demo, page, slow, 0)
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("#crawl")).to_contain_text(re.compile(r"Stopped; \d+ addresses wait"), timeout=20_000)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("status")).to_have_text("Done", timeout=30_000)


def test_the_secret_for_pushes_is_shown_once(demo, new_page, axe) -> None:
    page = demo.sign_in(new_page(), "carin")
    page.goto(f"{demo.staff}/sites/overkalix")
    page.get_by_role("button", name="Let the publishing system push changes").click()
    expect(page.locator("main")).to_contain_text("Authorization: Bearer")
    assert axe(page) == []
    page.get_by_role("link", name="I have saved it").click()
    expect(page.locator("main")).not_to_contain_text("Bearer")


def test_words_for_readers_are_changed(demo, new_page) -> None:
    page = demo.sign_in(new_page(), "carin")
    page.goto(f"{demo.staff}/sites/overkalix")
    page.get_by_role("link", name=re.compile("Texts for readers.*English")).click()
    page.get_by_label("Something wrong? Tell us", exact=True).fill("Is this wrong? Write to us")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_label("Something wrong? Tell us", exact=True)).to_have_value("Is this wrong? Write to us")
    page.get_by_role("button", name="I read this language well").click()
    expect(page.locator("main")).to_contain_text("These words are confirmed.")
    reader = new_page()
    reader.goto(f"{demo.public}/overkalix/en/kommun/vision-strategi")
    expect(reader.locator(".notice")).to_contain_text("Is this wrong? Write to us")


def fetch(demo, page: Page, address: str) -> None:
    page.goto(f"{demo.staff}/sites/overkalix/import")
    page.fill("input[name=url]", address)
    page.get_by_role("button", name="Fetch").click()
    page.wait_for_url("**/jobs/*")


def test_a_job_is_called_off_and_asked_for_again(demo, new_page, page_log, axe) -> None:
    page_log.expect("422")  # the page of a job that failed
    gate, html = Event(), "<!doctype html><html lang=sv><title>Sen</title><h1>Sen</h1><p>Till slut.</p>"

    def late(_headers: object) -> str:
        gate.wait(20)
        return html

    page = demo.sign_in(new_page(), "carin")
    with tiny_site({"/sen": Answer(late)}) as website:
        fetch(demo, page, f"{website}/sen")
        page.get_by_role("button", name="Cancel").click()
        expect(page.get_by_role("status")).to_have_text("Cancelled")
        assert axe(page) == []
        gate.set()
        page.get_by_role("button", name="Go on").click()
        page.get_by_role("link", name="To the pages").click(timeout=20_000)
        expect(page.locator("main")).to_contain_text("Sen")
        fetch(demo, page, f"{website}/nowhere")
        expect(page.get_by_role("alert")).to_contain_text("404")
        page.get_by_role("button", name="Try again").click()
        expect(page.get_by_role("alert")).to_contain_text("404")
