"""What the public gets, and what is measured: versions, the statement of accuracy, open data, other translations."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.served_demo import Demo

Pages = Callable[..., Page]
PATH = "barn-utbildning/forskoleko"


def approve(demo: Demo, anna: Page, bo: Page, text: str) -> None:
    """Let Anna write a text into the page's first sentence that is open, and Bo approve and publish the page."""
    anna.locator("li.card textarea[name=text]").fill(text)
    with anna.expect_response("**/save"):
        anna.keyboard.press("Control+Enter")
    anna.get_by_role("button", name="Submit for approval").click()
    anna.wait_for_url("**/submissions/*")
    bo.goto(anna.url)
    bo.get_by_label("I read this language").check()
    bo.get_by_role("button", name="Approve", exact=True).click()
    expect(bo.locator("#head .pill.published")).to_be_visible()


def test_bo_compares_versions_and_goes_back_to_an_earlier_one(demo: Demo, new_page: Pages, axe) -> None:
    anna, bo = demo.sign_in(new_page(), "anna"), demo.sign_in(new_page(), "bo")
    demo.open_page(anna, "forskoleko")
    anna.goto(anna.url.split("?")[0] + "?show=flagged")  # what an engine said instead would block the approval
    bench = anna.url.split("?")[0]
    anna.locator("li.card textarea[name=text]").fill("Contact the municipality, and you get a form.")
    with anna.expect_response("**/save"):
        anna.keyboard.press("Control+Enter")
    anna.goto(bench)
    key = anna.locator("li.card").get_attribute("data-key")
    approve(demo, anna, bo, "The first text that was approved.")
    anna.goto(f"{bench}?segment={key}")
    approve(demo, anna, bo, "The second text that was approved.")

    bo.get_by_role("link", name="Approved versions").click()
    bo.locator("input[name=show]").nth(1).check()
    bo.locator("input[name=against]").nth(0).check()
    bo.get_by_role("button", name="Show", exact=True).click()
    expect(bo.locator("#version")).to_contain_text("1 text differs.")
    expect(bo.locator("#version ins")).to_contain_text("first")
    expect(bo.locator("#version del")).to_contain_text("second")
    assert axe(bo) == []
    public = f"{demo.public}/overkalix/en/{PATH}"
    reader = new_page()
    reader.goto(public)
    expect(reader.get_by_role("main")).to_contain_text("The second text that was approved.")
    bo.get_by_role("button", name="Publish this version").click()
    expect(bo.get_by_role("status").filter(has_text="Readers see this version now.")).to_be_visible()
    other = new_page()  # whoever has just read the page has it for a minute
    other.goto(public)
    expect(other.get_by_role("main")).to_contain_text("The first text that was approved.")


def test_carin_withdraws_the_statement_of_accuracy_and_publishes_it_again(demo: Demo, new_page: Pages, axe) -> None:
    carin, reader = demo.sign_in(new_page(), "carin"), new_page()
    carin.goto(f"{demo.staff}/sites/overkalix/statement/en")
    expect(carin.get_by_role("main")).to_contain_text("It is public since")
    carin.get_by_role("button", name="Withdraw it").click()
    expect(carin.get_by_role("status").filter(has_text="The statement is withdrawn")).to_be_visible()
    expect(carin.get_by_role("main")).to_contain_text("It is not public.")
    assert axe(carin) == []
    carin.get_by_role("button", name="Publish the statement").click()
    expect(carin.get_by_role("status").filter(has_text="The statement is public.")).to_be_visible()
    address = carin.get_by_role("link", name="Show the public page").get_attribute("href") or ""
    path = "/" + address.split("/", 3)[3]
    assert (reader.goto(demo.public + path) or reader).status == 200
    expect(reader.get_by_role("heading", level=1)).to_be_visible()
    assert axe(reader) == []


def test_carin_downloads_the_open_data(demo: Demo, new_page: Pages, axe, tmp_path: Path) -> None:
    carin = demo.sign_in(new_page(), "carin")
    carin.goto(f"{demo.staff}/sites/overkalix/open-data/en")
    assert axe(carin) == []
    carin.get_by_label("Licence").fill("CC0-1.0")
    with carin.expect_download() as download:
        carin.get_by_role("button", name="Download the data (ZIP)").click()
    file = tmp_path / "data.zip"
    download.value.save_as(file)
    with zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None
        said = b"".join(archive.read(name) for name in archive.namelist()).decode()
    assert "CC0-1.0" in said
    assert "Anna" not in said


def test_carin_takes_independent_translations_in(demo: Demo, new_page: Pages, page_log, axe, tmp_path: Path) -> None:
    page_log.expect("422")
    carin = demo.sign_in(new_page(), "carin")
    carin.goto(f"{demo.staff}/sites/overkalix/references/en")
    expect(carin.get_by_role("main")).to_contain_text("There are no independent translations yet")
    wrong, right = tmp_path / "wrong.jsonl", tmp_path / "right.jsonl"
    wrong.write_text("not a pair of texts\n", "utf-8")
    pairs = [
        {"sv": "Tacka ja eller nej inom sju dagar.", "en": "Accept or decline within seven days."},
        {"sv": "En mening som inte står på någon sida.", "en": "A sentence that stands on no page."},
    ]
    right.write_text("".join(json.dumps(pair, ensure_ascii=False) + "\n" for pair in pairs), "utf-8")
    carin.get_by_label("File").set_input_files(wrong)
    carin.get_by_role("button", name="Take it in").click()
    expect(carin.get_by_role("alert")).to_be_visible()
    carin.get_by_label("File").set_input_files(right)
    carin.get_by_role("button", name="Take it in").click()
    expect(carin.get_by_role("status")).to_have_text("1 new, 0 known already, 1 whose Swedish stands on no page.")
    expect(carin.get_by_role("row", name="right.jsonl")).to_be_visible()
    assert axe(carin) == []
