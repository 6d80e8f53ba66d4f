"""Anna judges a spot check and works by risk; Carin switches a check off. With and without JavaScript."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.served_demo import Demo

QUEUE = "/sites/overkalix/queue?language=en"
QUALITY = "/sites/overkalix/quality?language=en"


def open_spot_check(demo: Demo, page: Page) -> None:
    page.goto(demo.staff + QUEUE)
    page.locator("section:has(#spot-title) a.passage-link").first.click()
    page.wait_for_url("**show=risk**")
    expect(page.locator(".card .spot")).to_contain_text("Judge the text first")


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
def test_flags_of_a_spot_check_appear_once_it_is_judged(
    demo: Demo, new_page: Callable[..., Page], script: bool
) -> None:
    page = demo.sign_in(new_page(java_script_enabled=script), "anna")
    open_spot_check(demo, page)
    expect(page.locator(".card .flag")).to_have_count(0)
    expect(page.locator(".card .risk")).to_have_count(0)
    number = page.locator(".card .meta .n").inner_text()
    page.get_by_role("button", name="Accept as it stands").click()
    row = page.locator(f"#segments > li:has(.n:text-is('{number}'))")
    expect(page.locator(".card .spot")).to_have_count(0)
    page.goto(re.sub(r"show=risk", "show=all", page.url).split("?")[0] + f"?segment={row.get_attribute('data-key')}")
    expect(page.locator(".card .flag").first).to_contain_text("is missing")


def test_typing_into_a_spot_check_tells_nothing(demo: Demo, new_page: Callable[..., Page]) -> None:
    page = demo.sign_in(new_page(), "anna")
    open_spot_check(demo, page)
    with page.expect_response("**/check"):
        page.locator(".card textarea").fill("Complete the the application 99.")
    expect(page.locator("#live .flag")).to_have_count(0)


def test_anna_works_from_the_queue_by_risk(demo: Demo, new_page: Callable[..., Page]) -> None:
    page = demo.sign_in(new_page(), "anna")
    page.get_by_role("link", name="Passage by passage, riskiest first").click()
    shares = page.locator(".queue .risk").all_inner_texts()
    assert shares, "the demonstration shows a risk"
    assert all(re.search(r"risk of error, \d+%", share, re.IGNORECASE) for share in shares)
    page.locator("section:has(#risky-title) a.passage-link").first.click()
    expect(page.locator(".card .risk")).to_contain_text(shares[0].split("\n")[0].strip()[2:].strip()[-3:])


def test_carin_switches_a_check_off_and_its_flags_are_gone(demo: Demo, new_page: Callable[..., Page]) -> None:
    page = demo.sign_in(new_page(), "carin")
    page.goto(demo.staff + QUALITY)
    row = page.locator(".checks tr").filter(has_text="Telephone number")
    row.get_by_role("button").click()
    expect(row).to_contain_text("switched off")
    row.get_by_role("button").click()
    expect(row).to_contain_text("switched on")
    page.goto(f"{demo.staff}/sites/overkalix/log")
    expect(page.locator("main")).to_contain_text("switched a check off")
