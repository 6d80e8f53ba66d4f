"""The bench at the keyboard: Anna comments, takes back, splits, and never loses a word."""

import re

from playwright.sync_api import expect
from sqlalchemy import delete

from review_app.accounts.tables import SignIn
from review_app.cli.demo import PASSWORD
from review_app.db import Database


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


def end_sign_ins(tmp_path) -> None:
    """Let everybody's sign-in have run out."""
    database = Database(f"sqlite:///{tmp_path / 'demo' / 'review.db'}")
    with database.writing() as session:
        session.execute(delete(SignIn))
    database.dispose()


def test_a_save_after_the_sign_in_has_ended_asks_in_place_and_goes_on(demo, new_page, page_log, tmp_path) -> None:
    page_log.expect("401")
    anna = demo.sign_in(new_page(), "anna")
    demo.open_page(anna, "forskoleko")
    key = anna.locator("li.card").get_attribute("data-key")
    anna.locator("li.card textarea[name=text]").fill("You get an answer within four months.")
    end_sign_ins(tmp_path)
    anna.keyboard.press("Control+Enter")
    expect(anna.locator("#again input[name=password]")).to_be_focused()
    anna.keyboard.type("wrong")
    anna.keyboard.press("Enter")
    expect(anna.locator("#again [role=alert]")).to_contain_text("not right")
    anna.keyboard.type(PASSWORD)
    anna.keyboard.press("Enter")
    expect(anna.locator(f"#s-{key}.row .target")).to_have_text("You get an answer within four months.")
    expect(anna.locator("#again")).to_be_hidden()
    assert anna.evaluate("drafts.all()") == []
    anna.locator("li.card textarea[name=text]").fill("Say yes or no within seven days.")
    anna.keyboard.press("Control+Enter")
    expect(anna.get_by_text("Say yes or no within seven days.").first).to_be_visible()


def test_a_draft_waits_for_the_person_who_typed_it(demo, new_page, page_log, tmp_path) -> None:
    page_log.expect("401")  # the check of what was typed may ask after the sign-in has ended
    page = demo.sign_in(new_page(), "anna")
    demo.open_page(page, "forskoleko")
    place = page.url.split("?")[0] + f"?segment={page.locator('li.card').get_attribute('data-key')}"
    saved = page.locator("li.card textarea[name=text]").input_value()
    page.locator("li.card textarea[name=text]").press_sequentially(" And more.")
    end_sign_ins(tmp_path)  # the machine is left as it is, and Carin sits down at it

    demo.sign_in(page, "carin")
    page.goto(place)
    expect(page.locator("li.card textarea[name=text]")).to_have_value(saved)
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in*")
    demo.sign_in(page, "anna")
    page.goto(place)
    expect(page.locator("#draft")).to_contain_text("Unsaved draft restored")
    expect(page.locator("li.card textarea[name=text]")).to_have_value(saved + " And more.")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("li.card textarea[name=text]")).to_have_value(saved)

    page.locator("li.card textarea[name=text]").press_sequentially(" Again.")
    page.get_by_role("button", name="Sign out").click()
    expect(page.locator("#leaving")).to_contain_text("texts that are not saved: 1.")
    page.get_by_role("button", name="Throw them away").click()
    page.wait_for_url("**/sign-in*")
    demo.sign_in(page, "anna")
    assert page.evaluate("drafts.all()") == []


def test_fix_undo_and_history_by_key(demo, new_page) -> None:
    anna = demo.sign_in(new_page(), "anna")
    demo.open_page(anna, "bygglov")
    key = anna.locator(".row[data-flagged]", has_text="8 120 kr").get_attribute("data-key")
    anna.goto(anna.url.split("?")[0] + f"?segment={key}")
    card = anna.locator(f"#s-{key}.card")
    box = card.locator("textarea[name=text]")
    drafted = box.input_value()
    anna.keyboard.press("Alt+r")
    expect(box).to_have_value("SEK 8,120")
    expect(box).to_be_focused()
    anna.keyboard.press("Control+z")
    expect(box).to_have_value(drafted)

    anna.keyboard.press("Alt+r")
    anna.keyboard.press("Control+Enter")
    expect(anna.locator(f"#s-{key}.row .target")).to_have_text("SEK 8,120")
    anna.keyboard.press("Alt+z")
    expect(box).to_have_value(drafted)
    card.locator(".history summary").click()
    card.locator("#back-2").click()
    expect(box).to_have_value("SEK 8,120")
    expect(card.locator(".meta")).to_contain_text("corrected by Anna")


