"""The bench at the keyboard: Anna comments, takes back, splits, and never loses a word."""

from playwright.sync_api import expect


def test_anna_comments_by_key_while_she_types(demo, new_page) -> None:
    anna = demo.sign_in(new_page(), "anna")
    demo.open_page(anna, "forskoleko")
    card = anna.locator("li.card")
    key = card.get_attribute("data-key")
    card.locator("textarea[name=text]").press_sequentially(" Or five?")
    anna.keyboard.press("Alt+c")
    expect(card.locator("[name=comment]")).to_be_focused()
    anna.keyboard.type("Four or five months?")
    anna.keyboard.press("Control+Enter")
    expect(card.locator(".talk .words")).to_have_text("Four or five months?")
    assert card.locator("textarea[name=text]").input_value().endswith(" Or five?")
    expect(card.locator("[name=comment]")).to_have_value("")
    anna.keyboard.press("Escape")
    expect(anna.locator(f"#s-{key} .sign.said")).to_have_text("1 comment")
