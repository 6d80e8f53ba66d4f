"""From the first correction to the approval without ever touching a mouse: keys, and nothing else."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from review_app.cli.demo import PASSWORD
from tests.browser.served_demo import Demo

MOST_STEPS = 150
"""Tabs until something is reached; the longest page of the walk has fewer things to stop at."""


def focused(page: Page) -> str:
    """Return what has the focus, as it is called: its label or its words."""
    return str(
        page.evaluate(
            """() => {
                const on = document.activeElement;
                if (!on || on === document.body) return "";
                const label = on.labels?.[0]?.textContent ?? on.getAttribute("aria-label") ?? on.textContent;
                return label.replace(/\\s+/g, " ").trim();
            }"""
        )
    )


def tab_to(page: Page, name: str) -> None:
    """Go on by Tab until what begins so has the focus; each stop has to be seen."""
    for _step in range(MOST_STEPS):
        page.keyboard.press("Tab")
        if focused(page).startswith(name):
            assert page.evaluate("document.activeElement.matches(':focus-visible')"), name
            return
    raise AssertionError(f"{name} is not reached by Tab")


def press(page: Page, name: str) -> None:
    """Tab to a link or a button, and press it."""
    tab_to(page, name)
    page.keyboard.press("Enter")


def signed_in(demo: Demo, page: Page, who: str) -> Page:
    page.goto(f"{demo.staff}/sign-in")
    tab_to(page, "E-mail address")
    page.keyboard.type(f"{who}@example.se")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{demo.staff}/")
    return page


def correct_and_undo(page: Page) -> None:
    """Write a text, take it back, and accept the one before."""
    box = page.locator("li.card textarea[data-saved]")
    key, before = page.locator("li.card").get_attribute("data-key"), box.input_value()
    page.keyboard.press("Control+a")
    page.keyboard.type("You get an answer within four months.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(f"#s-{key}.row .target")).to_have_text("You get an answer within four months.")
    expect(box).to_be_focused()
    page.keyboard.press("Alt+z")
    expect(page.locator(f"#s-{key}.card textarea[data-saved]")).to_have_value(before)
    expect(page.locator(f"#s-{key} textarea[data-saved]")).to_be_focused()
    page.keyboard.press("Alt+a")
    expect(page.locator(f"#s-{key}.row")).to_be_visible()
    expect(box).to_be_focused()


def look_a_word_up(page: Page) -> None:
    """Look a word up, and put the panel away."""
    page.keyboard.press("Alt+w")
    expect(page.get_by_role("region", name="Look up a word")).to_be_visible()
    tab_to(page, "Word")
    page.keyboard.press("Control+a")
    page.keyboard.type("dagar")
    page.keyboard.press("Enter")
    expect(page.locator(".look-up .found strong")).to_have_text("dagar")
    page.keyboard.press("Escape")
    expect(page.get_by_role("region", name="Look up a word")).to_have_count(0)
    expect(page.locator("li.card textarea[data-saved]")).to_be_focused()


def cut_and_take_back(page: Page) -> None:
    """Cut the sentence before its second word, and take that back."""
    source = page.locator(".card .source").inner_text()
    page.keyboard.press("Alt+x")
    expect(page.get_by_role("group", name="Which word does the second sentence begin with?")).to_be_visible()
    tab_to(page, source.split()[1])
    page.keyboard.press("Space")
    press(page, "Cut the sentence in two")
    expect(page.get_by_role("status").filter(has_text="The sentence is cut in two.")).to_be_visible()
    expect(page.locator("li.card textarea[data-saved]")).to_be_focused()
    page.keyboard.press("Alt+z")
    expect(page.get_by_role("status").filter(has_text="Taken back.")).to_be_visible()
    expect(page.locator(".card .source")).to_have_text(source)


def cut_and_join(page: Page) -> None:
    """Cut the sentence, and join what became of it again."""
    source = page.locator(".card .source").inner_text()
    page.keyboard.press("Alt+x")
    tab_to(page, source.split()[1])
    page.keyboard.press("Space")
    press(page, "Cut the sentence in two")
    expect(page.get_by_role("status").filter(has_text="The sentence is cut in two.")).to_be_visible()
    expect(page.locator("li.card textarea[data-saved]")).to_be_focused()
    page.keyboard.press("Alt+x")
    expect(page.get_by_role("button", name="Join with the next sentence")).to_be_visible()
    press(page, "Join with the next sentence")
    expect(page.locator(".card .source")).to_have_text(source)
    expect(page.locator("li.card textarea[data-saved]")).to_be_focused()


def approve(page: Page) -> None:
    """Say yes to the page about the preschool queue, as somebody who reads the language."""
    press(page, "To approve")
    page.wait_for_url("**/approvals*")
    press(page, "Köa till förskola")
    page.wait_for_url("**/submissions/*")
    for _step in range(MOST_STEPS):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "basis":
            break
    page.keyboard.press("Space")
    expect(page.get_by_label("I read this language")).to_be_checked()
    press(page, "Approve")
    expect(page.locator("#head .pill.published")).to_be_visible()


def test_a_page_is_corrected_submitted_and_approved_by_keys_alone(demo: Demo, new_page: Callable[..., Page]) -> None:
    anna = signed_in(demo, new_page(), "anna")
    press(anna, "Pages")
    anna.wait_for_url("**/pages*")
    link = anna.locator("main tr", has_text="Köa till förskola").locator("a[href*='/en']").first
    bench = demo.staff + (link.get_attribute("href") or "").split("?")[0]
    for _step in range(MOST_STEPS):
        anna.keyboard.press("Tab")
        if bench.endswith(anna.evaluate("document.activeElement.pathname") or "nowhere"):
            break
    anna.keyboard.press("Enter")
    anna.wait_for_url("**/pages/*/en*")
    expect(anna.locator("li.card textarea[data-saved]")).to_be_focused()
    correct_and_undo(anna)
    look_a_word_up(anna)
    cut_and_take_back(anna)
    cut_and_join(anna)

    anna.goto(f"{bench}?show=flagged")  # what an engine said instead of a translation would block the approval
    expect(anna.locator("li.card textarea[data-saved]")).to_be_focused()
    anna.keyboard.press("Control+a")
    anna.keyboard.type("Contact the municipality, and you will get a form.")
    with anna.expect_response("**/save"):
        anna.keyboard.press("Control+Enter")
    anna.goto(bench)
    press(anna, "Submit for approval")
    anna.wait_for_url("**/submissions/*")
    approve(signed_in(demo, new_page(), "bo"))
