"""Editing time: Carin switches it on, Anna works with a pause in between, and sees for herself what was counted."""

from playwright.sync_api import Page, expect


def corrected(page: Page, text: str) -> None:
    """Type a text, think for a while and type on: 20 seconds; have coffee for ten minutes; then save."""
    box = page.locator("li.card textarea[name=text]")
    box.fill(text)
    page.clock.fast_forward(20_000)
    box.press("End")
    page.clock.fast_forward(600_000)
    box.press("Home")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#head .saved")).to_be_visible()


def test_active_seconds_are_counted_and_pauses_are_not(demo, new_page, page_log, axe) -> None:
    page_log.expect("htmx:error: timeout")  # the clock jumps while what is typed is being checked
    carin = demo.sign_in(new_page(), "carin")
    carin.goto(f"{demo.staff}/sites/overkalix#editing-time")
    form = carin.locator("#editing-time")
    form.get_by_label("Measure editing time").check()
    form.get_by_label("Delete it after so many days").fill("30")
    form.get_by_role("button", name="Save").click()
    expect(carin.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
    expect(form.get_by_label("Measure editing time")).to_be_checked()

    anna = demo.sign_in(new_page(), "anna")
    anna.clock.install()
    demo.open_page(anna, "forskoleko")
    expect(anna.get_by_text("Your editing time is measured, for you alone.")).to_be_visible()
    corrected(anna, "You get an answer within four months.")
    anna.goto(f"{demo.staff}/account")
    anna.get_by_role("link", name="Your editing time").click()
    row = anna.locator("tbody tr")
    expect(row).to_contain_text("Köa till förskola")
    seconds = int(row.locator("td.num").inner_text().split()[0])
    assert 20 <= seconds < 40
    assert axe(anna) == []

    anna.get_by_role("button", name="Delete my editing time").click()
    expect(anna.get_by_text("Your editing time is deleted.")).to_be_visible()
    expect(anna.locator("tbody tr")).to_have_count(0)


def test_where_it_is_off_nothing_is_measured_and_nothing_said(demo, new_page) -> None:
    anna = demo.sign_in(new_page(), "anna")
    demo.open_page(anna, "forskoleko")
    assert anna.locator("[name=seconds], [data-pause]").count() == 0
    anna.goto(f"{demo.staff}/account")
    expect(anna.get_by_role("link", name="Your editing time")).to_have_count(0)
