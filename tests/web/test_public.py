"""The public page: head, languages, direction, and what stays Swedish."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import turbohtml
from flask.testing import FlaskClient

from review_app.app import create_public_app
from review_app.publishing.service import publish
from review_app.review import decisions, service
from tests.builders import HTML, build_page, say_yes
from tests.databases import Backend
from tests.web.library import Library, open_library


@pytest.fixture
def library(backend: Backend, tmp_path: Path) -> Iterator[Library]:
    with open_library(backend, tmp_path) as found:
        yield found


def reader(library: Library, language: str = "en") -> FlaskClient:
    with library.database.writing() as session:
        submission = decisions.submit(session, library.town.anna, library.page.page_id, language)
        say_yes(session, library.town, submission)
        publish(session, library.town.bo, library.page.page_id, language)
    installation = library.app.extensions["review_app"]
    return create_public_app(installation.settings, installation).test_client()


def test_the_head_names_the_page_in_every_language(library: Library) -> None:
    page = turbohtml.parse(reader(library).get("/alvby/en/bibliotek").text)
    links = {
        (str(link.attr("rel")), link.attr("hreflang")): str(link.attr("href")) for link in page.select("link[href]")
    }
    assert links["canonical", None].endswith("/alvby/en/bibliotek")
    assert links["alternate", "en"].endswith("/alvby/en/bibliotek")
    assert links["alternate", "sv"].endswith("/alvby/sv/bibliotek")
    assert links["alternate", "x-default"].endswith("/alvby/sv/bibliotek")
    title = page.select_one("title")
    assert title is not None
    assert title.text == "The library – Älvby kommun"


def test_a_language_from_right_to_left_with_swedish_left_in_it(library: Library) -> None:
    town = library.town
    with library.database.writing() as session:
        key = library.page.key("Lånetiden")
        service.save(session, town.anna, library.page.page_id, "ar", key, text="مدة الإعارة أربعة أسابيع.", based_on=0)
    page = turbohtml.parse(reader(library, "ar").get("/alvby/ar/bibliotek").text)
    root = page.select_one("html")
    assert root is not None
    assert (root.attr("lang"), root.attr("dir")) == ("ar", "rtl")
    swedish = page.select(".passage-source")
    assert {(span.attr("lang"), span.attr("dir")) for span in swedish} == {("sv", "ltr")}
    assert "Låna böcker" in {span.text for span in swedish}


def test_the_picker_names_languages_in_themselves(library: Library) -> None:
    page = turbohtml.parse(reader(library).get("/alvby/en/bibliotek").text)
    picker = {
        str(link.attr("hreflang")): (link.attr("lang"), link.text.strip()) for link in page.select("nav a[hreflang]")
    }
    assert picker["sv"] == ("sv", "Svenska")


def tell(
    reader: FlaskClient, words: str = "Det står fel.", passage: str = "", origin: str = "http://localhost", **more
):
    form = {"words": words, "passage": passage, **more}
    return reader.post("/-/report/alvby/en/bibliotek", data=form, headers={"Origin": origin})


def flags(library: Library, beginning: str) -> list[tuple[str, str]]:
    return [(flag.name, flag.values.get("words", "")) for flag in library.row(beginning).open_flags]


def place(reader: FlaskClient, text: str) -> str:
    form = turbohtml.parse(reader.get("/-/report/alvby/en/bibliotek").text)
    return next(str(option.attr("value")) for option in form.select("option") if option.text.startswith(text))


def test_a_report_lands_on_the_very_passage(library: Library) -> None:
    public = reader(library)
    assert '"/-/report/alvby/en/bibliotek"' in public.get("/alvby/en/bibliotek").text
    answer = tell(public, "هذا خطأ", place(public, "The loan period"))
    assert (answer.status_code, "Thank you" in answer.text) == (200, True)
    assert ("reader", "هذا خطأ") in flags(library, "Lånetiden")
    assert "Set-Cookie" not in answer.headers
    bench = library.browser("anna").get(f"{library.path}?segment={library.page.key('Lånetiden')}").text
    assert "هذا خطأ" in bench


def test_it_follows_the_text_until_somebody_decides(library: Library) -> None:
    public = reader(library)
    tell(public, passage=place(public, "The loan period"))
    library.save("Lånetiden", "Books are lent for four weeks.")
    (flag,) = [flag for flag in library.row("Lånetiden").open_flags if flag.name == "reader"]
    answer = library.browser("anna").post(library.segment("Lånetiden", f"/flags/{flag.id}/dismiss"))
    assert answer.status_code == 303, answer.text[-600:]
    library.save("Lånetiden", "Loans last four weeks.")
    assert flags(library, "Lånetiden") == []


def test_a_form_that_is_sent_twice_is_heard_once(library: Library) -> None:
    public = reader(library)
    where = place(public, "The loan period")
    for words in ("Fel tid.", "Fel tid.", "Fel veckor."):
        assert tell(public, words, where).status_code == 200
    assert flags(library, "Lånetiden") == [("reader", "Fel tid."), ("reader", "Fel veckor.")]


def test_what_readers_write_is_text_and_nothing_else(library: Library) -> None:
    public = reader(library)
    tell(public, "<script>alert(1)</script>\x00\u202e", place(public, "The loan period"))
    bench = library.browser("anna").get(f"{library.path}?segment={library.page.key('Lånetiden')}").text
    assert "<script>alert(1)" not in bench
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in bench


@pytest.mark.parametrize(("words", "status"), [("", 422), (" \n", 422), ("x" * 1001, 422), ("x" * 1000, 200)])
def test_words_that_will_not_do_are_told_and_stay_typed(library: Library, words: str, status: int) -> None:
    answer = tell(reader(library), words)
    assert answer.status_code == status
    assert status == 200 or words.strip() in answer.text


def test_other_websites_and_programs_cannot_report(library: Library) -> None:
    public = reader(library)
    for origin in ("https://evil.example", "", "null"):
        assert tell(public, origin=origin).status_code == 403
    assert tell(public, website="https://spam.example").status_code == 200
    with library.database.reading() as session:
        rows = service.bench(session, library.town.anna, library.page.page_id, "en").rows
    assert not [flag for row in rows for flag in row.flags if flag.name == "reader"]


def test_many_reports_from_one_place_have_to_wait(library: Library) -> None:
    public = reader(library)
    assert [tell(public).status_code for _ in range(12)][-1] == 403


def test_a_report_lands_on_what_its_reader_saw_whatever_is_public_by_then(library: Library) -> None:
    public = reader(library)
    seen = turbohtml.parse(public.get("/-/report/alvby/en/bibliotek").text)
    edition = str(next(field.attr("value") for field in seen.select("input[name=edition]")))
    where = place(public, "The loan period")
    with library.database.writing() as session:
        build_page(session, library.town.site_id, html=HTML.replace("<h1>", "<p>Nytt stycke.</p><h1>"))
        submission = decisions.submit(session, library.town.anna, library.page.page_id, "en")
        say_yes(session, library.town, submission)
        publish(session, library.town.bo, library.page.page_id, "en")
    assert place(public, "The loan period") != where, "it stands elsewhere now"
    tell(public, "Fel tid.", where, edition=edition)
    assert ("reader", "Fel tid.") in flags(library, "Lånetiden")
