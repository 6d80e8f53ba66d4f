"""One text in several places: a translation of its own for one of them, by keys alone, and one text for all pages."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from review_app.db import Database
from review_app.sites.service import get_site
from tests.browser.conftest import NARROW, WIDE
from tests.browser.served_demo import Demo
from tests.browser.test_keyboard import press
from tests.builders import BuiltPage, build_page

MORE = "Läs mer"
HTML = """<html lang=sv><title>{0}</title><main>
<h2>Avgifter i {0}</h2><p>Läs mer</p><h2>Tider i {0}</h2><p>Läs mer</p></main></html>"""


@dataclass(frozen=True)
class Pages:
    """Two pages that say "Läs mer", one of them twice."""

    here: BuiltPage
    there: BuiltPage


@pytest.fixture
def pages(demo: Demo, tmp_path: Path) -> Pages:
    """Take both into the demonstration's site, as a machine translated them."""
    database = Database(f"sqlite:///{tmp_path / 'demo' / 'review.db'}")
    with database.writing() as session:
        site = get_site(session, "overkalix")
        built = [
            build_page(session, site.id, html=HTML.format(name), path=name.lower(), machine={MORE: "Read on"})
            for name in ("Badet", "Ishallen")
        ]
    database.dispose()
    return Pages(*built)


def open_more(demo: Demo, pages: Pages, page: Page) -> None:
    page.goto(f"{demo.staff}/sites/overkalix/pages/{pages.here.page_id}/en?segment={pages.here.key(MORE)}")
    expect(page.locator(".card .source")).to_have_text(MORE)


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_place_gets_its_own_translation_and_alt_z_takes_it_back(
    demo: Demo, pages: Pages, new_page: Callable[..., Page], axe, sideways_scroll, width: int
) -> None:
    anna = demo.sign_in(new_page(width=width), "anna")
    open_more(demo, pages, anna)
    press(anna, "Stands in 2 places")
    expect(anna.get_by_role("button", name="Own translation here (2)")).to_be_visible()
    assert axe(anna) == []
    assert sideways_scroll(anna) == 0
    press(anna, "Own translation here (2)")
    expect(anna.get_by_role("status").filter(has_text="This place has its own translation now.")).to_be_visible()
    expect(anna.get_by_role("link", name="Has its own translation")).to_be_visible()
    anna.keyboard.press("Alt+z")
    expect(anna.get_by_role("status").filter(has_text="Taken back.")).to_be_visible()
    expect(anna.get_by_role("link", name="Stands in 2 places")).to_be_visible()
    assert anna.locator("[data-undo]").count() == 0


def test_one_text_is_put_in_on_another_page_and_undone(
    demo: Demo, pages: Pages, new_page: Callable[..., Page], axe
) -> None:
    anna = demo.sign_in(new_page(), "anna")
    open_more(demo, pages, anna)
    anna.locator(".card textarea[data-saved]").fill("More about this")
    with anna.expect_response("**/save"):
        anna.keyboard.press("Control+Enter")
    open_more(demo, pages, anna)
    anna.get_by_role("link", name="1 other place reads otherwise").click()
    assert axe(anna) == []
    expect(anna.get_by_role("checkbox")).to_be_checked()
    anna.get_by_role("button", name="Change what is ticked").click()
    expect(anna.get_by_role("status").filter(has_text="1 passage, by Anna Lindqvist")).to_be_visible()
    anna.get_by_role("button", name="Undo").click()
    expect(anna.get_by_role("main")).to_contain_text("Undone by Anna Lindqvist")
    open_more(demo, pages, anna)
    expect(anna.get_by_role("link", name="1 other place reads otherwise")).to_be_visible()
