"""The page about one page, and taking things off the public side from there and from the bench."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest

from review_app.publishing.public import public_page
from review_app.publishing.service import publish
from review_app.review.states import PageState
from review_app.sites.policy import ContentClass, LanguagePolicy
from review_app.sites.sections import Rule, find_rule
from tests.builders import say_yes
from tests.databases import Backend
from tests.web.library import LOAN, Library, open_library


@pytest.fixture
def library(backend: Backend, tmp_path: Path) -> Iterator[Library]:
    with open_library(backend, tmp_path) as found:
        yield found


@pytest.fixture
def public(library: Library) -> Library:
    """The library with its page public."""
    submission = library.submit()
    with library.database.writing() as session:
        say_yes(session, library.town, submission)
        publish(session, library.town.bo, library.page.page_id, "en")
    return library


def about(library: Library) -> str:
    return f"/sites/alvby/pages/{library.page.page_id}"


def rule(library: Library, path: str = "bibliotek") -> Rule:
    with library.database.reading() as session:
        return find_rule(session, library.town.site_id, path)


def test_an_administrator_says_what_holds_for_the_page(library: Library) -> None:
    carin = library.browser("carin")
    assert "What holds for this page" in carin.get(about(library)).text
    carin.post(about(library), {"content_class": "rights", "policy-en": "human_only", "policy-ar": ""})
    assert rule(library) == Rule("bibliotek", ContentClass.RIGHTS, {"en": LanguagePolicy.HUMAN_ONLY})
    assert "human only" in carin.get(about(library)).text


def test_others_see_it_and_may_not_change_it(library: Library) -> None:
    anna = library.browser("anna")
    assert "What holds for this page" not in anna.get(about(library)).text
    assert anna.post(about(library), {"content_class": "rights"}).status_code == 403
    assert rule(library).says_nothing()


def test_a_choice_that_is_none_is_told(library: Library) -> None:
    answer = library.browser("carin").post(about(library), {"content_class": "grave"})
    assert answer.status_code == 422
    assert "none of the choices" in answer.text


def test_a_section_is_set_on_the_site_s_page(library: Library) -> None:
    carin = library.browser("carin")
    carin.post("/sites/alvby/sections", {"path": "/bibliotek/*", "content_class": "news"})
    assert rule(library, "bibliotek/") == Rule("bibliotek/", ContentClass.NEWS)
    assert "bibliotek/" in carin.get("/sites/alvby").text
    assert "as around it (news)" in carin.get(about(library)).text
    carin.post("/sites/alvby/sections", {"path": "bibliotek/", "content_class": ""})
    assert rule(library, "bibliotek/").says_nothing()


def test_an_approver_takes_the_page_off(public: Library) -> None:
    bo = public.browser("bo")
    assert "Withdraw" in bo.get(about(public)).text
    answer = bo.post(f"{about(public)}/en/withdraw")
    assert "told=withdrawn" in answer.location
    assert public.state() is PageState.APPROVED
    assert "Withdraw" not in bo.get(about(public)).text


def test_an_approver_takes_a_passage_off_from_the_bench(public: Library) -> None:
    bo, anna = public.browser("bo"), public.browser("anna")
    card = f"{public.path}?segment={public.page.key(LOAN)}"
    assert "Withdraw this passage" not in anna.get(card).text
    assert "Withdraw this passage" in bo.get(card).text
    pull = f"{public.path}/segments/{public.page.key(LOAN)}/pull"
    assert anna.post(pull).status_code == 403
    assert "told=pulled" in bo.post(pull).location
    with public.database.reading() as session:
        shown = public_page(session, "alvby", "en", "bibliotek")
    assert "The loan period" not in shown.html


def test_an_administrator_takes_a_language_off(public: Library) -> None:
    carin = public.browser("carin")
    assert "Withdraw 1 page" in carin.get("/sites/alvby").text
    carin.post("/sites/alvby/languages/en/withdraw")
    assert public.state() is PageState.APPROVED
    assert "Withdraw 1 page" not in carin.get("/sites/alvby").text


def test_a_page_of_another_site_is_not_found(library: Library) -> None:
    assert library.browser("carin").get(f"/sites/other/pages/{library.page.page_id}").status_code == 404
    assert library.browser("carin").get("/sites/alvby/pages/999").status_code == 404


def test_visits_are_taken_in_from_a_file(library: Library) -> None:
    carin = library.browser("carin")
    file = (BytesIO("url;besök\nhttps://www.alvby.example/bibliotek;1 200\n".encode()), "besok.csv")
    assert carin.post("/sites/alvby/visits", {"file": file}).status_code == 303
    assert "1,200 visits" in carin.get("/sites/alvby/pages").text
    wrong = carin.post("/sites/alvby/visits", {"file": (BytesIO(b"url,visits\n/a,b\n"), "besok.csv")})
    assert (wrong.status_code, "besok.csv, line 2" in wrong.text) == (422, True)


def test_an_administrator_sees_what_the_page_said(public: Library) -> None:
    carin, bo = public.browser("carin"), public.browser("bo")
    archive = f"{about(public)}/en/archive"
    assert archive in carin.get(about(public)).text
    assert archive not in bo.get(about(public)).text
    assert bo.get(archive).status_code == 403
    assert "SHA-256" in carin.get(archive).text
    assert "was not public in this language then" in carin.get(f"{archive}?at=2020-01-01T12:00").text
    assert "Then the public was shown" in carin.get(f"{archive}?at=2099-01-01T12:00").text
    assert carin.get(f"{archive}?at=nyss").status_code == 422
    edition = carin.get("/archive/1")
    assert "The loan period is four weeks." in edition.text
    packed = carin.get("/archive/1.zip")
    assert packed.headers["Content-Type"] == "application/zip"
    assert packed.data.startswith(b"PK")
    assert bo.get("/archive/1").status_code == 404