def test_two_changes_are_put_together_in_the_box(demo, new_page, page_log) -> None:
    page_log.expect("409")
    anna, carin = demo.sign_in(new_page(), "anna"), demo.sign_in(new_page(), "carin")
    for page in (anna, carin):
        demo.open_page(page, "forskoleko")
    key = carin.locator("li.card").get_attribute("data-key")
    box = anna.locator("li.card textarea[name=text]")
    text = box.input_value()
    carin.locator("li.card textarea[name=text]").fill("Note: " + text)
    carin.keyboard.press("Control+Enter")
    expect(carin.locator(f"#s-{key}.row")).to_be_visible()
    box.fill(text + " Thank you.")
    anna.keyboard.press("Control+Enter")
    expect(anna.locator(".conflict .diff ins").first).to_contain_text("Note:")
    anna.get_by_role("button", name="Put both together").click()
    expect(box).to_have_value("Note: " + text + " Thank you.")
    anna.keyboard.press("Control+Enter")
    expect(anna.locator(f"#s-{key}.row .target")).to_have_text("Note: " + text + " Thank you.")


def test_the_page_beside_the_sentences_opens_them_and_shows_what_is_saved(demo, new_page) -> None:
    anna = demo.sign_in(new_page(), "anna")
    demo.open_page(anna, "bygglov")
    page = anna.frame_locator("iframe.sheet")
    expect(page.get_by_role("table")).to_contain_text("SEK 6,300")
    page.get_by_text("SEK 6,300").click()
    card = anna.locator("li.card")
    expect(card.locator("textarea[name=text]")).to_have_value("SEK 6,300")
    expect(page.locator(".now")).to_have_text("SEK 6,300")
    card.locator("textarea[name=text]").fill("6,300 kronor")
    anna.keyboard.press("Control+Enter")
    expect(page.get_by_role("table")).to_contain_text("6,300 kronor")
    expect(page.locator(".now")).not_to_have_text("6,300 kronor")


def test_an_element_of_the_page_stays_around_words_that_are_saved(demo, new_page) -> None:
    anna = demo.sign_in(new_page(), "anna")
    demo.open_page(anna, "bygglov")
    page = anna.frame_locator("iframe.sheet")
    page.locator(".passage:has(strong)").first.click()
    box = anna.locator("li.card textarea[name=text]")
    expect(box).to_have_value(re.compile("^<1>"))
    box.fill("<1>Do not build before you have the start notice</1> (Chapter 10, Section 3).")
    anna.keyboard.press("Control+Enter")
    expect(page.locator("strong", has_text="Do not build before")).to_be_visible()


def test_the_page_can_be_closed_and_on_a_narrow_screen_opened(demo, new_page) -> None:
    anna = demo.sign_in(new_page(), "anna")
    demo.open_page(anna, "bygglov")
    button, frame = anna.get_by_role("button", name="The page", exact=True), anna.locator("iframe.sheet")
    expect(frame).to_be_visible()
    button.click()
    expect(frame).to_be_hidden()
    anna.reload()
    expect(button).to_have_attribute("aria-expanded", "false")
    expect(frame).to_be_hidden()
    anna.set_viewport_size({"width": 390, "height": 844})
    expect(button).to_have_attribute("aria-expanded", "false")
    button.click()
    expect(frame).to_be_visible()


def test_bo_sees_a_submission_as_readers_will(demo, new_page) -> None:
    bo = demo.sign_in(new_page(), "bo")
    bo.goto(f"{demo.staff}/")
    bo.locator("a[href*='/submissions/']").first.click()
    sentences, frame = bo.locator(".desk article.sheet"), bo.locator(".desk iframe")
    expect(sentences).to_be_visible()
    expect(frame).to_be_hidden()
    bo.get_by_label("As readers will see it").check()
    page = bo.frame_locator(".desk iframe")
    expect(page.locator(".notice")).to_contain_text("Translated from Swedish by machine")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(sentences).to_be_hidden()
    bo.locator('.matters a[href^="#k-"]').first.click()
    expect(sentences).to_be_visible()
