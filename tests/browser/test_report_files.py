"""Anna downloads a report and opens it from her disk: it asks nobody for anything."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.served_demo import Demo


@pytest.mark.parametrize(("locale", "question"), [("sv-SE", "Hur bra är"), ("en-GB", "How good is")])
def test_a_report_opens_from_disk(
    still_demo: Demo,
    new_page: Callable[..., Page],
    axe: Callable[[Page], list[str]],
    sideways_scroll: Callable[[Page], int],
    tmp_path: Path,
    width: int,
    locale: str,
    question: str,
) -> None:
    page = still_demo.sign_in(new_page(width=width, locale=locale), "anna")
    page.goto(f"{still_demo.staff}/sites/overkalix/reports?language=en")
    with page.expect_download() as coming:
        page.locator(".downloads a[href*='/reports.html']").click()
    file = tmp_path / coming.value.suggested_filename
    coming.value.save_as(file)
    alone = new_page(width=width, locale=locale)
    asked: list[str] = []
    alone.on("request", lambda request: asked.append(request.url))
    alone.goto(file.as_uri())
    assert asked == [file.as_uri()]
    assert alone.locator("section#overview h2").first.inner_text().startswith(question)
    assert alone.locator("svg[role=img]").count() >= 4
    assert axe(alone) == []
    assert sideways_scroll(alone) == 0
    alone.locator("nav a[href='#engines']").click()
    assert alone.url == f"{file.as_uri()}#engines"


def test_on_paper_a_chart_has_its_table_and_nothing_is_left_to_click(still_demo, new_page) -> None:
    page = still_demo.sign_in(new_page(), "carin")
    page.goto(f"{still_demo.staff}/sites/overkalix/reports?language=en")
    table = page.locator("figure + .figures table")
    expect(table).to_be_hidden()
    expect(page.get_by_role("link", name="Open data")).to_be_visible()
    page.emulate_media(media="print")
    expect(table).to_be_visible()
    expect(page.locator(".downloads")).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.body).minBlockSize") == "0px", "else an empty sheet may follow"
