"""Anna judges a spot check and works by risk; Carin switches a check off. With and without JavaScript."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from review_app.accounts.permissions import COMMAND_LINE
from review_app.checks.tables import Flag
from review_app.db import Database
from review_app.pages.service import pages_of
from review_app.quality.tables import AuditDraw
from review_app.review import service
from review_app.sites.service import get_site
from tests.browser.served_demo import Demo

QUEUE = "/sites/overkalix/queue?language=en"
QUALITY = "/sites/overkalix/quality?language=en"


@pytest.fixture
def spot_check(demo: Demo, tmp_path: Path) -> int:
    """A machine text with a flag, on the page of building permits, that is drawn; returns its number."""
    database = Database(f"sqlite:///{tmp_path / 'demo' / 'review.db'}")
    with database.writing() as session:
        site = get_site(session, "overkalix")
        bench = next(
            service.bench(session, COMMAND_LINE, page.id, "en")
            for page in pages_of(session, site.id)
            if page.path.endswith("bygglov")
        )
        row = next(row for row in bench.rows if row.open_flags and not row.read)
        flag = session.get_one(Flag, row.open_flags[0].id)
        session.add(AuditDraw(revision_id=flag.revision_id, share=1, seed=0))
    database.dispose()
    return row.number


def open_spot_check(demo: Demo, page: Page, number: int) -> None:
    page.goto(demo.staff + QUEUE)
    links = page.locator("section:has(#spot-title) a.passage-link")
    for place in range(links.count()):
        links.nth(place).click()
        page.wait_for_url("**show=risk**")
        expect(page.locator(".card .spot")).to_contain_text("Judge the text first")
        if page.locator(".card .meta .n").inner_text() == str(number):
            return
        page.goto(demo.staff + QUEUE)
    raise AssertionError(f"sentence {number} is no spot check")


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
def test_flags_of_a_spot_check_appear_once_it_is_judged(
    demo: Demo, spot_check: int, new_page: Callable[..., Page], script: bool
) -> None:
    page = demo.sign_in(new_page(java_script_enabled=script), "anna")
    open_spot_check(demo, page, spot_check)
    expect(page.locator(".card .flag")).to_have_count(0)
    expect(page.locator(".card .risk")).to_have_count(0)
    key = page.locator(".card").get_attribute("data-key")
    page.get_by_role("button", name="Accept as it stands").click()
    expect(page.locator(f"#s-{key} .spot")).to_have_count(0)
    page.goto(f"{page.url.split('?')[0]}?segment={key}")
    expect(page.locator(".card .flag").first).to_be_visible()


def test_typing_into_a_spot_check_tells_nothing(demo: Demo, spot_check: int, new_page: Callable[..., Page]) -> None:
    page = demo.sign_in(new_page(), "anna")
    open_spot_check(demo, page, spot_check)
    with page.expect_response("**/check"):
        page.locator(".card textarea[name=text]").fill("Complete the the application 99.")
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
    page.locator("summary", has_text="Checks that have flagged nothing").click()
    row = page.locator(".checks tr").filter(has_text="Telephone number")
    row.get_by_role("button").click()
    expect(row).to_contain_text("switched off")
    row.get_by_role("button").click()
    expect(row).to_contain_text("switched on")
    page.goto(f"{demo.staff}/sites/overkalix/log")
    expect(page.locator("main")).to_contain_text("switched a check off")
