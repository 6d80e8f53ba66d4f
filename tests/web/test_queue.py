"""What Anna does with the queue, and with a spot check."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from review_app.review import decisions
from tests.builders import BuiltPage
from tests.databases import Backend
from tests.quality.drawn import LANES, build_assessed
from tests.web.conftest import Browser
from tests.web.library import HTMX, Library, open_library


@pytest.fixture
def library(backend: Backend, tmp_path: Path) -> Iterator[Library]:
    with open_library(backend, tmp_path) as opened:
        yield opened


def take_in(library: Library, share: float) -> BuiltPage:
    with library.database.writing() as session:
        return build_assessed(session, library.town.site_id, share=share)


def show(library: Library, browser: Browser, language: str = "en") -> str:
    return browser.get(f"/sites/{library.town.slug}/queue?language={language}").text


def test_anna_sees_the_riskiest_first_with_the_risk_in_words_and_begins(library: Library) -> None:
    page = take_in(library, share=0)
    anna = library.browser("anna")
    shown = show(library, anna)
    assert "risk of error, " in shown
    assert "12 passages wait, about " in shown
    assert shown.count("button primary") == 1
    first = shown.split('class="button primary" href="')[1].split('"')[0].replace("&amp;", "&")
    assert 'aria-current="true"' in anna.get(first.split("#")[0]).text
    assert f"/pages/{page.page_id}/en?show=risk" in shown


def test_a_spot_check_stands_apart_and_tells_nothing(library: Library) -> None:
    page = take_in(library, share=1)
    anna = library.browser("anna")
    shown = show(library, anna)
    assert "Spot checks" in shown
    assert "risk of error, " not in shown, "the library's texts have no estimate yet"
    bench = f"/sites/{library.town.slug}/pages/{page.page_id}/en"
    card = anna.get(f"{bench}?segment={page.key(LANES)}").text
    assert "Judge the text first" in card
    assert "The Swedish says 6" not in card
    checked = anna.post(f"{bench}/segments/{page.key(LANES)}/check", {"text": "It has 9 lanes."}, **HTMX).text
    assert "The Swedish says 6" not in checked
    anna.post(f"{bench}/segments/{page.key(LANES)}/accept", {"based_on": "1"})
    assert "The Swedish says 6" in anna.get(f"{bench}?segment={page.key(LANES)}").text


def test_a_language_without_a_validated_risk_says_so(library: Library) -> None:
    with library.database.writing() as session:
        build_assessed(session, library.town.site_id, share=0, language="ar")
    assert "The risk is not validated for Arabic" in show(library, library.browser("anna"), "ar")


def test_a_stranger_sees_no_queue(library: Library) -> None:
    assert library.browser("anna").get("/sites/noise/queue").status_code == 404
    assert library.browser("anna").get(f"/sites/{library.town.slug}/queue?language=de").status_code == 404


def test_the_bench_in_order_of_risk_begins_with_spot_checks(library: Library) -> None:
    page = take_in(library, share=1)
    shown = library.browser("anna").get(f"/sites/{library.town.slug}/pages/{page.page_id}/en?show=risk").text
    assert shown.count("spot check") >= 3
    assert "Riskiest first 4" in shown


def test_an_approver_is_told_of_unjudged_spot_checks_and_of_the_risk_in_what_is_unread(library: Library) -> None:
    with library.database.writing() as session:
        hidden = build_assessed(session, library.town.site_id, share=1, path="stickprov")
        shown = build_assessed(session, library.town.site_id, share=0, path="risk")
        anna = library.town.anna
        of_hidden, of_shown = (decisions.submit(session, anna, built.page_id, "en") for built in (hidden, shown))
    bo = library.browser("bo")
    assert "4 are not judged yet; their flags are not shown" in bo.get(f"/submissions/{of_hidden}").text
    desk = bo.get(f"/submissions/{of_shown}").text
    assert "Risk in what nobody has read" in desk
    assert "would be changed by a reader of both languages" in desk
    assert "not judged yet" not in desk
