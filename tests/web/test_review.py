"""The bench, as Anna uses it: with htmx, and with forms alone."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from review_app.accounts.permissions import COMMAND_LINE, Role
from review_app.accounts.service import grant
from review_app.jobs.service import get_job
from review_app.sites.service import get_site
from review_app.translations.origin import SegmentState
from tests.builders import HTML, PASSWORD, build_page
from tests.databases import Backend
from tests.web.conftest import Browser
from tests.web.library import BOOKS, HTMX, LOAN, RULES, Library, box, form, open_library, opened


@pytest.fixture
def library(backend: Backend, tmp_path: Path) -> Iterator[Library]:
    with open_library(backend, tmp_path) as found:
        yield found


@pytest.fixture
def anna(library: Library) -> Browser:
    return library.browser("anna")


@pytest.fixture
def bo(library: Library) -> Browser:
    return library.browser("bo")


class TestBench:
    def test_shows_every_sentence_and_opens_the_first_that_needs_work(self, library: Library, anna: Browser) -> None:
        answer = anna.get(library.path)
        assert answer.status_code == 200
        assert answer.text.count('<li id="s-') == len(library.page.segments)
        assert opened(library, answer) == "Biblioteket"

    def test_marks_what_is_flagged_in_the_source_and_in_the_correction(self, library: Library, anna: Browser) -> None:
        answer = anna.get(f"{library.path}?segment={library.page.key(BOOKS)}")
        assert re.search(r"<mark class=\"\w+\">20</mark>", answer.text)
        library.save(LOAN, "The loan period is is four weeks.")
        answer = anna.get(f"{library.path}?segment={library.page.key(LOAN)}")
        assert re.search(r"<mark class=\"\w+\">[^<]*is</mark>", answer.text)

    def test_shows_placeholders_as_chips_and_the_page_without_them(self, library: Library, anna: Browser) -> None:
        text = anna.get(f"{library.path}?segment=").text
        assert '<span class="chip" dir="ltr">&lt;1&gt;</span>not<span class="chip"' in text
        framed = anna.get(f"{library.path}/framed").text
        assert "&lt;1&gt;" not in framed
        assert re.search(r"You do <\w+>not</\w+> need to book a time\.", framed)

    def test_can_be_narrowed_to_flagged_sentences_and_to_a_word(self, library: Library, anna: Browser) -> None:
        flagged = anna.get(f"{library.path}?show=flagged&segment=").text
        assert library.page.key(BOOKS) in flagged
        assert f'id="s-{library.page.key(LOAN)}"' not in flagged
        found = anna.get(f"{library.path}?q=four+weeks&segment=").text
        assert found.count('<li id="s-') == 1
        assert "No sentence matches" in anna.get(f"{library.path}?q=zebra").text

    def test_narrowing_by_htmx_keeps_what_is_open_if_it_still_shows(self, library: Library, anna: Browser) -> None:
        key = library.page.key(BOOKS)
        full = {**HTMX, "HX_Request_Type": "full"}
        kept = anna.get(f"{library.path}?show=flagged&q=&close={key}", **full)
        assert f'id="s-{key}" class="card"' in kept.text
        closed = anna.get(f"{library.path}?q=four&close={key}", **full)
        assert 'class="card"' not in closed.text
        assert closed.headers["HX-Replace-Url"] == f"{library.path}?q=four&segment="

    def test_is_not_there_for_a_stranger(self, library: Library) -> None:
        stranger = Browser(library.app)
        stranger.post("/sign-in", {"email": "anna@noise.example", "password": PASSWORD})
        assert stranger.get(library.path).status_code == 404
        assert stranger.get(library.path.replace("alvby", "noise")).status_code == 404
        assert stranger.post(library.segment(BOOKS, "/save"), form(text="x")).status_code == 404

    def test_is_not_there_under_another_site(self, library: Library, anna: Browser) -> None:
        with library.database.writing() as session:
            noise = get_site(session, "noise").id
            person_id = library.town.anna.person_id
            assert person_id is not None
            grant(session, COMMAND_LINE, person_id=person_id, site_id=noise, role=Role.TRANSLATOR)
        assert anna.get("/sites/noise/pages").status_code == 200
        assert anna.get(library.path.replace("alvby", "noise")).status_code == 404

    def test_an_approver_reads_but_does_not_correct(self, library: Library, bo: Browser) -> None:
        answer = bo.get(f"{library.path}?segment={library.page.key(BOOKS)}")
        assert answer.status_code == 200
        assert '<textarea id="t-' not in answer.text
        assert bo.post(library.segment(BOOKS, "/save"), form(text="Twenty")).status_code == 403

    def test_a_language_the_site_lacks_is_not_found(self, library: Library, anna: Browser) -> None:
        assert anna.get(library.path.removesuffix("en") + "fi").status_code == 404

    def test_a_page_without_any_translation_offers_the_machine(self, library: Library, anna: Browser) -> None:
        text = anna.get(library.path.removesuffix("en") + "ar").text
        assert "There is no machine translation of this sentence yet." in text
        assert 'lang="ar" dir="rtl"' in text
        answer = anna.post(library.path.removesuffix("en") + "ar/translate")
        assert answer.status_code == 303
        (job_id,) = library.jobs.sent
        with library.database.reading() as session:
            payload = get_job(session, library.town.anna, job_id).payload
        assert (payload["page_id"], payload["language"]) == (library.page.page_id, "ar")


class TestSave:
    def test_without_javascript_leads_to_the_next_sentence(self, library: Library, anna: Browser) -> None:
        answer = anna.post(library.segment(BOOKS, "/save"), form(text="You may borrow 20 books at a time.", next="1"))
        following = library.page.key(LOAN)
        assert answer.status_code == 303
        assert answer.location == f"{library.path}?segment={following}&undo={library.page.key(BOOKS)}.2#s-{following}"
        assert library.row(BOOKS).state is SegmentState.EDITED

    def test_by_htmx_answers_with_the_row_the_next_card_and_the_head(self, library: Library, anna: Browser) -> None:
        answer = anna.post(library.segment(BOOKS, "/save"), form(text="You may borrow 20 books.", next="1"), **HTMX)
        assert answer.status_code == 200
        assert "<html" not in answer.text
        assert answer.text.index(f'id="s-{library.page.key(BOOKS)}" class="row') < answer.text.index('class="card"')
        assert opened(library, answer).startswith(LOAN)
        assert 'id="head" hx-swap-oob="outerMorph"' in answer.text
        assert '<p id="said" hx-swap-oob="innerHTML">' in answer.text
        assert "You may borrow 20 books." in answer.text
        assert answer.headers["HX-Replace-Url"].endswith(
            f"?segment={library.page.key(LOAN)}#s-{library.page.key(LOAN)}"
        )

    def test_goes_on_among_the_sentences_in_view(self, library: Library, anna: Browser) -> None:
        answer = anna.post(library.segment(BOOKS, "/save"), form(text="20 books.", next="1", show="flagged"))
        assert answer.location.startswith(f"{library.path}?show=flagged&segment={library.page.key(RULES)}")

    def test_with_nothing_left_opens_nothing(self, library: Library, anna: Browser) -> None:
        answer = anna.post(
            library.segment(BOOKS, "/save"), form(text="You may borrow 20 books at a time.", next="1", q="books")
        )
        rest = anna.post(library.segment("Låna", "/save"), form(text="Borrow books", next="1", q="books"))
        assert answer.location.endswith(f"#s-{library.page.key('Låna')}")
        assert rest.location == f"{library.path}?q=books&segment=&undo={library.page.key('Låna')}.2"

    def test_of_the_unchanged_machine_text_accepts_it(self, library: Library, anna: Browser) -> None:
        anna.post(library.segment(LOAN, "/save"), form(text="The loan period is four weeks."))
        assert library.row(LOAN).state is SegmentState.ACCEPTED

    def test_of_an_empty_text_is_refused_beside_the_box(self, library: Library, anna: Browser) -> None:
        answer = anna.post(library.segment(LOAN, "/save"), form(text="  "), **HTMX)
        assert answer.status_code == 422
        assert 'class="message wrong" role="alert">The translation is empty.' in answer.text
        assert library.row(LOAN).revision == 1

    def test_escapes_what_was_typed(self, library: Library, anna: Browser) -> None:
        answer = anna.post(library.segment(LOAN, "/save"), form(text="</textarea><script>alert(1)</script>"), **HTMX)
        assert "<script" not in answer.text
        assert "&lt;/textarea&gt;&lt;script&gt;" in answer.text

    def test_needs_a_form_token(self, library: Library, anna: Browser) -> None:
        assert anna.client.post(library.segment(LOAN, "/save"), data=form(text="x")).status_code == 400


class TestConflict:
    @pytest.fixture
    def answers(self, library: Library, anna: Browser) -> Callable[..., TestResponse]:
        library.save(BOOKS, "You can borrow 20 books each time.", by="carin")
        mine = form(text="You may borrow 20 books at a time.", next="1")
        return lambda **headers: anna.post(library.segment(BOOKS, "/save"), mine, **headers)

    @pytest.mark.parametrize("headers", [HTMX, {}], ids=["htmx", "form"])
    def test_shows_both_texts_and_loses_neither(
        self, library: Library, answers: Callable[..., TestResponse], headers: dict[str, str]
    ) -> None:
        answer = answers(**headers)
        assert answer.status_code == 409
        assert box(answer) == "You may borrow 20 books at a time."
        assert "Carin saved another text while you were writing." in answer.text
        assert '<p class="theirs" lang="en"' in answer.text
        assert 'name="based_on" value="2"' in answer.text
        assert library.row(BOOKS).text == "You can borrow 20 books each time."
        assert ("<html" in answer.text) is not bool(headers)

    def test_keeping_mine_is_a_save_on_top_of_theirs(
        self, library: Library, anna: Browser, answers: Callable[..., TestResponse]
    ) -> None:
        answers()
        anna.post(library.segment(BOOKS, "/save"), form(based_on=2, text="You may borrow 20 books at a time."))
        assert (library.row(BOOKS).text, library.row(BOOKS).revision) == ("You may borrow 20 books at a time.", 3)

    def test_accepting_an_older_text_is_refused_too(self, library: Library, anna: Browser) -> None:
        with library.database.writing() as session:
            build_page(session, library.town.site_id, html=HTML.replace("20 böcker", "25 böcker"))
        library.save(BOOKS, "You may borrow 25 books at a time.", by="carin")
        with library.database.writing() as session:
            build_page(session, library.town.site_id, html=HTML.replace("20 böcker", "15 böcker"))
        stale = library.row(BOOKS)
        answer = anna.post(library.segment(BOOKS, "/accept"), form(based_on=stale.revision - 1), **HTMX)
        assert answer.status_code == 409


class TestAccept:
    def test_is_a_persons_word(self, library: Library, anna: Browser) -> None:
        answer = anna.post(library.segment(LOAN, "/accept"), form(text="The loan period is four weeks.", next="1"))
        assert answer.status_code == 303
        assert (library.row(LOAN).state, library.row(LOAN).author) == (SegmentState.ACCEPTED, "Anna")

    def test_never_drops_what_was_typed(self, library: Library, anna: Browser) -> None:
        answer = anna.post(library.segment(LOAN, "/accept"), form(text="Something else"), **HTMX)
        assert answer.status_code == 422
        assert box(answer) == "Something else"
        assert library.row(LOAN).state is SegmentState.MACHINE

    def test_says_that_a_text_is_still_right_for_a_changed_source(self, library: Library, anna: Browser) -> None:
        library.save(LOAN, "You may keep books for four weeks.")
        with library.database.writing() as session:
            build_page(session, library.town.site_id, html=HTML.replace("är fyra veckor", "är alltid fyra veckor"))
        page = anna.get(f"{library.path}?segment={library.page.key(LOAN)}&show=stale").text
        assert "Still right" in page
        assert re.search(r"<ins>.*alltid.*</ins>", page)
        anna.post(library.segment(LOAN, "/accept"), form(based_on=2, text="You may keep books for four weeks."))
        assert not library.row(LOAN).stale

    def test_asks_once_more_where_the_changed_source_makes_the_text_wrong(
        self, library: Library, anna: Browser
    ) -> None:
        library.save(LOAN, text := "The loan period is 4 weeks.")
        with library.database.writing() as session:
            build_page(session, library.town.site_id, html=HTML.replace("är fyra veckor", "är 6 veckor"))
        card = anna.get(f"{library.path}?segment={library.page.key(LOAN)}").text
        assert "against the changed source" in card
        assert '<i class="glyph" aria-hidden="true"></i>Number' in card
        assert re.search(r'<mark class="critical">[^<]*6</mark>', card)
        sent = form(based_on=2, text=text, stale="1", next="1")
        for verb in ("/accept", "/save"):
            answer = anna.post(library.segment(LOAN, verb), sent, **HTMX)
            assert answer.status_code == 422
            assert opened(library, answer).startswith(LOAN)
            assert "now has a critical flag: Number" in answer.text
            assert library.row(LOAN).stale
        assert "Still right all the same" in answer.text
        assert "all_the_same" in answer.text
        anna.post(library.segment(LOAN, "/accept"), {**sent, "all_the_same": "1"}, **HTMX)
        assert not library.row(LOAN).stale
        assert {flag.severity for flag in library.row(LOAN).open_flags} == {"critical"}

    def test_is_not_offered_for_a_gloss(self, library: Library, anna: Browser) -> None:
        with library.database.writing() as session:
            other = build_page(session, library.town.site_id, path="gloss", publishable=False)
        path = f"/sites/alvby/pages/{other.page_id}/en?segment={other.key(LOAN)}"
        assert "data-accept" not in anna.get(path).text
        assert "cannot be accepted as it stands" in anna.get(path).text


class TestFlags:
    def test_a_false_alarm_is_dismissed_and_opened_again(self, library: Library, anna: Browser) -> None:
        (flag,) = library.row(BOOKS).open_flags[:1]
        stored = library.row(BOOKS).text
        answer = anna.post(library.segment(BOOKS, f"/flags/{flag.id}/dismiss"), form(text=stored))
        assert answer.location.endswith(f"#s-{library.page.key(BOOKS)}")
        assert flag.id not in {flag.id for flag in library.row(BOOKS).open_flags}
        answer = anna.post(library.segment(BOOKS, f"/flags/{flag.id}/reopen"), form(text=stored), **HTMX)
        assert "The flag is open again." in answer.text
        assert flag.id in {flag.id for flag in library.row(BOOKS).open_flags}

    @pytest.mark.parametrize("headers", [HTMX, {}], ids=["htmx", "form"])
    def test_what_is_being_typed_stays_in_the_box(
        self, library: Library, anna: Browser, headers: dict[str, str]
    ) -> None:
        (flag,) = library.row(BOOKS).open_flags[:1]
        path = library.segment(BOOKS, f"/flags/{flag.id}/dismiss")
        answer = anna.post(path, form(text="half a sen"), **headers)
        assert answer.status_code == 200
        assert box(answer) == "half a sen"
        assert library.row(BOOKS).text == "You may borrow 30 books at a time."

    def test_a_flag_of_another_sentence_is_not_found(self, library: Library, anna: Browser) -> None:
        (flag,) = library.row(BOOKS).open_flags[:1]
        assert anna.post(library.segment(LOAN, f"/flags/{flag.id}/dismiss"), form()).status_code == 404


class TestLiveCheck:
    def test_says_what_is_solved_and_what_is_new_and_stores_nothing(self, library: Library, anna: Browser) -> None:
        solved = anna.post(
            library.segment(BOOKS, "/check"), form(text="You may borrow 20 books at a time."), **HTMX
        ).text
        assert "solved" in solved
        assert "new in what you typed" not in solved
        assert re.search(r"<del>.*30.*</del><ins>.*20.*</ins>", solved)
        new = anna.post(library.segment(LOAN, "/check"), form(text="The loan period is is 7 weeks."), **HTMX).text
        assert "new in what you typed" in new
        assert library.row(BOOKS).revision == library.row(LOAN).revision == 1

    def test_never_swaps_the_box(self, library: Library, anna: Browser) -> None:
        answer = anna.post(library.segment(BOOKS, "/check"), form(text="20"), **HTMX)
        assert "<textarea" not in answer.text

    def test_without_javascript_keeps_the_text(self, library: Library, anna: Browser) -> None:
        assert box(anna.post(library.segment(BOOKS, "/check"), form(text="20 books"))) == "20 books"


class TestOpen:
    def test_a_card_is_a_fragment_and_closes_the_other(self, library: Library, anna: Browser) -> None:
        answer = anna.get(f"{library.segment(BOOKS)}?close={library.page.key(LOAN)}", **HTMX)
        assert opened(library, answer).startswith(BOOKS)
        assert 'hx-swap-oob="outerMorph"' in answer.text
        assert answer.text.count("<li id=") == 2

    def test_it_can_be_closed(self, library: Library, anna: Browser) -> None:
        answer = anna.get(f"{library.segment(BOOKS)}?closed=1", **HTMX)
        assert 'class="card"' not in answer.text
        assert answer.headers["HX-Replace-Url"] == f"{library.path}?segment="

    def test_a_browser_is_sent_to_the_page(self, library: Library, anna: Browser) -> None:
        key = library.page.key(BOOKS)
        assert anna.get(library.segment(BOOKS)).location == f"{library.path}?segment={key}#s-{key}"

    def test_a_sentence_that_is_gone_is_not_found(self, library: Library, anna: Browser) -> None:
        assert anna.get(f"{library.path}/segments/gone", **HTMX).status_code == 404

    def test_both_changes_are_put_together_without_scripts(self, library: Library, anna: Browser) -> None:
        library.save(BOOKS, "You can borrow 30 books at a time.", by="carin")
        mine = "You may borrow 20 books at a time."
        refused = anna.post(library.segment(BOOKS, "/save"), form(text=mine))
        assert "<span data-merged>You can borrow 20 books at a time.</span>" in refused.text
        assert 'name="base" value="1"' in refused.text
        both = anna.post(library.segment(BOOKS, "/merge"), form(2, text=mine, base=1))
        assert box(both) == "You can borrow 20 books at a time."
        saved = anna.post(library.segment(BOOKS, "/save"), form(2, text=box(both), base=1))
        assert (saved.status_code, library.row(BOOKS).revision) == (303, 3)
