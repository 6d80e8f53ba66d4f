"""What the checks look for, and what a page's Swedish is told: both languages, on a desk and on a phone."""

import re

import pytest
from playwright.sync_api import expect

TITLES = {"sv-SE": "Inte som på andra ställen", "en-GB": "Not as elsewhere"}


@pytest.mark.parametrize("language", TITLES)
def test_every_check_is_explained(still_demo, new_page, axe, sideways_scroll, width, language) -> None:
    page = still_demo.sign_in(new_page(width=width, locale=language), "anna")
    page.goto(f"{still_demo.staff}/sites/overkalix/checks")
    expect(page.locator("main")).to_contain_text(re.compile(TITLES[language]))
    assert axe(page) == []
    assert sideways_scroll(page) == 0
