"""What Anna does with the queue, and with a spot check."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from review_app.review import decisions
from review_app.review.assigning import give
from review_app.web import queue as queue_page
from review_app.web.queue import highlighted
from tests.builders import BuiltPage, build_page
from tests.databases import Backend
from tests.quality.drawn import LANES, build_assessed
from tests.web.conftest import Browser, main_of
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
    assert "12 passages wait in English, about " in shown
    assert main_of(shown).count("button primary") == 1
    first = shown.split('class="button primary" href="')[1].split('"')[0].replace("&amp;", "&")
    assert 'aria-current="true"' in anna.get(first.split("#")[0]).text
    assert f"/pages/{page.page_id}/en?show=risk" in shown


def test_the_queue_for_today_has_the_passages_that_the_start_page_counts(library: Library) -> None:
    page = take_in(library, share=0)
    anna = library.browser("anna")
    with library.database.writing() as session:
        build_assessed(session, library.town.site_id, share=1, path="spot-checks")
        noise = build_page(session, library.town.site_id, path="noise", machine={"Biblioteket": "The librari 99"})
        give(
            session, library.town.carin, library.town.site_id, "en",
            person_id=library.town.carin.person_id, page_ids=[noise.page_id],
        )  # fmt: skip
    shown, counted = _today(anna)
    assert counted == len(re.findall('class="passage-link"', shown)) > 0
    assert f"{counted} passages for today in English, flagged or at high risk" in shown
    assert "Spot checks" not in shown
    assert f"/pages/{noise.page_id}/" not in shown, "it is with another"
    with library.database.writing() as session:
        decisions.submit(session, library.town.anna, page.page_id, "en")
    fewer, left = _today(anna)
    assert left == len(re.findall('class="passage-link"', fewer)) < counted
    assert f"/pages/{page.page_id}/" not in fewer, "it is for those who decide"


def _today(browser: Browser) -> tuple[str, int]:
    """Return the queue that the start page's button leads to, and how many passages the button tells of."""
    link = re.search(
        r'href="(\S+state=today)">Passage by passage, riskiest first: (\d+) in English', browser.get("/").text
    )
    assert link
    return browser.get(link[1].replace("&amp;", "&")).text, int(link[2])


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


def ask(library: Library, browser: Browser, query: str) -> str:
    answer = browser.get(f"/sites/{library.town.slug}/queue?language=en&{query}")
    assert answer.status_code == 200
    return answer.text.partition('id="queue"')[2]


def test_a_language_in_which_nothing_waits_says_so(library: Library) -> None:
    assert "The queue is empty" in show(library, library.browser("anna"), "ar")


def test_the_queue_is_narrowed_by_what_stands_in_source_translation_and_comments(library: Library) -> None:
    anna = library.browser("anna")
    anna.post(library.segment("Lånetiden", "/comments"), {"comment": "Is it <four> weeks?", "about": "translation"})
    for word, found in (("WEEKDAYS", "The library is open"), ("kommunfullm", "The rules were"), ("<four>", "The loan")):
        shown = ask(library, anna, f"q={word.replace('<', '%3C')}")
        assert ">1 passage</h1>" in shown, word
        assert found in shown
    assert '<mark class="term">weekdays</mark>' in ask(library, anna, "q=WEEKDAYS")
    assert '<mark class="term">&lt;four&gt;</mark>' in ask(library, anna, "q=%3Cfour%3E")
    assert "No passage matches" in ask(library, anna, "q=nowhere")


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("kind=number", 1),
        ("state=all", 8),
        ("state=read", 1),
        ("state=machine", 7),
        ("state=untranslated", 0),
        ("who=nobody", 0),
        ("who=me", 7),
        ("class=rights", 0),
        ("risk=high", 0),
        ("state=nonsense", 7),
    ],
)
def test_the_queue_is_narrowed_by_state_flag_person_and_what_is_at_stake(
    library: Library, query: str, count: int
) -> None:
    anna = library.browser("anna")
    library.save("Lånetiden", "You may keep them for four weeks.")
    with library.database.writing() as session:
        give(session, library.town.carin, library.town.site_id, "en", person_id=library.town.anna.person_id)
    shown = ask(library, anna, query)
    assert shown.count('class="passage-link"') == count


def test_a_spot_check_is_found_by_its_text_but_never_by_its_flags_or_its_risk(library: Library) -> None:
    take_in(library, share=1)
    anna = library.browser("anna")
    assert "Spot checks" in ask(library, anna, "q=swimming")
    for query in ("kind=number", "risk=high", "risk=low"):
        assert "Spot checks" not in ask(library, anna, query)


def test_a_long_text_is_shown_around_what_was_looked_for() -> None:
    text = f"{'a ' * 200}needle{' b' * 200}"
    runs = highlighted(text, "needle")
    assert "needle" in [run.text for run in runs if run.severity]
    assert sum(len(run.text) for run in runs) < 170
    assert "".join(run.text for run in highlighted("short", "")) == "short"


def test_what_comes_after_the_first_page_of_the_queue_is_reached_with_what_is_asked_for(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue_page, "MOST_ROWS", 3)
    anna = library.browser("anna")
    shown, passages = ask(library, anna, "state=all"), []
    assert "Earlier in the queue" not in shown
    assert "5 more come after these." in shown
    for _ in range(3):
        passages += re.findall(r'class="passage-link" href="[^"]*#s-(\w+)"', shown)
        onward = re.search(r'href="([^"]*)" rel="next">Further in the queue', shown)
        if onward:
            assert "state=all" in onward[1]
            shown = anna.get(onward[1].replace("&amp;", "&")).text
    assert sorted(passages) == sorted(segment.key for segment in library.page.segments)
    assert "more come" not in shown
    assert 'rel="next"' not in shown
    back = re.search(r'href="([^"]*)" rel="prev">Earlier in the queue', shown)
    assert back
    assert "nr=2" in back[1]
    assert "state=all" in back[1]


@pytest.mark.parametrize(
    ("number", "count"), [("4", 2), ("999999999", 2), ("0", 3), ("-1", 3), ("x", 3), ("9" * 40, 3)]
)
def test_a_page_that_the_queue_has_no_more_is_its_last_one(
    library: Library, monkeypatch: pytest.MonkeyPatch, number: str, count: int
) -> None:
    monkeypatch.setattr(queue_page, "MOST_ROWS", 3)
    shown = ask(library, library.browser("anna"), f"state=all&nr={number}")
    assert shown.count('class="passage-link"') == count


def test_spot_checks_beyond_the_first_page_are_reached_too(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    page = take_in(library, share=1)
    monkeypatch.setattr(queue_page, "MOST_ROWS", 3)
    anna = library.browser("anna")
    pages = [ask(library, anna, f"nr={number}") for number in (1, 2)]
    found = [re.findall(rf"/pages/{page.page_id}/en\S*#s-(\w+)", shown.split("Spot checks")[1]) for shown in pages]
    assert [len(keys) for keys in found] == [3, 1]
    assert not set(found[0]) & set(found[1])
