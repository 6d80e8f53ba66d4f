"""Olle from an agency has the same bench as Anna, in his job, and nothing around it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from review_app.accounts.permissions import COMMAND_LINE, Role
from review_app.accounts.service import add_person, grant
from review_app.cli.demo import PASSWORD
from review_app.commissions.service import give_commission
from review_app.db import Database
from review_app.pages.service import pages_of
from review_app.sites.service import all_sites
from tests.browser.conftest import NARROW, WIDE
from tests.browser.served_demo import Demo

Pages = Callable[..., Page]


@pytest.fixture
def job(demo: Demo, tmp_path: Path) -> str:
    """Give Olle the page about building permits, in English; returns its address."""
    database = Database(f"sqlite:///{tmp_path / 'demo' / 'review.db'}")
    with database.writing() as session:
        site = next(site for site in all_sites(session) if site.slug == "overkalix")
        page = next(page for page in pages_of(session, site.id) if page.path.endswith("bygglov"))
        olle = add_person(session, COMMAND_LINE, email="olle@example.se", name="Olle", password=PASSWORD)
        grant(session, COMMAND_LINE, person_id=olle, site_id=site.id, role=Role.OUTSIDE)
        number = give_commission(
            session,
            COMMAND_LINE,
            site.id,
            person_id=olle,
            language="en",
            name="Bygglov",
            page_ids=[page.id],
        )
    database.dispose()
    return f"{demo.staff}/commissions/{number}/pages/{page.id}"


def sign_in(demo: Demo, page: Page) -> Page:
    """Sign Olle in: he starts at his jobs."""
    page.goto(f"{demo.staff}/sign-in")
    page.fill("input[name=email]", "olle@example.se")
    page.fill("input[name=password]", PASSWORD)
    page.get_by_role("main").get_by_role("button").click()
    page.wait_for_url("**/commissions")
    return page


@pytest.mark.parametrize(("width", "locale"), [(WIDE, "en-GB"), (NARROW, "sv-SE")])
def test_olle_goes_from_his_jobs_to_the_bench(
    demo: Demo, job: str, new_page: Pages, axe, sideways_scroll, width: int, locale: str
) -> None:
    olle = sign_in(demo, new_page(width=width, locale=locale))
    olle.get_by_role("link", name="Bygglov").click()
    olle.locator("main tbody a").first.click()
    olle.wait_for_selector(".card textarea[data-saved]")
    assert olle.url.split("?")[0].split("#")[0] == job
    expect(olle.locator(".card details.help")).to_be_visible()
    assert axe(olle) == []
    assert sideways_scroll(olle) == 0
    expect(olle.get_by_role("navigation", name="Main menu" if locale == "en-GB" else "Huvudmeny")).to_have_text(
        "Your jobs" if locale == "en-GB" else "Dina uppdrag"
    )


def test_olle_corrects_by_keys_undoes_comments_and_submits(demo: Demo, job: str, new_page: Pages) -> None:
    olle = sign_in(demo, new_page())
    olle.goto(job)
    first = olle.locator("li.card").get_attribute("data-key")
    olle.keyboard.press("Alt+ArrowDown")
    card = olle.locator(f"li.card[data-flagged]:not([data-key='{first}'])")
    expect(card.locator("textarea[data-saved]")).to_be_focused()
    key = card.get_attribute("data-key")
    before = card.locator("textarea[data-saved]").input_value()
    card.locator("textarea[data-saved]").fill("A text of his own.")
    olle.keyboard.press("Control+Enter")
    expect(olle.locator(f"#s-{key}.row .target")).to_have_text("A text of his own.")
    expect(olle.locator(".card textarea[data-saved]")).to_be_focused()
    olle.keyboard.press("Alt+z")
    expect(olle.locator(f"#s-{key}.card textarea[data-saved]")).to_have_value(before)
    olle.keyboard.press("Alt+c")
    olle.keyboard.type("Which fee is meant?")
    olle.keyboard.press("Control+Enter")
    expect(olle.locator(f"#s-{key} .talk .words")).to_have_text("Which fee is meant?")
    olle.keyboard.press("Alt+w")
    expect(olle.get_by_role("region", name="Look up a word")).to_be_visible()
    olle.keyboard.press("Escape")
    olle.locator(f"#s-{key} textarea[data-saved]").fill("A draft that waits.")
    olle.reload()
    olle.goto(f"{job}?segment={key}")
    expect(olle.locator(f"#s-{key} textarea[data-saved]")).to_have_value("A draft that waits.")
    olle.get_by_role("button", name="Submit for approval").click()
    expect(olle.get_by_role("status").filter(has_text="submitted for approval")).to_be_visible()


def test_olle_and_anna_on_one_sentence_lose_nothing(demo: Demo, job: str, new_page: Pages, page_log) -> None:
    page_log.expect("409")
    olle, anna = sign_in(demo, new_page()), demo.sign_in(new_page(), "anna")
    olle.goto(job)
    key = olle.locator("li.card").get_attribute("data-key")
    demo.open_page(anna, "bygglov")
    anna.goto(f"{anna.url.split('?')[0]}?segment={key}")
    anna.locator(f"#s-{key} textarea[data-saved]").fill("What Anna wrote.")
    anna.keyboard.press("Control+Enter")
    expect(anna.locator(f"#s-{key}.row .target")).to_have_text("What Anna wrote.")
    olle.locator("li.card textarea[data-saved]").fill("What Olle wrote.")
    olle.keyboard.press("Control+Enter")
    conflict = olle.locator(f"#s-{key} .conflict")
    expect(conflict).to_contain_text("saved another text while you were writing.")
    expect(conflict).to_contain_text("What Anna wrote.")
    expect(conflict).not_to_contain_text("Anna saved")
    expect(olle.locator(f"#s-{key} textarea[data-saved]")).to_have_value("What Olle wrote.")
    olle.keyboard.press("Control+Enter")
    expect(olle.locator(f"#s-{key}.row .target")).to_have_text("What Olle wrote.")
