"""The translation memory in the browser: its page, and what the bench shows of it."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import update

from review_app.db import Database
from review_app.glossary.service import set_term
from review_app.jobs.runner import run_job
from review_app.memory.tables import MemoryFile
from review_app.publishing.service import publish, withdraw
from review_app.settings import Settings
from review_app.sites.service import site_by_id
from review_app.worker import job_functions
from tests.builders import say_yes
from tests.databases import Backend
from tests.web.conftest import Browser
from tests.web.library import HTMX, LOAN, RULES, Library, open_library

MEMORY = "/sites/alvby/memory"
TMX = """<tmx version="1.4"><header/><body><tu><tuv xml:lang="sv"><seg>Lånetiden är två veckor.</seg></tuv>
<tuv xml:lang="en-GB"><seg>The loan period is two weeks.</seg></tuv></tu></body></tmx>"""


@pytest.fixture
def library(sqlite: Backend, tmp_path: Path) -> Iterator[Library]:
    with open_library(sqlite, tmp_path) as found:
        yield found


def send(browser: Browser, name: str, body: str) -> tuple[int, str]:
    answer = browser.post(f"{MEMORY}/import", {"file": (BytesIO(body.encode()), name)})
    return answer.status_code, answer.text


def run_jobs(library: Library, database: Database) -> None:
    functions = job_functions(Settings(_env_file=None, log_level="ERROR"))
    for job_id in library.jobs.sent:
        run_job(database, functions, job_id)


def test_a_file_is_taken_in_helps_on_the_bench_and_is_given_back(library: Library) -> None:
    carin = library.browser("carin")
    assert send(carin, "../minne.tmx", TMX)[0] == 303
    run_jobs(library, library.database)
    assert "minne.tmx" in carin.get(MEMORY).text
    found = carin.get(f"{MEMORY}?language=en&q=Lånetiden är fyra veckor.").text
    assert "80%" in found
    assert "<del>" in found
    helped = library.browser("anna").get(library.segment(LOAN, "/help"), **HTMX).text
    assert "The loan period is two weeks." in helped
    assert "from minne.tmx" in helped
    assert "data-match" in helped
    assert "data-match" not in library.browser("bo").get(library.segment(LOAN, "/help"), **HTMX).text
    csv = carin.get(f"{MEMORY}/en.csv").get_data(as_text=True)
    assert csv.splitlines()[1].startswith("Lånetiden är två veckor.,The loan period is two weeks.,imported,,minne.tmx")
    assert "two weeks" in carin.get(f"{MEMORY}/en.tmx").text


@pytest.mark.parametrize(
    ("name", "body", "message"),
    [
        ("", "", "No file was chosen"),
        ("a.tmx", '<!DOCTYPE tmx [<!ENTITY a "a">]><tmx/>', "it declares entities"),
        ("a.csv", "de;fr\nJa;Oui\n", "has no texts in sv"),
    ],
)
def test_a_file_without_use_is_refused_in_a_sentence(library: Library, name: str, body: str, message: str) -> None:
    status, text = send(library.browser("carin"), name, body)
    assert (status, message in text) == (422, True)
    assert library.jobs.sent == []


def test_only_an_administrator_takes_files_in_and_shares(library: Library) -> None:
    anna = library.browser("anna")
    assert send(anna, "a.tmx", TMX)[0] == 403
    assert anna.post(f"{MEMORY}/sharing", {"reader": "2"}).status_code == 403
    assert "Take pairs in" not in anna.get(MEMORY).text
    carin = library.browser("carin")
    assert carin.post(f"{MEMORY}/sharing", {"reader": "x"}).status_code == 422
    assert carin.post(f"{MEMORY}/sharing", {"reader": "2"}).status_code == 303
    assert 'value="2" checked' in carin.get(MEMORY).text


def test_terms_of_the_sentence_and_words_of_the_memory(library: Library) -> None:
    with library.database.writing() as session:
        site = site_by_id(session, library.town.site_id)
        set_term(session, library.town.carin, site, "kommunfullmäktige", "en", "municipal assembly", "city council")
    submission = library.submit()
    with library.database.writing() as session:
        say_yes(session, library.town, submission)
    anna = library.browser("anna")
    helped = anna.get(library.segment(RULES, "/help"), **HTMX).text
    assert 'data-insert="municipal assembly"' in helped
    assert '<mark class="term">kommunfullmäktige</mark>' in helped
    assert "1 term" in helped
    found = anna.get(library.segment(LOAN, "/help?words=adopted by"), **HTMX).text
    assert '<mark class="term">adopted by</mark>' in found
    assert "approved, read by nobody" in found
    assert "No pair of the memory" in anna.get(library.segment(LOAN, "/help?words=%25"), **HTMX).text
    assert anna.get(library.segment(LOAN, "/help")).status_code == 303


def test_a_pair_says_that_its_page_was_withdrawn_and_holds(library: Library) -> None:
    submission = library.submit()
    with library.database.writing() as session:
        say_yes(session, library.town, submission)
        publish(session, library.town.bo, library.page.page_id, "en")
    anna, asked = library.browser("anna"), library.segment(LOAN, "/help?words=adopted by")
    assert "withdrawn" not in anna.get(asked, **HTMX).text
    with library.database.writing() as session:
        withdraw(session, library.town.bo, library.page.page_id, "en")
    found = anna.get(asked, **HTMX).text
    assert "approved, read by nobody" in found
    assert "withdrawn from the public side on" in found


def test_a_job_that_has_lost_its_file_says_so(library: Library) -> None:
    carin = library.browser("carin")
    send(carin, "a.tmx", TMX)
    with library.database.writing() as session:
        session.execute(update(MemoryFile).values(content=None))
    run_jobs(library, library.database)
    assert "has been taken in already" in carin.get(f"/jobs/{library.jobs.sent[0]}").text
