"""The whole way of a page in a browser: Anna corrects and submits, Bo approves and publishes, a reader reads."""

import pytest
from playwright.sync_api import Page, expect


def open_flagged(demo, page: Page) -> None:
    demo.open_page(page, "forskoleko")
    page.goto(page.url.split("?")[0] + "?show=flagged")


def test_a_page_from_machine_text_to_the_public(demo, new_page) -> None:
    anna = demo.sign_in(new_page(), "anna")
    demo.open_page(anna, "forskoleko")

    # The machine's text of the first unread sentence is right: accept it, and the next one opens by itself.
    card = anna.locator("li.card")
    expect(card).to_contain_text("Du får svar senast fyra månader")
    anna.keyboard.press("Alt+a")
    expect(card).to_contain_text("Tacka ja eller nej inom sju dagar.")
    expect(card.locator("textarea[name=text]")).to_be_focused()

    # The next is not: correct it, see the difference, save with the keyboard.
    card.locator("textarea[name=text]").fill("Say yes or no within seven days.")
    expect(anna.locator("#live del").first).to_be_visible()
    anna.keyboard.press("Control+Enter")
    expect(card).to_contain_text("Annars går platsen")

    # What an engine said instead of a translation is critical, and would block the approval.
    open_flagged(demo, anna)
    expect(card).to_contain_text("Error 500")
    card.locator("textarea[name=text]").fill("Contact the municipality, and you will get a form.")
    anna.keyboard.press("Control+Enter")
    expect(card).not_to_contain_text("Error 500")

    anna.get_by_role("button", name="Submit for approval").click()
    expect(anna.locator("#head .pill.submitted")).to_be_visible()

    bo = demo.sign_in(new_page(), "bo")
    bo.get_by_role("link", name="Köa till förskola", exact=True).click()
    expect(bo.get_by_role("heading", name="Your decision")).to_be_visible()
    bo.get_by_label("I read this language").check()
    bo.get_by_role("button", name="Approve", exact=True).click()
    expect(bo.locator("#head .pill.published")).to_be_visible()

    reader = new_page(locale="en-GB")
    reader.goto(f"{demo.public}/overkalix/en/barn-utbildning/forskoleko")
    expect(reader.get_by_role("main")).to_contain_text("Say yes or no within seven days.")
    expect(reader.locator(".notice")).to_contain_text("Approved on")
    expect(reader.locator(".notice")).to_contain_text("a person who reads the language")
    reader.get_by_role("link", name="Svenska").click()
    expect(reader.get_by_role("main")).to_contain_text("Tacka ja eller nej inom sju dagar.")
    assert reader.locator("html").get_attribute("lang") == "sv"


def test_bo_sends_a_page_back_and_anna_sees_why(demo, new_page) -> None:
    bo = demo.sign_in(new_page(), "bo")
    bo.get_by_role("link", name="Sophämtning", exact=True).click()
    bo.get_by_label("Comment", exact=True).fill("We say recycling centre, not dump.")
    bo.get_by_role("button", name="Send back").click()
    expect(bo.locator("#head .pill.returned")).to_be_visible()

    anna = demo.sign_in(new_page(), "anna")
    expect(anna.get_by_role("main")).to_contain_text("We say recycling centre, not dump.")


def test_two_people_on_one_sentence_lose_nothing(demo, new_page, page_log) -> None:
    page_log.expect("409")
    first, second = demo.sign_in(new_page(), "anna"), demo.sign_in(new_page(), "carin")
    for page in (first, second):
        demo.open_page(page, "forskoleko")
    key = first.locator("li.card").get_attribute("data-key")
    second.goto(second.url.split("?")[0] + f"?segment={key}")
    first.locator("li.card textarea[name=text]").fill("You get an answer within four months.")
    first.keyboard.press("Control+Enter")
    expect(first.locator(f"li.card[data-key='{key}']")).to_have_count(0)

    second.locator("li.card textarea[name=text]").fill("We answer within four months.")
    second.keyboard.press("Control+Enter")
    card = second.locator(f"li.card[data-key='{key}']")
    expect(card.locator(".conflict")).to_contain_text("You get an answer within four months.")
    expect(card.locator("textarea[name=text]")).to_have_value("We answer within four months.")

    card.get_by_role("button", name="Keep mine").click()
    expect(second.locator(f"#s-{key}")).to_contain_text("We answer within four months.")


def test_a_false_alarm_is_dismissed_and_stays_so(demo, new_page) -> None:
    anna = demo.sign_in(new_page(), "anna")
    open_flagged(demo, anna)
    card = anna.locator("li.card")
    flags = card.locator(".flag").count()
    assert flags
    card.get_by_role("button", name="False alarm").first.click()
    expect(card.get_by_text("False alarm, says Anna Lindqvist.")).to_have_count(1)
    anna.goto(anna.url.split("?")[0] + f"?segment={card.get_attribute('data-key')}")
    expect(anna.get_by_text("False alarm, says Anna Lindqvist.")).to_have_count(1)


