"""The desk, where Bo says yes or no to what Anna submitted."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from review_app.accounts.permissions import COMMAND_LINE
from review_app.review.states import PageState
from review_app.segments.service import import_page
from tests.builders import HTML, PASSWORD
from tests.databases import Backend
from tests.web.conftest import Browser, main_of
from tests.web.library import BOOKS, LOAN, RULES, Library, open_library


@pytest.fixture
def library(backend: Backend, tmp_path: Path) -> Iterator[Library]:
    """The page with the machine's two wrong figures mended, so that nothing blocks its approval."""
    with open_library(backend, tmp_path) as found:
        found.save(BOOKS, "You may borrow 20 books at a time.")
        found.save(RULES, "The rules were adopted by the council on 23 June 2014.")
        yield found


@pytest.fixture
def anna(library: Library) -> Browser:
    return library.browser("anna")


@pytest.fixture
def bo(library: Library) -> Browser:
    return library.browser("bo")


def test_anna_submits_and_bo_approves_and_publishes(library: Library, anna: Browser, bo: Browser) -> None:
    library.save(LOAN, "Loans are for four weeks.")
    desk = anna.post(f"{library.path}/submit").location
    assert desk
    assert library.state() is PageState.SUBMITTED
    assert "Biblioteket" in bo.get("/approvals").text
    page = bo.get(desk).text
    assert "What does your approval stand on?" in page
    assert "checked" not in page.split('name="basis"', 1)[1].split("</fieldset>")[0]
    answer = bo.post(f"{desk}/approve", {"basis": "reads", "comment": "", "publish": "1"})
    assert answer.location == desk
    assert library.state() is PageState.PUBLISHED
    assert "Bo approved it, as someone who reads the language." in bo.get(desk).text


def test_an_approval_says_what_it_stands_on(library: Library, bo: Browser) -> None:
    desk = f"/submissions/{library.submit()}"
    answer = bo.post(f"{desk}/approve", {"comment": "Fine with me"})
    assert answer.status_code == 422
    assert "Say what your approval stands on" in answer.text
    assert "Fine with me" in answer.text
    assert library.state() is PageState.SUBMITTED


def test_approving_alone_offers_to_publish_and_to_withdraw(library: Library, bo: Browser) -> None:
    desk = f"/submissions/{library.submit()}"
    bo.post(f"{desk}/approve", {"basis": "vouches", "publish": "0"})
    assert library.state() is PageState.APPROVED
    assert f"{desk}/publish" in bo.get(desk).text
    bo.post(f"{desk}/publish")
    assert library.state() is PageState.PUBLISHED
    assert f"{desk}/withdraw" in bo.get(desk).text
    bo.post(f"{desk}/withdraw")
    assert library.state() is PageState.APPROVED


def test_sending_back_needs_a_comment_that_anna_then_sees(library: Library, anna: Browser, bo: Browser) -> None:
    desk = f"/submissions/{library.submit()}"
    assert bo.post(f"{desk}/return", {"comment": " "}).status_code == 422
    bo.post(f"{desk}/return", {"comment": "We say recycling centre."})
    assert library.state() is PageState.RETURNED
    assert "We say recycling centre." in anna.get(library.path).text


def test_anna_may_not_approve(library: Library, anna: Browser) -> None:
    desk = f"/submissions/{library.submit()}"
    page = anna.get(desk).text
    assert "Only an approver of the site can approve or return a page." in page
    assert 'name="basis"' not in page
    assert anna.post(f"{desk}/approve", {"basis": "reads"}).status_code == 403
    assert library.state() is PageState.SUBMITTED


def test_a_stranger_finds_nothing(library: Library) -> None:
    desk = f"/submissions/{library.submit()}"
    stranger = Browser(library.app)
    stranger.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    stranger.post("/sign-in", {"email": "bo@noise.example", "password": PASSWORD})
    assert stranger.get(desk).status_code == 404
    assert "Nothing waits for your word" in stranger.get("/approvals").text


def test_shows_what_changed_since_the_last_approval(library: Library, bo: Browser) -> None:
    bo.post(f"/submissions/{library.submit()}/approve", {"basis": "reads"})
    library.save(BOOKS, "You may borrow 15 books at a time.")
    page = bo.get(f"/submissions/{library.submit()}").text
    assert "1 text changed" in page
    assert re.search(r"<del>.*20.*</del><ins>.*15.*</ins>", page)


def test_shows_what_changed_in_the_swedish(library: Library, bo: Browser) -> None:
    bo.post(f"/submissions/{library.submit()}/approve", {"basis": "reads"})
    with library.database.writing() as session:
        body = HTML.replace("fyra veckor", "tre veckor").encode()
        import_page(session, COMMAND_LINE, library.town.site_id, body=body, path="bibliotek", origin="test")
    library.save(LOAN, "The loan period is three weeks.")
    page = bo.get(f"/submissions/{library.submit()}").text
    assert re.search(r"<del>.*fyra.*</del><ins>.*tre.*</ins>", page)
    assert re.search(r"<del>.*four.*</del><ins>.*three.*</ins>", page)


