"""What a reader can do on public pages: see the Swedish of a passage, say what is wrong, keep a language."""

import re

from playwright.sync_api import expect

PAGE = "/overkalix/en/kommun/vision-strategi"
SWEDISH = "Inriktningen för utvecklingsarbetet är att arbetet ska vara hållbart, smart och inkluderande."
ENGLISH = "Development work is to be sustainable"


def test_a_click_on_a_passage_shows_its_swedish(still_demo, new_page, width, axe) -> None:
    page = new_page(width=width)
    page.goto(still_demo.public + PAGE)
    page.locator("[data-passage]", has_text=ENGLISH).click()
    about = page.locator(".about")
    expect(about.locator("[lang=sv]")).to_have_text(SWEDISH)
    expect(about).to_contain_text("read by a person")
    box = about.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert axe(page) == []
    about.get_by_role("link", name="Something wrong").click()
    expect(page.locator("#passage option:checked")).to_contain_text(ENGLISH)
    page.go_back()
    page.locator("[data-passage]", has_text=ENGLISH).click()
    expect(page.locator(".about")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".about")).to_be_hidden()


def test_without_a_script_every_passage_stands_on_a_page(still_demo, new_page) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(still_demo.public + PAGE)
    page.get_by_role("link", name="Show the Swedish").click()
    pair = page.locator("li", has_text=ENGLISH)
    expect(pair.locator("[lang=sv]")).to_have_text(SWEDISH)
    pair.get_by_role("link", name="Something wrong").click()
    expect(page.locator("#passage option:checked")).to_contain_text(ENGLISH)


def test_two_clicks_and_some_words_are_a_report(demo, new_page) -> None:
    page = new_page()
    page.goto(demo.public + PAGE)
    page.locator("[data-passage]", has_text=ENGLISH).click()
    page.locator(".about").get_by_role("link", name="Something wrong").click()
    page.fill("textarea", "هذا غير صحيح")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("status")).to_contain_text("Thank you")
    anna = demo.sign_in(new_page(), "anna")
    demo.open_page(anna, "vision-strategi")
    expect(anna.locator("body")).to_contain_text("هذا غير صحيح")


def test_a_chosen_language_is_kept_in_the_browser_alone(still_demo, new_page) -> None:
    page = new_page()
    swedish = still_demo.public + PAGE.replace("/en/", "/sv/")
    page.goto(swedish)
    expect(page.locator("html")).to_have_attribute("lang", "sv")
    page.get_by_role("link", name="English").click()
    page.wait_for_url(f"**{PAGE}")
    page.goto("about:blank")
    page.goto(swedish)
    page.wait_for_url(f"**{PAGE}")
    page.get_by_role("link", name="Svenska").click()
    page.wait_for_url(re.compile("/sv/"))
    expect(page.locator("html")).to_have_attribute("lang", "sv")
    page.goto("about:blank")
    page.goto(swedish)
    expect(page.locator("html")).to_have_attribute("lang", "sv")
    assert page.context.cookies() == []


def test_links_that_lead_out_of_the_translation_say_so(still_demo, new_page) -> None:
    page = new_page()
    page.goto(still_demo.public + PAGE)
    strategy = page.get_by_role("link", name="business strategy 2014–2020")
    expect(strategy.locator("xpath=following-sibling::*[1]")).to_have_text("not translated")
