"""The page in the frame of the bench: the real page with its passages in place, and nothing of it can run."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from markupsafe import escape

from review_app.publishing.content import split_after_heading
from review_app.publishing.notice import facts_from, notice
from review_app.publishing.service import live_publications
from review_app.publishing.wording import wording
from tests.builders import build_page
from tests.databases import Backend
from tests.web.conftest import Browser
from tests.web.library import BOOKS, RULES, Library, open_library

HTML = """<!doctype html><html lang=sv><head><title>Avgifter</title><script>alert(1)</script></head><body>
<nav><a href="/">Till start</a></nav>
<main><h1>Avgifter</h1>
<table><tr><th>Ärende</th><td>120 kr</td></tr></table>
<p><span data-passage="99.9">1</span></p>
<p onclick="alert(2)">Läs <a href="/regler">reglerna</a> först. Betala sedan.</p>
<img src="/vapen.png" alt="Kommunens vapen"><iframe src="https://elsewhere.example/"></iframe>
</main></body></html>"""
MACHINE = {
    "Avgifter": "Fees",
    "Till start": "To the start",
    "Ärende": "Matter",
    "120 kr": "SEK 210",
    "Läs <1>reglerna</1> först.": "First read <1>the rules</1>.",
    "Kommunens vapen": "The municipality's coat of arms",
}


@dataclass(frozen=True)
class Fees:
    """A page with a table, a link, a picture, a menu, and a sentence without a translation."""

    bench: str
    keys: dict[str, str]


@pytest.fixture
def library(backend: Backend, tmp_path: Path) -> Iterator[Library]:
    with open_library(backend, tmp_path) as found:
        yield found


@pytest.fixture
def fees(library: Library) -> Fees:
    with library.database.writing() as session:
        page = build_page(session, library.town.site_id, html=HTML, path="avgifter", machine=MACHINE)
    return Fees(f"/sites/alvby/pages/{page.page_id}/en", {one.source: one.key for one in page.segments})


@pytest.fixture
def anna(library: Library) -> Browser:
    return library.browser("anna")


def passage(page: str, key: str) -> str:
    """Return the first passage of a segment, its tag included."""
    found = re.search(rf'<span id="[^"]+" class="[^"]*" data-of="{key}".*?</span>', page, re.DOTALL)
    assert found, page
    return found[0]


def test_the_page_keeps_its_structure_and_each_passage_stands_in_it(fees: Fees, anna: Browser) -> None:
    page = anna.get(f"{fees.bench}/framed").text
    assert re.search(r"<th[^>]*><span[^>]*>Matter</span></th>", page)
    link = passage(page, fees.keys["Läs <1>reglerna</1> först."])
    assert re.search(r"First read <a [^>]*>the rules</a>\.</span>", link)
    assert "data-markup" in link


def test_a_passage_says_what_is_known_of_it(fees: Fees, anna: Browser) -> None:
    page = anna.get(f"{fees.bench}/framed").text
    assert 'class="passage unread critical"' in passage(page, fees.keys["120 kr"])
    missing = passage(page, fees.keys["Betala sedan."])
    assert 'class="passage missing"' in missing
    assert 'lang="sv"' in missing


def test_what_stands_outside_the_content_is_listed_around_it(fees: Fees, anna: Browser) -> None:
    before, main, after = re.split(r"<main>|</main>", anna.get(f"{fees.bench}/framed").text)
    assert "The municipality&#39;s coat of arms" in before
    assert "To the start" in after
    assert "To the start" not in main


def test_every_passage_stands_somewhere(fees: Fees, anna: Browser) -> None:
    page = anna.get(f"{fees.bench}/framed").text
    assert set(re.findall(r'data-of="([^"]+)"', page)) == set(fees.keys.values())


def test_nothing_in_the_frame_can_run_or_lead_away(fees: Fees, anna: Browser) -> None:
    answer = anna.get(f"{fees.bench}/framed")
    policy = answer.headers["Content-Security-Policy"]
    assert "script-src 'none'" in policy
    assert "sandbox allow-same-origin" in policy
    assert "frame-ancestors 'self'" in policy
    assert not re.search(r"<script|onclick|<iframe|alert\(", answer.text)
    bench = anna.get(fees.bench)
    assert re.search(r'<iframe [^>]*sandbox="allow-same-origin"', bench.text)
    assert "frame-src 'self'" in bench.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in bench.headers["Content-Security-Policy"]


def test_a_sentence_comes_alone_when_it_was_stored(fees: Fees, anna: Browser) -> None:
    key = fees.keys["Läs <1>reglerna</1> först."]
    form = {"text": "Read <1>our rules</1> first.", "based_on": "1"}
    saved = anna.post(f"{fees.bench}/segments/{key}/save", form, HX_Request="true").text
    assert "data-markup" in passage(saved, key)
    page = anna.get(f"{fees.bench}/framed?sentence={key}").text
    assert re.search(r"Read <a [^>]*>our rules</a> first\.", passage(page, key))
    assert set(re.findall(r'data-of="([^"]+)"', page)) == {key}


def test_the_desk_shows_what_is_then_published_to_the_letter(library: Library) -> None:
    library.save(RULES, "The rules were adopted by the council on 23 June 2014.")
    library.save(BOOKS, "You may borrow 20 books at a time.")
    submission, bo = library.submit(), library.browser("bo")
    foreseen = bo.get(f"/submissions/{submission}/framed")
    assert "frame-ancestors 'self'" in foreseen.headers["Content-Security-Policy"]
    assert "frame-src 'self'" in bo.get(f"/submissions/{submission}").headers["Content-Security-Policy"]
    answer = bo.post(f"/submissions/{submission}/approve", {"basis": "reads", "comment": "", "publish": "1"})
    assert answer.status_code == 303
    with library.database.reading() as session:
        live = live_publications(session, [library.page.page_id], "en")[library.page.page_id]
        heading, content = split_after_heading(live.html)
        assert "passage-machine" in content
        assert heading in foreseen.text
        assert content in foreseen.text
        assert str(
            escape(notice(facts_from(live.facts), "en", say=wording(session, library.town.site_id, "en").say))
        ) in (foreseen.text)