def test_bo_sees_what_was_said_and_is_not_done_and_who_said_it(library: Library, anna: Browser, bo: Browser) -> None:
    library.save(LOAN, "Loans are for four weeks.")
    comments, desk = library.segment(LOAN, "/comments"), f"/submissions/{library.submit()}"
    assert "Open comments" not in bo.get(desk).text
    anna.post(comments, {"comment": "Is it <four> weeks?", "about": "translation"})
    anna.post(library.segment(BOOKS, "/comments"), {"comment": "It says 25 at the desk.", "about": "source"})
    block = main_of(bo.get(desk).text).split("Open comments", 1)[1].split("</ul>")[0]
    on_books, on_loan = sorted(block.split("<li>")[1:], key=lambda line: "four" in line)
    assert '<span class="tag">Anna</span>' in on_loan
    assert "Is it &lt;four&gt; weeks?" in on_loan
    assert f'href="#k-{library.page.key(LOAN)}"' in on_loan
    assert "Loans are for four weeks." in on_loan
    assert "The Swedish is wrong:" not in on_loan
    assert "The Swedish is wrong:" in on_books
    assert "It says 25 at the desk." in on_books
    assert "Du får låna 20" in on_books
    said = library.row(LOAN).open_comments[0]
    anna.post(f"{comments}/{said.id}/close")
    assert "four&gt; weeks?" not in bo.get(desk).text
    assert "It says 25 at the desk." in bo.get(desk).text


def test_readers_notice_is_foretold_for_both_answers(library: Library, bo: Browser) -> None:
    page = bo.get(f"/submissions/{library.submit()}").text
    assert "by a person who reads the language." in page
    assert "without reading the language." in page
    assert page.count("has read 2 of 8 passages") == 2


def test_what_blocks_is_said_and_carin_records_why_it_does_not(library: Library, bo: Browser) -> None:
    library.save(BOOKS, "You may borrow 30 books at a time.")
    desk, carin = f"/submissions/{library.submit()}", library.browser("carin")
    blocked = bo.get(desk).text
    assert "Approval is blocked" in blocked
    assert 'name="reason"' not in blocked
    refused = bo.post(f"{desk}/approve", {"basis": "reads"})
    assert refused.status_code == 422
    assert "A critical flag is open on 1 of the sentences." in refused.text
    assert bo.post(f"{desk}/allow", {"reason": "Because."}).status_code == 403
    assert "Write why" in carin.post(f"{desk}/allow", {"reason": ""}).text
    assert carin.post(f"{desk}/allow", {"reason": "The rule says 30."}).status_code == 303
    assert "Carin allows approval all the same:" in bo.get(desk).text
    assert bo.post(f"{desk}/approve", {"basis": "reads"}).status_code == 303
    assert "The rule says 30." in bo.get(desk).text
    assert "The rule says 30." in carin.get(f"/sites/{library.town.slug}/log").text


def test_little_read_is_a_warning(library: Library, bo: Browser) -> None:
    desk = f"/submissions/{library.submit()}"
    assert "A person has read 25% of the sentences; the site asks for at least 50%." in bo.get(desk).text
    assert bo.post(f"{desk}/approve", {"basis": "vouches"}).status_code == 303


def test_bo_approves_a_part_and_anna_reads_why_the_rest_is_not(library: Library, anna: Browser, bo: Browser) -> None:
    desk, loan = f"/submissions/{library.submit()}", library.page.key(LOAN)
    ticked = [segment.key for segment in library.page.segments if segment.key != loan]
    form = {"chosen": "1", "basis": "reads", "passage": ticked, "publish": "1"}
    all_of_it = bo.post(f"{desk}/approve", form)
    assert "Some sentences are not ticked." in all_of_it.text
    assert f'value="{loan}">' in all_of_it.text, "what is ticked stays as it was"
    assert "why the rest comes back" in bo.post(f"{desk}/approve-part", form).text
    assert bo.post(f"{desk}/approve-part", {**form, f"comment-{loan}": "Say loans."}).location == desk
    assert "Bo approved 7 sentences and sent the rest back" in bo.get(desk).text
    assert library.state() is PageState.RETURNED
    page = anna.get(library.path).text
    assert "Bo sent the sentence back:</strong> Say loans." in page
    assert "1 sentence has a comment:" in page


def test_a_page_changed_after_it_was_submitted_cannot_be_approved(library: Library, bo: Browser) -> None:
    desk = f"/submissions/{library.submit()}"
    library.save(BOOKS, "You may have 20 books at a time.")
    assert "The page was changed after it was submitted." in bo.get(desk).text
    assert bo.post(f"{desk}/approve", {"basis": "reads"}).status_code == 409
