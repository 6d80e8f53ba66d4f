"""Memory and glossary at the keyboard: Anna takes a match, puts a term in and looks for words, and the caret stays."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from review_app.accounts.permissions import COMMAND_LINE
from review_app.db import Database
from review_app.glossary.service import set_term
from review_app.memory.service import NewPair, keep
from review_app.memory.tables import Kind
from review_app.sites.service import get_site
from tests.browser.served_demo import Demo
from tests.builders import Town
from tests.review.town_hall import DECIDES, TownHall, build_town_hall

MATCH = "It is the municipal assembly that chooses."


@pytest.fixture
def hall(demo: Demo, tmp_path: Path) -> TownHall:
    """A sentence that the memory has something like, with a word of the glossary in it."""
    database = Database(f"sqlite:///{tmp_path / 'demo' / 'review.db'}")
    with database.writing() as session:
        site = get_site(session, "overkalix")
        hall = build_town_hall(session, Town(site.id, site.slug, {}))
        keep(session, site.id, "en", [NewPair("k", "Det är kommunfullmäktige som väljer.", MATCH, Kind.IMPORTED)])
        set_term(session, COMMAND_LINE, site, "kommunfullmäktige", "en", "municipal assembly")
    database.dispose()
    return hall


def test_the_keys_of_the_memory(demo: Demo, hall: TownHall, new_page: Callable[..., Page]) -> None:
    page = demo.sign_in(new_page(), "anna")
    key = hall.pages["regler"].key(DECIDES)
    page.goto(f"{demo.staff}/sites/overkalix/pages/{hall.pages['regler'].page_id}/en?segment={key}")
    card = page.locator(f"#s-{key}")
    box = card.locator("textarea[name=text]")
    expect(card.locator(".help summary")).to_contain_text("83%")
    expect(box).to_be_focused()
    expect(card.locator(".source mark.term")).to_have_text("kommunfullmäktige")
    drafted, at = box.input_value(), box.bounding_box()

    box.press("Numpad1", delay=1)  # types, whatever is held
    page.keyboard.press("Control+Alt+Digit1")
    expect(box).to_have_value(MATCH)
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    expect(box).to_have_value(drafted)

    box.fill("The ")
    page.keyboard.press("Alt+g")
    expect(box).to_have_value("The municipal assembly")
    box.fill("assembly that")
    box.press("Control+a")
    page.keyboard.press("Alt+k")
    expect(card.locator("#found mark.term")).to_have_text("assembly that")
    expect(box).to_be_focused()
    assert box.bounding_box() == at
