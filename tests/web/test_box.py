"""What stands in the box of a text from right to left: placeholders are kept readable there, and nowhere else."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from review_app.review import service
from tests.builders import BuiltPage, build_page
from tests.databases import Backend
from tests.web.library import HTMX, Library, box, form, open_library

MACHINE = {"Du behöver <1>inte</1> boka tid.": "<1>لا</1> تحتاج إلى حجز موعد."}
SHOWN = "\u2066<1>\u2069لا\u2066</1>\u2069 تحتاج إلى حجز موعد.".replace("<", "&lt;").replace(">", "&gt;")
BOOK = "Du behöver"


@pytest.fixture
def library(backend: Backend, tmp_path: Path) -> Iterator[Library]:
    with open_library(backend, tmp_path) as found:
        yield found


@pytest.fixture
def page(library: Library) -> BuiltPage:
    with library.database.writing() as session:
        return build_page(session, library.town.site_id, language="ar", machine=MACHINE)


def stored(library: Library, page: BuiltPage) -> str | None:
    with library.database.reading() as session:
        return service.row(session, library.town.anna, page.page_id, "ar", page.key(BOOK)).text


def segment(library: Library, page: BuiltPage, verb: str = "") -> str:
    return f"/sites/{library.town.slug}/pages/{page.page_id}/ar/segments/{page.key(BOOK)}{verb}"


def test_placeholders_stand_by_themselves_in_the_box_alone(library: Library, page: BuiltPage) -> None:
    card = library.browser("anna").get(segment(library, page), **HTMX)
    assert box(card) == SHOWN
    assert re.search(r'data-saved="([^"]*)"', card.text)[1] == SHOWN.replace("\u2066", "").replace("\u2069", "")  # type: ignore[index]


def test_a_box_from_left_to_right_shows_the_text_as_it_is(library: Library) -> None:
    card = library.browser("anna").get(library.segment(BOOK), **HTMX)
    assert box(card) == "You do &lt;1&gt;not&lt;/1&gt; need to book a time."


def test_what_only_the_box_shows_is_not_stored_nor_taken_for_a_change(library: Library, page: BuiltPage) -> None:
    anna, shown = library.browser("anna"), SHOWN.replace("&lt;", "<").replace("&gt;", ">")
    assert anna.post(segment(library, page, "/accept"), form(text=shown), **HTMX).status_code == 200
    longer = f"{shown} أهلا \u20660926-555 44\u2069"
    assert anna.post(segment(library, page, "/save"), form(2, text=longer), **HTMX).status_code == 200
    assert stored(library, page) == "<1>لا</1> تحتاج إلى حجز موعد. أهلا \u20660926-555 44\u2069"


def test_a_refused_text_comes_back_readable(library: Library, page: BuiltPage) -> None:
    shown = SHOWN.replace("&lt;", "<").replace("&gt;", ">")
    clash = library.browser("anna").post(segment(library, page, "/save"), form(7, text=f"{shown} أهلا"), **HTMX)
    assert clash.status_code == 409
    assert box(clash) == f"{SHOWN} أهلا"


def test_a_stored_text_with_marks_of_its_own_is_no_change_until_somebody_changes_it(
    library: Library, page: BuiltPage
) -> None:
    own = "\u2066<1>\u2069لا</1> تحتاج إلى حجز \u2066موعد."
    with library.database.writing() as session:
        town = library.town
        service.save(session, town.anna, page.page_id, "ar", page.key(BOOK), text=own, based_on=1)
    anna = library.browser("anna")
    card = anna.get(segment(library, page), **HTMX)
    saved = re.search(r'data-saved="([^"]*)"', card.text)[1]  # type: ignore[index]
    assert saved == "&lt;1&gt;لا&lt;/1&gt; تحتاج إلى حجز موعد."
    shown = box(card).replace("&lt;", "<").replace("&gt;", ">")
    assert anna.post(segment(library, page, "/accept"), form(2, text=shown), **HTMX).status_code == 200
