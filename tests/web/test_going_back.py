"""Beside correcting: Anna goes back, comments, and signs in again, with htmx and with forms alone."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from review_app.translations.origin import SegmentState
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


class TestGoingBack:
    def test_the_history_says_who_changed_what_and_brings_it_back(self, library: Library, anna: Browser) -> None:
        library.save(BOOKS, "You may borrow 20 books.")
        library.save(BOOKS, "Borrow 20 books.", by="carin")
        card = anna.get(f"{library.path}?segment={library.page.key(BOOKS)}").text
        history = card[card.index('class="others small history"') :]
        assert re.findall(r'<span class="tag">(\w+)</span> <span class="muted">([a-z ]+) ', history) == [
            ("Carin", "corrected"),
            ("Anna", "corrected"),
            ("Machine", "machine translation"),
        ]
        assert "<del>" in history
        answer = anna.post(library.segment(BOOKS, "/history/2"), form(3), **HTMX)
        assert "The earlier text is back." in answer.text
        now = library.row(BOOKS)
        assert (now.text, now.revision, now.author) == ("You may borrow 20 books.", 4, "Anna")

    def test_nothing_is_brought_back_over_what_is_being_typed_or_was_saved(
        self, library: Library, anna: Browser
    ) -> None:
        library.save(BOOKS, "You may borrow 20 books.")
        typed = anna.post(library.segment(BOOKS, "/history/1"), form(2, text="Borrow"), **HTMX)
        assert (typed.status_code, box(typed)) == (422, "Borrow")
        assert anna.post(library.segment(BOOKS, "/history/1"), form(1), **HTMX).status_code == 409
        assert anna.post(library.segment(BOOKS, "/history/9"), form(2), **HTMX).status_code == 404
        assert library.row(BOOKS).text == "You may borrow 20 books."

    def test_an_acceptance_is_undone_and_the_text_is_unread_again(self, library: Library, anna: Browser) -> None:
        accepted = anna.post(library.segment(LOAN, "/accept"), form(next="1"), **HTMX)
        assert f'action="{library.segment(LOAN, "/take-back")}"' in accepted.text
        answer = anna.post(library.segment(LOAN, "/take-back"), form(number=2, close=library.page.key(RULES)), **HTMX)
        assert "Taken back." in answer.text
        assert opened(library, answer).startswith(LOAN)
        row = library.row(LOAN)
        assert (row.state, row.revision, row.text) == (SegmentState.MACHINE, 3, "The loan period is four weeks.")

    def test_a_save_is_undone_without_scripts_as_long_as_nobody_saved_after_it(
        self, library: Library, anna: Browser
    ) -> None:
        saved = anna.post(library.segment(BOOKS, "/save"), form(text="Borrow 20 books.", next="1"))
        assert "data-undo" in anna.get(saved.location).text
        library.save(BOOKS, "You may borrow 20 books.", by="carin")
        assert "data-undo" not in anna.get(saved.location).text
        refused = anna.post(library.segment(BOOKS, "/take-back"), form(number=2))
        assert refused.status_code == 409
        assert "It is left as it is." in refused.text
        assert library.row(BOOKS).text == "You may borrow 20 books."

    def test_a_dismissed_flag_is_undone_by_the_same_button(self, library: Library, anna: Browser) -> None:
        (flag,) = (flag for flag in library.row(BOOKS).flags if flag.name == "number")
        answer = anna.post(library.segment(BOOKS, f"/flags/{flag.id}/dismiss"), form(), **HTMX)
        assert f'action="{library.segment(BOOKS, f"/flags/{flag.id}/reopen")}"' in answer.text

    def test_a_certain_fix_is_put_into_what_is_typed(self, library: Library, anna: Browser) -> None:
        card = anna.get(f"{library.path}?segment={library.page.key(BOOKS)}").text
        (fix,) = re.findall(r'name="fix" value="(\w+)" data-fix="20" data-old="30" data-at="15"', card)
        answer = anna.post(library.segment(BOOKS, "/fix"), form(text="Hello! You may borrow 30 books.", fix=fix))
        assert box(answer) == "Hello! You may borrow 20 books."
        assert library.row(BOOKS).revision == 1


class TestComments:
    def test_a_comment_leaves_what_is_typed_in_the_box(self, library: Library, anna: Browser) -> None:
        typed = form(text="You may borrow 20", comment="20 or 30?", about="translation")
        answer = anna.post(library.segment(BOOKS, "/comments"), typed, **HTMX)
        assert box(answer) == "You may borrow 20"
        assert '<span class="words">20 or 30?</span>' in answer.text
        assert "The comment is there." in answer.text
        assert library.row(BOOKS).revision == 1

    def test_without_scripts_it_comes_back_to_the_sentence(self, library: Library, anna: Browser) -> None:
        stored = library.row(BOOKS).text
        answer = anna.post(library.segment(BOOKS, "/comments"), form(text=stored, comment="20 or 30?"))
        assert answer.location == f"{library.path}?segment={library.page.key(BOOKS)}#s-{library.page.key(BOOKS)}"
        kept = anna.post(library.segment(BOOKS, "/comments"), form(text="You may", comment="20 or 30?"))
        assert box(kept) == "You may"

    def test_an_empty_one_is_refused_beside_what_is_typed(self, library: Library, anna: Browser) -> None:
        answer = anna.post(library.segment(BOOKS, "/comments"), form(text="You may", comment=" "), **HTMX)
        assert (answer.status_code, box(answer)) == (422, "You may")
        assert "The comment is empty." in answer.text

    def test_rows_count_them_and_the_search_finds_them(self, library: Library, anna: Browser) -> None:
        anna.post(library.segment(BOOKS, "/comments"), form(comment="Zebras, too?"))
        found = anna.get(f"{library.path}?q=zebra&segment=").text
        assert found.count('<li id="s-') == 1
        assert "1 comment" in found
        assert anna.get(f"{library.path}?show=commented&segment=").text.count('<li id="s-') == 1

    def test_the_web_editor_closes_what_is_said_of_the_swedish(self, library: Library, anna: Browser) -> None:
        anna.post(library.segment(BOOKS, "/comments"), form(comment="<b>30</b> on the poster.", about="source"))
        carin = library.browser("carin")
        about = library.path.removesuffix("/en")
        page = carin.get(about).text
        assert "&lt;b&gt;30&lt;/b&gt; on the poster." in page
        (address,) = re.findall(r'action="([^"]+/notes/[^"]+/close)"', page)
        assert library.browser("bo").post(address).status_code == 403
        assert carin.post(address).location.endswith("#said-of-source")
        assert "Closed by Carin." in carin.get(about).text


class TestWhenTheSignInHasEnded:
    @pytest.fixture
    def nobody(self, library: Library) -> Browser:
        return Browser(library.app)

    def test_a_form_without_scripts_shows_the_text_to_copy(self, library: Library, nobody: Browser) -> None:
        answer = nobody.post(library.segment(BOOKS, "/save"), form(text="<b>20</b> books"), Referer=library.path)
        assert answer.status_code == 401
        assert "&lt;b&gt;20&lt;/b&gt; books</textarea>" in answer.text
        assert f'href="/sign-in?next={library.path}"' in answer.text
        assert library.row(BOOKS).revision == 1

    def test_a_page_that_asks_itself_is_told_so_whatever_its_token(self, library: Library, nobody: Browser) -> None:
        headers = {"HX-Request": "true", "X-Sign-In": "here"}
        answer = nobody.client.post(library.segment(BOOKS, "/save"), data=form(text="20"), headers=headers)
        assert (answer.status_code, answer.headers["HX-Retarget"]) == (401, "#messages")

    def test_another_is_sent_to_sign_in_and_comes_back_to_where_it_was(self, library: Library, nobody: Browser) -> None:
        answer = nobody.post(library.segment(BOOKS, "/accept"), form(), Referer="https://elsewhere.example/a?b=1#c")
        assert answer.location == "/sign-in?next=/a?b%3D1"
        assert nobody.post(library.segment(BOOKS, "/accept"), form()).location == "/sign-in"
