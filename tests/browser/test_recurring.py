"""One correction, everywhere: Anna makes it twice by hand, then wherever else it stands, and takes that back."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from review_app.db import Database
from review_app.sites.service import get_site
from tests.browser.conftest import NARROW, WIDE
from tests.browser.served_demo import Demo
from tests.builders import Town
from tests.review.town_hall import DECIDES, RIGHT, RULES, WRONG, TownHall, build_town_hall


@pytest.fixture
def hall(demo: Demo, tmp_path: Path) -> TownHall:
    """Pages of the demonstration's site on which a phrase is wrong four times."""
    database = Database(f"sqlite:///{tmp_path / 'demo' / 'review.db'}")
    with database.writing() as session:
        site = get_site(session, "overkalix")
        hall = build_town_hall(session, Town(site.id, site.slug, {}))
    database.dispose()
    return hall


def correct(demo: Demo, hall: TownHall, page: Page, beginning: str) -> None:
    rules = hall.pages["regler"]
    key = rules.key(beginning)
    page.goto(f"{demo.staff}/sites/overkalix/pages/{rules.page_id}/en?segment={key}")
    box = page.locator(f"#s-{key} textarea[name=text]")
    box.fill(box.input_value().replace(WRONG, RIGHT))
    page.locator(f"#s-{key}").get_by_role("button", name="Save and next").click()
    expect(page.locator(f"#s-{key}")).not_to_contain_text("Save and next")


@pytest.mark.parametrize(("script", "width"), [(True, WIDE), (True, NARROW), (False, NARROW)])
def test_a_correction_is_made_twice_then_everywhere_and_taken_back(
    demo: Demo,
    hall: TownHall,
    new_page: Callable[..., Page],
    axe: Callable[..., list[str]],
    sideways_scroll: Callable[[Page], int],
    script: bool,
    width: int,
) -> None:
    page = demo.sign_in(new_page(width=width, java_script_enabled=script), "anna")
    correct(demo, hall, page, RULES)
    expect(page.get_by_role("link", name="See where else it stands")).to_have_count(0)
    correct(demo, hall, page, DECIDES)
    page.get_by_role("link", name="See where else it stands").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text(RIGHT)
    boxes = page.locator("input[name=place]")  # the last is of the demonstration's own: approved, and not ticked
    expect(boxes).to_have_count(3)
    expect(page.locator("input[name=place]:checked")).to_have_count(2)
    if script:  # both tools run in the page
        assert axe(page) == []
        assert sideways_scroll(page) == 0
    boxes.first.uncheck()
    boxes.nth(1).press("Enter")
    expect(page.locator("#changes")).to_contain_text("1 passage, by Anna")
    expect(boxes).to_have_count(2)

    page.locator("#changes").get_by_role("button", name="Undo").click()
    expect(page.locator("#changes")).to_contain_text("Undone by Anna")
    expect(boxes).to_have_count(3)
