"""Anna cuts a sentence, joins two and takes it back, with htmx and with forms alone."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from review_app.pages.service import get_page
from review_app.segments.service import placed_segments
from tests.builders import HTML, build_page
from tests.databases import Backend
from tests.web.conftest import Browser
from tests.web.library import BOOKS, HTMX, Library, open_library

LOANS = "Du får låna 20 böcker åt gången."
HOURS = "Biblioteket har öppet"
AT = LOANS.index("åt gången")


@pytest.fixture
def library(backend: Backend, tmp_path: Path) -> Iterator[Library]:
    with open_library(backend, tmp_path) as found:
        yield found


@pytest.fixture
def anna(library: Library) -> Browser:
    return library.browser("anna")


def sources(library: Library) -> dict[str, str]:
    """Return the keys of the page's sentences, by their text."""
    with library.database.reading() as session:
        version = get_page(session, library.page.page_id).version_id
        return {one.source: one.key for one in placed_segments(session, [version])[version]}


def test_the_panel_offers_every_word_and_the_next_sentence(library: Library, anna: Browser) -> None:
    panel = anna.get(library.segment(HOURS, "/cut"), **HTMX).text
    places = [int(place) for place in re.findall(r'name="at" value="(\d+)"', panel)]
    assert places[0] == len("Biblioteket ")
    assert f'name="following" value="{library.page.key("Du behöver")}"' in panel
    assert "<html" not in panel
    whole = anna.get(library.segment(HOURS, "/cut")).text
    assert "<h1>Cut or join a sentence</h1>" in whole
    assert "Join with the next" not in anna.get(library.segment(BOOKS, "/cut")).text


def test_a_form_alone_cuts_and_undoes(library: Library, anna: Browser) -> None:
    answer = anna.post(library.segment(BOOKS, "/cut"), {"at": str(AT)})
    assert answer.status_code == 303
    page = anna.get(answer.location).text
    assert "The sentence is cut in two." in page
    assert "Before the cut" in page
    assert "You may borrow 30 books at a time." in page
    undo = re.search(r'id="undo" method="post" action="([^"]+)"', page)
    assert undo is not None
    anna.get(anna.post(undo[1], {}).location)
    assert LOANS in sources(library)


def test_htmx_is_sent_to_the_sentence_that_was_made(library: Library, anna: Browser) -> None:
    answer = anna.post(library.segment(BOOKS, "/cut"), {"at": str(AT), "text": library.row(BOOKS).text or ""}, **HTMX)
    assert answer.status_code == 204
    assert f"segment={sources(library)['Du får låna 20 böcker']}" in answer.headers["HX-Redirect"]


def test_two_sentences_become_one(library: Library, anna: Browser) -> None:
    answer = anna.post(library.segment(HOURS, "/join"), {"following": library.page.key("Du behöver")})
    page = anna.get(answer.location).text
    assert "The two sentences are one." in page
    assert "Both together" in page
    assert "Was joined with:" in anna.get(answer.location.split("?")[0] + f"/segments/{_joined(library)}/cut").text


def _joined(library: Library) -> str:
    return next(key for source, key in sources(library).items() if source.startswith(HOURS))


def test_what_cannot_be_cut_is_told_in_the_panel_and_nothing_changes(library: Library, anna: Browser) -> None:
    before = sources(library)
    for form, said in (
        ({}, "Choose the word"),
        ({"at": "x"}, "cannot be cut there"),
        ({"at": "99999"}, "cannot be cut there"),
        ({"at": str(AT), "text": "Something else"}, "You have changed the text."),
    ):
        answer = anna.post(library.segment(BOOKS, "/cut"), form, **HTMX)
        assert (answer.status_code, said in answer.text) == (422, True), said
    assert sources(library) == before


def test_bo_may_neither_see_the_panel_nor_cut(library: Library) -> None:
    bo = library.browser("bo")
    assert "Cut or join" not in bo.get(library.path).text
    assert bo.get(library.segment(BOOKS, "/cut")).status_code == 403
    assert bo.post(library.segment(BOOKS, "/cut"), {"at": str(AT)}).status_code == 403


def test_the_same_sentence_elsewhere_is_a_page_with_boxes_and_an_undo(library: Library, anna: Browser) -> None:
    loan, text = "Lånetiden är fyra veckor.", "You may keep books for four weeks."
    with library.database.writing() as session:
        other = build_page(session, library.town.site_id, html=HTML.replace("Biblioteket i", "Arkivet i"), path="arkiv")
    empty = anna.get(library.segment("Lånetiden", "/repeats")).text
    assert "Save or accept the translation first" in empty
    library.save("Lånetiden", text)
    assert "1 other place reads otherwise" in anna.get(f"{library.path}?segment={library.page.key(loan)}").text
    page = anna.get(library.segment("Lånetiden", "/repeats")).text
    value = re.search(r'name="place" value="([\d:]+)" checked', page)
    assert value is not None
    done = anna.get(anna.post(library.segment("Lånetiden", "/repeats"), {"place": value[1]}).location).text
    assert "The same text elsewhere" in done
    assert text in anna.get(f"{library.path.replace(str(library.page.page_id), str(other.page_id))}").text
    refused = anna.post(library.segment("Lånetiden", "/repeats"), {})
    assert (refused.status_code, "Nothing is chosen" in refused.text) == (422, True)


def test_one_of_two_places_gets_its_own_translation_and_gives_it_back(library: Library, anna: Browser) -> None:
    html = "<html lang='sv'><title>A</title><p>Badet</p><p>Läs mer</p><p>Skolan</p><p>Läs mer</p></html>"
    with library.database.writing() as session:
        page = build_page(session, library.town.site_id, html=html, path="nytt", machine={"Läs mer": "Read more"})
    bench = f"/sites/{library.town.slug}/pages/{page.page_id}/en"
    address = f"{bench}/segments/{page.key('Läs mer')}/places"
    assert "Stands in 2 places" in anna.get(f"{bench}?segment={page.key('Läs mer')}").text
    assert anna.get(address).text.count("Own translation here") == 2
    card = anna.get(anna.post(address, {"place": "1"}).location).text
    assert "This place has its own translation now." in card
    assert re.search(r'id="undo" method="post" action="[^"]+/places/together"', card)
    own = re.search(r'action="([^"]+)/save"', card)
    assert own is not None
    assert "Has its own translation" in anna.get(f"{own[1]}/places").text
    back = anna.get(anna.post(f"{own[1]}/places/together", {}).location).text
    assert "Taken back." in back
    assert "Stands in 2 places" in back
    assert 'id="undo"' not in back
    assert library.browser("bo").post(address, {"place": "1"}).status_code == 403