def test_typing_is_checked_live_and_the_caret_stays(demo, new_page) -> None:
    anna = demo.sign_in(new_page(), "anna")
    demo.open_page(anna, "forskoleko")
    box = anna.locator("li.card textarea[name=text]")
    box.fill("")
    box.press_sequentially("You get an answer in in five months")
    expect(anna.locator("#live .flag").first).to_be_visible()
    expect(box).to_be_focused()
    assert box.evaluate("box => box.selectionStart") == len("You get an answer in in five months")


def test_what_was_typed_survives_a_reload(demo, new_page) -> None:
    anna = demo.sign_in(new_page(), "anna")
    demo.open_page(anna, "forskoleko")
    anna.locator("li.card textarea[name=text]").press_sequentially(" Not saved yet.")
    anna.reload()
    expect(anna.locator("li.card textarea[name=text]")).to_have_value(
        "You will receive an answer no later than four months after your application. Not saved yet."
    )


def test_a_page_comes_in_and_is_translated_with_a_progress_bar(demo, new_page, tmp_path) -> None:
    page_file = tmp_path / "simhall.html"
    page_file.write_text(
        "<!doctype html><html lang=sv><title>Simhallen</title><h1>Simhallen</h1><p>Öppet kl. 9.00.", "utf-8"
    )
    carin = demo.sign_in(new_page(), "carin")
    carin.goto(f"{demo.staff}/sites/overkalix/import")
    carin.locator("input[type=file]").set_input_files(page_file)
    carin.get_by_role("button", name="Take in").click()
    expect(carin.get_by_role("main")).to_contain_text("Simhallen")
    carin.goto(f"{demo.staff}/sites/overkalix/pages?q=simhall")
    carin.get_by_role("button", name="Translate by machine").first.click()
    expect(carin.get_by_text("Done")).to_be_visible()


def test_a_private_address_is_refused_in_one_sentence(demo, new_page, page_log) -> None:
    page_log.expect("422")
    carin = demo.sign_in(new_page(), "carin")
    carin.goto(f"{demo.staff}/sites/overkalix/import")
    carin.locator("input[name=url]").fill("http://169.254.169.254/latest/meta-data/")
    carin.locator("form:has(input[name=url]) button").click()
    expect(carin.get_by_role("main")).to_contain_text("does not name a public website")


@pytest.mark.parametrize("who", ["anna"])
def test_every_step_works_without_javascript(demo, new_page, who) -> None:
    page = demo.sign_in(new_page(java_script_enabled=False), who)
    demo.open_page(page, "forskoleko")
    card = page.locator("li.card")
    card.locator("textarea[name=text]").fill("You get an answer within four months.")
    card.get_by_role("button", name="Save and next").click()
    expect(page.locator("ol, main").first).to_contain_text("You get an answer within four months.")
    page.get_by_role("button", name="Submit for approval").click()
    expect(page.locator("#head .pill.submitted")).to_be_visible()


def test_bo_approves_a_part_and_carin_lets_a_flagged_page_through(demo, new_page) -> None:
    anna = demo.sign_in(new_page(), "anna")
    demo.open_page(anna, "forskoleko")
    anna.get_by_role("button", name="Submit for approval").click()
    anna.wait_for_url("**/submissions/*")
    address = anna.url

    bo = demo.sign_in(new_page(), "bo")
    bo.goto(address)
    expect(bo.get_by_text("Approval is blocked")).to_be_visible()
    passage = bo.locator(".sheet .passage", has_text="Error 500")
    passage.click()
    row = bo.locator(f"#c-{passage.get_attribute('data-key')}")
    expect(row.locator("textarea")).to_be_focused()
    row.locator("textarea").fill("This is no translation.")
    row.get_by_role("checkbox").uncheck()
    bo.get_by_label("I read this language").check()
    bo.get_by_role("button", name="Approve the ticked").click()
    expect(bo.get_by_role("heading", name="Approved in part")).to_be_visible()

    anna.goto(f"{demo.staff}/")
    anna.get_by_role("link", name="Köa till förskola", exact=True).first.click()
    expect(anna.get_by_text("Bo Henriksson sent the sentence back:")).to_be_visible()
    anna.get_by_role("button", name="Submit for approval").click()
    anna.wait_for_url("**/submissions/*")

    carin = demo.sign_in(new_page(), "carin")
    carin.goto(anna.url)
    carin.get_by_label("Why may it be approved all the same?").fill("The page is needed tonight.")
    carin.get_by_role("button", name="Allow approval for this reason").click()
    expect(carin.get_by_text("Carin Holm allows approval all the same:")).to_be_visible()
    bo.goto(anna.url)
    bo.get_by_label("I vouch for the process").check()
    bo.get_by_role("button", name="Approve", exact=True).click()
    expect(bo.get_by_role("heading", name="Approved", exact=True)).to_be_visible()
