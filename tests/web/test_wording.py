"""The page on which an administrator changes what readers are told."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import turbohtml

from review_app.app import create_public_app
from review_app.publishing.service import publish
from review_app.publishing.wording import house_wording, messages
from review_app.review import decisions, service
from tests.builders import say_yes
from tests.databases import Backend
from tests.web.library import Library, open_library

WORDS = "/sites/alvby/words/ar"


@pytest.fixture
def library(backend: Backend, tmp_path: Path) -> Iterator[Library]:
    with open_library(backend, tmp_path) as found:
        yield found


def field(message: str) -> str:
    return f"text-{messages().index(message)}"


def as_they_are() -> dict[str, str]:
    return {field(message): house_wording("ar").say(message) for message in messages()}


def public(library: Library, path: str) -> str:
    installation = library.app.extensions["review_app"]
    return create_public_app(installation.settings, installation).test_client().get(path).text


def make_public(library: Library) -> None:
    with library.database.writing() as session:
        key = library.page.key("Lånetiden")
        service.save(session, library.town.anna, library.page.page_id, "ar", key, text="أربعة أسابيع.", based_on=0)
        submission = decisions.submit(session, library.town.anna, library.page.page_id, "ar")
        say_yes(session, library.town, submission)
        publish(session, library.town.bo, library.page.page_id, "ar")


def test_changed_words_are_on_the_public_page_at_once(library: Library) -> None:
    make_public(library)
    carin = library.browser("carin")
    answer = carin.post(WORDS, {**as_they_are(), field("Something wrong? Tell us"): "اكتب لنا"})
    assert answer.status_code == 303
    assert "اكتب لنا" in public(library, "/alvby/ar/bibliotek")
    shown = turbohtml.parse(carin.get(WORDS).text)
    text = shown.select_one(f"#{field('Something wrong? Tell us')}")
    assert text is not None
    assert (text.text, text.attr("dir")) == ("اكتب لنا", "rtl")


def test_public_pages_say_that_words_are_unconfirmed_until_they_are(library: Library) -> None:
    make_public(library)
    hint = house_wording("ar").say("The wording of these notices has not been confirmed by a native reader yet.")
    assert hint in public(library, "/alvby/ar/bibliotek")
    library.browser("carin").post(f"{WORDS}/confirm", {})
    assert hint not in public(library, "/alvby/ar/bibliotek")


def test_a_text_that_loses_a_value_is_refused_and_kept_in_the_field(library: Library) -> None:
    message = "{body} answers for this translation."
    answer = library.browser("carin").post(WORDS, {**as_they_are(), field(message): "لا أحد"})
    assert answer.status_code == 422
    page = turbohtml.parse(answer.text)
    text = page.select_one(f"#{field(message)}")
    assert text is not None
    assert text.text == "لا أحد"
    assert page.select_one("[role=alert]") is not None


@pytest.mark.parametrize(("who", "path", "status"), [("anna", WORDS, 403), ("carin", "/sites/alvby/words/fr", 404)])
def test_who_may_and_which_languages(library: Library, who: str, path: str, status: int) -> None:
    assert library.browser(who).get(path).status_code == status
