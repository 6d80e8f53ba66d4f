"""Marking errors by keys, by pointer and by check boxes; Carin opens the round, and closes it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from review_app.accounts.permissions import COMMAND_LINE
from review_app.accounts.service import get_person_id, person_actor
from review_app.annotations.marks import Protocol
from review_app.annotations.sampling import Sampled
from review_app.annotations.service import Plan, open_round
from review_app.annotations.settings import Settings, change_settings
from review_app.annotations.working import own_round, own_text
from review_app.db import Database
from review_app.schema import metadata
from review_app.sites.service import get_site
from tests.browser.conftest import NARROW, WIDE
from tests.browser.served_demo import Demo

Axe = Callable[..., list[str]]
Measure = Callable[[Page], int]
NewPage = Callable[..., Page]


@pytest.fixture
def no_round(demo: Demo, tmp_path: Path) -> None:
    """Take the demonstration's own round away: it holds all the machine's texts."""
    database = Database(f"sqlite:///{tmp_path / 'demo' / 'review.db'}")
    with database.writing() as session:
        for table in reversed(metadata.sorted_tables):
            if table.name.startswith("annotation"):
                session.execute(table.delete())
    database.dispose()


@pytest.fixture
def opened(demo: Demo, no_round: None, tmp_path: Path) -> Callable[..., str]:
    """Open a round for Anna and give the path of a sentence of some length."""

    def open_for_anna(language: str = "en", protocol: Protocol = Protocol.ESA) -> str:
        database = Database(f"sqlite:///{tmp_path / 'demo' / 'review.db'}")
        with database.writing() as session:
            site, anna = get_site(session, "overkalix"), get_person_id(session, "anna@example.se")
            change_settings(session, COMMAND_LINE, site.id, Settings(protocol))
            plan = Plan(language, "Hösten", 12, [anna], Sampled.RANDOM, seed=3)
            round_id = open_round(session, COMMAND_LINE, site.id, plan)
            actor = person_actor(session, anna)
            places = range(1, len(own_round(session, actor, round_id).states))
            long = max(places, key=lambda place: len(own_text(session, actor, round_id, place).words))
        database.dispose()
        return f"/marking/{round_id}/{long}"

    return open_for_anna


def marks(page: Page) -> list[str]:
    """Return what stands in the list of marks, once it is steady."""
    return [
        " ".join(text.split()) for text in page.locator(".marks li .kind, .marks li > span + span").all_inner_texts()
    ]


def words(page: Page, first: int, last: int) -> str:
    return page.evaluate(
        """([first, last]) => { const range = document.createRange();
        range.setStart(document.getElementById(`w-${first}`), 0);
        range.setEnd(document.getElementById(`w-${last}`), 1); return range.toString(); }""",
        [first, last],
    )


@pytest.mark.parametrize("locale", ["sv-SE", "en-GB"])
def test_by_keys_alone(demo: Demo, opened: Callable[..., str], new_page: NewPage, axe: Axe, locale: str) -> None:
    page = demo.sign_in(new_page(locale=locale), "anna")
    start = opened()
    page.goto(demo.staff + start)
    text = page.locator("#text")
    expect(text).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator("#text [aria-selected=true]")).to_have_count(2)
    assert axe(page) == []
    page.keyboard.press("2")
    expect(page.locator(".marks li")).to_have_count(1)
    expect(page.locator("#text .w.major")).to_have_count(2)
    expect(page.locator("#said")).not_to_be_empty()
    expect(text).to_be_focused()
    first = marks(page)[1]
    assert first == words(page, 1, 2)

    page.keyboard.press("End")  # what is missing
    page.keyboard.press("1")
    expect(page.locator(".marks li")).to_have_count(2)
    page.keyboard.press("Delete")
    expect(page.locator(".marks li")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator("#text [aria-selected=true]")).to_have_count(0)
    assert axe(page) == []

    page.keyboard.press("Enter")
    expect(page.locator("#slider")).to_be_focused()
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.keyboard.press("End")
    expect(page.locator("#f-score")).to_have_value("100")
    page.reload()  # nothing is lost
    expect(page.locator("#f-score")).to_have_value("100")
    assert marks(page)[1] == first
    page.keyboard.press("Control+Enter")
    page.wait_for_url(lambda url: start not in url)
    expect(page.locator("#text")).to_be_focused()
    expect(page.locator("main progress")).to_have_attribute("value", "1")


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_by_pointer(
    demo: Demo, opened: Callable[..., str], new_page: NewPage, axe: Axe, sideways_scroll: Measure, width: int
) -> None:
    page = demo.sign_in(new_page(width=width), "anna")
    start = opened(protocol=Protocol.MQM)
    page.goto(demo.staff + start)
    page.locator("#w-1").click()
    page.locator("#w-2").click(modifiers=["Shift"])
    page.get_by_label("What kind of error?").select_option("terminology/term")
    page.get_by_role("button", name="critical").click()
    expect(page.locator(".marks li.critical")).to_contain_text("Terms")
    assert marks(page)[1].startswith(words(page, 1, 2))

    a, b = page.locator("#w-4").bounding_box(), page.locator("#w-5").bounding_box()
    assert a
    assert b
    page.mouse.move(a["x"] + 1, a["y"] + a["height"] / 2)
    page.mouse.down()
    page.mouse.move(b["x"] + b["width"] - 1, b["y"] + b["height"] / 2, steps=4)
    page.mouse.up()
    expect(page.locator("#text .chosen")).to_have_count(2)
    page.get_by_role("button", name="minor").click()
    expect(page.locator(".marks li")).to_have_count(2)
    assert axe(page) == []
    assert sideways_scroll(page) == 0
    page.get_by_role("button", name="Take away").first.click()
    expect(page.locator(".marks li")).to_have_count(1)
    page.locator("#slider").fill("66")
    page.get_by_role("button", name="Done, next sentence").click()
    page.wait_for_url(lambda url: start not in url)


def test_two_marks_in_a_breath_are_both_kept(demo: Demo, opened: Callable[..., str], new_page: NewPage) -> None:
    page = demo.sign_in(new_page(), "anna")
    page.goto(demo.staff + opened())
    expect(page.locator("#text")).to_be_focused()
    for key in ("1", "ArrowRight", "ArrowRight", "2"):
        page.keyboard.press(key)
    expect(page.locator(".marks li")).to_have_count(2)


@pytest.mark.parametrize("script", [True, False])
def test_by_check_boxes(demo: Demo, opened: Callable[..., str], new_page: NewPage, script: bool) -> None:
    page = demo.sign_in(new_page(width=NARROW, java_script_enabled=script), "anna")
    start = opened()
    page.goto(demo.staff + start)
    page.get_by_text("Choose words with check boxes").click()
    boxes = page.locator("input[name=word]")
    boxes.nth(2).check()
    boxes.last.check()
    page.get_by_role("button", name="major").click()
    expect(page.locator(".marks li")).to_have_count(2)
    expect(page.locator(".marks")).to_contain_text("something is missing")
    page.get_by_label("Score, 0 to 100").fill("33")
    page.get_by_role("button", name="Done, next sentence").click()
    page.wait_for_url(lambda url: start not in url)
    expect(page.locator("main progress")).to_have_attribute("value", "1")


def test_arrows_follow_the_script_of_the_text(demo: Demo, opened: Callable[..., str], new_page: NewPage) -> None:
    page = demo.sign_in(new_page(), "anna")
    page.goto(demo.staff + opened("ar"))
    expect(page.locator("#text")).to_have_attribute("dir", "rtl")
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#w-1")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#w-0")).to_have_attribute("aria-selected", "true")


@pytest.mark.parametrize("script", [True, False])
def test_carin_has_errors_marked(
    demo: Demo, no_round: None, new_page: NewPage, axe: Axe, sideways_scroll: Measure, width: int, script: bool
) -> None:
    page = demo.sign_in(new_page(width=width, java_script_enabled=script), "carin")
    page.goto(f"{demo.staff}/sites/overkalix/rounds?language=en")
    page.get_by_label("What the round is called").fill("Hösten")
    page.get_by_label("all machine texts").check()
    page.get_by_label("Sentences, at most").fill("3")
    page.get_by_role("checkbox", name="Anna Lindqvist").check()
    page.get_by_role("button", name="Open the round").click()
    expect(page.locator("main table").first).to_contain_text("0 of 3")
    if script:
        assert axe(page) == []
        assert sideways_scroll(page) == 0
    page.get_by_role("button", name="Close and count").click()
    expect(page.get_by_role("button", name="Close and count")).to_have_count(0)
