"""Keys of the bench that put something into the text, or lead to another sentence; what a screen reader is told."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.browser.served_demo import Demo

Pages = Callable[..., Page]

LINKED = "Fyll i ansökan i"
"""Its machine translation, "Complete the application in our e-service.", has lost the link."""


ARABIC_LINK = "الخدمة الإلكترونية"
"""What is linked in the Swedish; the Arabic machine translation has lost the link."""

FLAGGED = "8 120 kr"
"""Its machine translation has other digits."""


def open_sentence(demo: Demo, page: Page, words: str) -> Locator:
    """Open the sentence with these words; return its text box."""
    demo.sign_in(page, "anna")
    demo.open_page(page, "bygglov")
    key = page.locator(".row", has_text=words).first.get_attribute("data-key")
    page.goto(page.url.split("?")[0] + f"?segment={key}")
    box = page.locator(f"#s-{key}.card textarea[name=text]")
    expect(box).to_be_focused()
    return box


def select(box: Locator, words: str) -> None:
    """Select words in the text box."""
    box.evaluate(
        "(box, words) => { const at = box.value.indexOf(words); box.setSelectionRange(at, at + words.length); }", words
    )


def test_a_missing_pair_goes_around_the_selected_words(demo: Demo, new_page: Pages, axe) -> None:
    page = new_page()
    box = open_sentence(demo, page, LINKED)
    drafted = box.input_value()
    assert axe(page) == []
    select(box, "our e-service")
    page.keyboard.press("Alt+p")
    expect(box).to_have_value("Complete the application in <1>our e-service</1>.")
    page.keyboard.press("Alt+p")
    expect(page.locator("#said")).to_have_text("No placeholder is missing.")
    expect(box).to_have_value("Complete the application in <1>our e-service</1>.")
    page.keyboard.press("Control+z")
    expect(box).to_have_value(drafted)

    box.evaluate("box => box.setSelectionRange(0, 0)")
    page.keyboard.press("Alt+p")
    expect(box).to_have_value("<1>" + drafted)
    page.keyboard.press("Alt+p")
    expect(box).to_have_value("<1></1>" + drafted)


def test_placeholders_among_arabic_are_typed_passed_over_and_deleted_whole(demo: Demo, new_page: Pages) -> None:
    page = new_page()
    demo.sign_in(page, "anna")
    demo.open_page(page, "forskoleko", "ar")
    key = page.locator(".row", has_text="Logga in i").first.get_attribute("data-key")
    page.goto(page.url.split("?")[0] + f"?segment={key}")
    box = page.locator(".card textarea[name=text]")
    expect(box).to_be_focused()
    drafted = box.input_value()
    linked = drafted.replace(ARABIC_LINK, f"\u2066<1>\u2069{ARABIC_LINK}\u2066</1>\u2069")
    select(box, ARABIC_LINK)
    page.keyboard.press("Alt+p")
    expect(box).to_have_value(linked)

    place_of_end = linked.index("\u2066</1>")
    box.evaluate("(box, at) => box.setSelectionRange(at, at)", place_of_end)
    page.keyboard.press("ArrowLeft")
    expect(box).to_have_js_property("selectionStart", place_of_end + len("\u2066</1>\u2069"))
    page.keyboard.press("Backspace")
    expect(box).to_have_value(linked.replace("\u2066</1>\u2069", ""))
    page.keyboard.press("Control+z")
    expect(box).to_have_value(linked)

    page.keyboard.press("Control+a")
    page.keyboard.press("Control+x")
    expect(box).to_have_value("")
    page.keyboard.press("Control+v")
    expect(box).to_have_value(linked)
    with page.expect_response("**/save"):
        page.keyboard.press("Control+Enter")
    page.goto(page.url.split("?")[0] + f"?segment={key}")
    expect(box).to_have_value(linked)
    expect(box).to_have_attribute("data-saved", drafted.replace(ARABIC_LINK, f"<1>{ARABIC_LINK}</1>"))
    expect(page.locator("#draft")).to_be_hidden()


def test_a_placeholder_of_the_source_is_put_in_by_pointer(demo: Demo, new_page: Pages) -> None:
    page = new_page()
    box = open_sentence(demo, page, LINKED)
    select(box, "our e-service")
    page.get_by_role("button", name="Put in </1>").click()
    expect(box).to_have_value("Complete the application in <1>our e-service</1>.")
    expect(box).to_be_focused()


def test_the_source_is_copied_and_a_flag_dismissed_by_key(demo: Demo, new_page: Pages) -> None:
    page = new_page()
    box = open_sentence(demo, page, FLAGGED)
    drafted = box.input_value()
    page.keyboard.press("Alt+s")
    expect(box).to_have_value(FLAGGED)
    page.keyboard.press("Control+z")
    expect(box).to_have_value(drafted)
    expect(page.locator(".card .flag.dismissed")).to_have_count(0)
    with page.expect_response("**/dismiss"):
        page.keyboard.press("Alt+n")
    expect(page.locator(".card .flag.dismissed")).to_have_count(1)
    expect(box).to_be_focused()


def test_arrows_lead_to_flagged_sentences_on_a_pc(demo: Demo, new_page: Pages) -> None:
    page = new_page()
    here = open_sentence(demo, page, FLAGGED).get_attribute("id")
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator(f"#{here}")).to_have_count(0)
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator(f"#{here}")).to_be_focused()


def test_on_a_mac_option_and_arrows_stay_in_the_text(demo: Demo, new_page: Pages) -> None:
    page = new_page()
    page.add_init_script("Object.defineProperty(navigator, 'platform', { get: () => 'MacIntel' })")
    box = open_sentence(demo, page, FLAGGED)
    page.keyboard.press("Alt+ArrowDown")
    page.keyboard.press("Alt+ArrowUp")
    expect(box).to_be_focused()
    here = box.get_attribute("id")
    expect(page.locator("[data-accept] kbd").first).to_have_text("Ctrl ⌥")
    page.keyboard.press("Control+Alt+ArrowDown")
    expect(page.locator(f"#{here}")).to_have_count(0)
    expect(page.locator("[data-accept] kbd").first).to_have_text("Ctrl ⌥")


def test_the_box_is_described_by_its_flags_and_a_save_is_said(demo: Demo, new_page: Pages, axe) -> None:
    anna = demo.sign_in(new_page(), "anna")
    demo.open_page(anna, "bygglov")
    key = anna.locator(".row[data-flagged]", has_text="8 120 kr").get_attribute("data-key")
    anna.goto(anna.url.split("?")[0] + f"?segment={key}")
    box = anna.locator(f"#s-{key}.card textarea[name=text]")
    expect(box).to_have_accessible_description(re.compile("Number"))
    assert axe(anna) == []
    box.press("Alt+r")
    anna.keyboard.press("Control+Enter")
    expect(anna.locator("#said[role=status]")).to_have_text(re.compile(r"^Saved\. \d+ sentences left to read\.$"))


def test_the_list_of_shortcuts_opens_at_its_beginning(still_demo: Demo, new_page: Pages, width: int) -> None:
    page = still_demo.sign_in(new_page(width=width), "anna")
    still_demo.open_page(page, "bygglov")
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("?")
    title = page.get_by_role("dialog", name="Shortcuts").get_by_role("heading")
    expect(title).to_be_in_viewport()
    expect(title).to_be_focused()
    page.keyboard.press("Escape")
    expect(title).to_be_hidden()
