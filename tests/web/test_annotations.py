"""Marking errors without JavaScript and by htmx: what annotators see, and what they must not see."""

import re
from collections.abc import Iterator

import pytest
from werkzeug.test import TestResponse

from review_app.accounts.permissions import COMMAND_LINE, Role
from review_app.accounts.service import add_person, grant
from review_app.annotations.marks import Protocol
from review_app.annotations.reading import annotated_texts
from review_app.annotations.service import close_round
from review_app.annotations.settings import Settings, change_settings
from review_app.annotations.working import OwnText
from tests.annotations.rounds import mark_all, opened, texts
from tests.builders import PASSWORD
from tests.databases import Backend
from tests.web.conftest import Browser, main_of
from tests.web.library import BOOKS, HTMX, Library, open_library


@pytest.fixture
def library(backend: Backend, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with open_library(backend, tmp_path_factory.mktemp("marking")) as found:
        yield found


@pytest.fixture
def round_id(library: Library) -> int:
    """A round of all the town's texts that Anna and Bo mark."""
    with library.database.writing() as session:
        return opened(session, library.town, library.town.anna, library.town.bo)


@pytest.fixture
def anna(library: Library, round_id: int) -> Browser:
    return library.browser("anna")


def books(library: Library, round_id: int, who: str = "anna") -> OwnText:
    """The sentence about books, as one of them has marked it."""
    with library.database.reading() as session:
        found = texts(session, library.town.people[who], round_id)
        return next(text for source, text in found.items() if source.startswith(BOOKS))


def where(text: OwnText) -> str:
    return f"/marking/{text.round.id}/{text.place}"


def send(browser: Browser, text: OwnText, **form: object) -> TestResponse:
    return browser.post(where(text), {"based_on": text.number, "score": "", **form})


def shown_marks(page: str) -> list[str]:
    listed = page.partition('<ul class="marks"')[2].partition("</ul>")[0]
    return [" ".join(re.sub("<[^>]*>", " ", line).split()) for line in listed.split("<li")[1:]]


def test_an_annotator_sees_source_and_raw_text_and_nothing_that_could_guide_them(
    library: Library, round_id: int, anna: Browser
) -> None:
    assert library.row(BOOKS).flags, "the checks flag the sentence"
    library.save(BOOKS, "You may borrow 20 volumes at once.", by="carin")
    with library.database.writing() as session:
        mark_all(session, library.town.bo, round_id, score=17)
    page = main_of(anna.get(where(books(library, round_id))).text)
    assert "Du får låna 20 böcker åt gången." in page
    assert "30" in page
    for hidden in ("volumes", "fake", "Carin", "Bo<", 'value="17"', 'class="flag', 'class="marks"'):
        assert hidden not in page, hidden


def test_words_are_marked_with_check_boxes_taken_away_scored_and_left(
    library: Library, round_id: int, anna: Browser
) -> None:
    text = books(library, round_id)
    marked = send(anna, text, word=["3", "4"], do="major")
    assert (marked.status_code, marked.location) == (303, f"{where(text)}?boxes=1#marking")
    page = anna.get(f"{where(text)}?boxes=1").text
    assert shown_marks(page) == ['class="flag major"> major 30 books Take away : 30 books']
    assert re.search(r'<details class="boxes" id="boxes" open', page)
    assert re.findall(r'<span class="w major"[^>]*data-say="([^"]*)"', page) == ["30 (major)", "books (major)"]

    send(anna, books(library, round_id), word=str(len(text.words)), do="minor", score="50")
    assert [one.missing for one in books(library, round_id).marks] == [False, True]
    send(anna, books(library, round_id), remove="0", score="50")
    assert [one.missing for one in books(library, round_id).marks] == [True]

    done = send(anna, books(library, round_id), do="done", score="40")
    assert re.fullmatch(rf"/marking/{round_id}/\d+", done.location)
    assert done.location != where(text)
    kept = books(library, round_id)
    assert (kept.score, kept.done) == (40, True)
    assert "1 of 8" in anna.get(done.location).text


def test_after_the_last_sentence_the_round_says_so(library: Library, round_id: int, anna: Browser) -> None:
    with library.database.writing() as session:
        mark_all(session, library.town.anna, round_id)
    last = send(anna, books(library, round_id), do="done", score="90")
    assert last.location == f"/marking/{round_id}?told=marked"
    assert "Every sentence is marked" in main_of(anna.get(last.location).text)


def test_htmx_gets_the_form_alone_and_is_told_what_happened(library: Library, round_id: int, anna: Browser) -> None:
    text = books(library, round_id)
    answer = anna.post(where(text), {"based_on": 0, "score": "", "word": "3", "do": "minor"}, **HTMX)
    assert answer.text.lstrip().startswith("<form")
    assert "<html" not in answer.text
    assert re.search(r'id="said"[^>]*role="status">Marked.<', answer.text)
    gone = anna.post(where(text), {"based_on": 1, "score": "", "remove": "0"}, **HTMX)
    assert "The mark is gone." in gone.text


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"do": "major"}, "Choose the words that are wrong first."),
        ({"do": "done"}, "Say how good the sentence is"),
        ({"do": "done", "score": "101"}, "from 0 to 100"),
        ({"do": "done", "score": "much"}, "is not a number"),
        ({"do": "critical", "word": "1"}, "is not one of minor, major"),
    ],
)
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_what_cannot_be_said_is_said_beside_the_form(
    library: Library, round_id: int, anna: Browser, form: dict[str, str], said: str, headers: dict[str, str]
) -> None:
    answer = anna.post(where(books(library, round_id)), {"based_on": 0, "score": "", **form}, **headers)
    assert answer.status_code == 422
    assert said in answer.text
    assert 'role="alert"' in answer.text
    assert ("<html" in answer.text) is not bool(headers)


def test_another_window_is_told_and_keeps_the_score_that_was_typed(
    library: Library, round_id: int, anna: Browser
) -> None:
    text = books(library, round_id)
    send(anna, text, word="3", do="minor")
    stale = send(anna, text, word="5", do="major", score="77")
    assert stale.status_code == 409
    assert "in another window" in stale.text
    assert 'value="77"' in stale.text
    assert len(shown_marks(stale.text)) == 1


def test_kinds_of_errors_are_chosen_where_the_site_wants_them(library: Library) -> None:
    town = library.town
    with library.database.writing() as session:
        change_settings(session, town.carin, town.site_id, Settings(Protocol.MQM))
        round_id = opened(session, town, town.anna)
    anna = library.browser("anna")
    text = books(library, round_id)
    page = anna.get(where(text)).text
    assert 'value="critical"' in page
    assert 'value="accuracy/omission"' not in page, "what is missing says so by itself"
    send(anna, text, word="3", do="critical", category="locale")
    assert "Form of dates, numbers, addresses" in "".join(shown_marks(anna.get(where(text)).text))


def test_the_bar_leads_there_only_while_there_is_a_round(library: Library, round_id: int) -> None:
    anna, carin = library.browser("anna"), library.browser("carin")
    link = re.compile(r'href="/marking">Mark errors <span[^>]*>8<')
    assert re.search(link, anna.get("/").text)
    assert 'href="/marking"' not in carin.get("/").text
    assert "Hösten" in anna.get("/marking").text
    assert "Nothing to mark right now" in carin.get("/marking").text
    with library.database.writing() as session:
        close_round(session, library.town.carin, library.town.site_id, round_id)
    assert 'href="/marking"' not in anna.get("/").text
    assert anna.get(f"/marking/{round_id}").status_code == 404


def test_an_outside_translator_marks_what_they_were_given_and_sees_nothing_else(library: Library) -> None:
    town = library.town
    with library.database.writing() as session:
        olle = add_person(session, COMMAND_LINE, email="olle@alvby.example", name="Olle", password=PASSWORD)
        grant(session, COMMAND_LINE, person_id=olle, site_id=town.site_id, role=Role.OUTSIDE)
    carin = library.browser("carin")
    form = {"name": "Hösten", "language": "en", "size": "5", "sampled": "random", "outputs": "drafted"}
    opened_ = carin.post("/sites/alvby/rounds", {**form, "annotator": str(olle)})
    assert opened_.location == "/sites/alvby/rounds?language=en&told=round-opened"
    browser = library.browser("olle")
    assert 'href="/marking"' in browser.get("/commissions").text
    (place,) = re.findall(r'href="(/marking/\d+/\d+)"', browser.get("/marking").text)
    allowed = ("/marking", "/static", "/account", "/commissions", "/notices")
    for link in re.findall(r'href="(/[^"]+)"', browser.get(place).text):
        assert link.startswith(allowed), link
    assert browser.get("/sites/alvby/rounds").status_code in {403, 404}


# ------------------------------------------------------------------------------------------ rounds for staff


def test_carin_opens_gives_and_closes_a_round(library: Library) -> None:
    carin, town = library.browser("carin"), library.town
    form = {"name": "Hösten", "language": "en", "size": "3", "sampled": "random", "outputs": "drafted"}
    carin.post("/sites/alvby/rounds", {**form, "annotator": str(town.anna.person_id)})
    page = main_of(carin.get("/sites/alvby/rounds").text)
    assert "Hösten" in page
    assert re.search(r"Anna:.*?0 of 3", page, re.DOTALL)
    assert carin.post("/sites/alvby/rounds/1/give", {"annotator": str(town.bo.person_id)}).status_code == 303
    assert re.search(r"Bo:.*?0 of 3", carin.get("/sites/alvby/rounds").text, re.DOTALL)
    with library.database.writing() as session:
        mark_all(session, town.anna, 1)
    closed = carin.post("/sites/alvby/rounds/1/close")
    assert closed.location.endswith("told=round-closed")
    assert "/rounds/1/close" not in carin.get("/sites/alvby/rounds").text
    with library.database.reading() as session:
        assert len(annotated_texts(session, town.site_id, "en")) == 3
    assert carin.post("/sites/alvby/rounds/1/give", {"annotator": str(town.bo.person_id)}).status_code == 422


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"size": "many"},
        {"size": "0"},
        {"sampled": "best"},
        {"outputs": "x"},
        {"annotator": "999"},
        {"language": "xx"},
    ],
)
def test_a_round_that_cannot_be_is_refused_beside_the_form(library: Library, wrong: dict[str, str]) -> None:
    form = {"name": "Hösten", "language": "en", "size": "3", "sampled": "random", "outputs": "drafted"}
    whole = {**form, "annotator": str(library.town.anna.person_id), **wrong}
    answer = library.browser("carin").post("/sites/alvby/rounds", whole)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


def test_weights_are_changed_with_a_comma_too_and_nonsense_is_refused(library: Library) -> None:
    carin = library.browser("carin")
    weights = {"minor": "1", "major": "5", "critical": "20", "minor_punctuation": "0,2", "non_translation": "25"}
    saved = carin.post("/sites/alvby/rounds/settings", {**weights, "protocol": "mqm"})
    assert saved.status_code == 303
    page = carin.get("/sites/alvby/rounds").text
    assert 'value="0.2"' in page
    assert re.search(r'value="mqm" checked', page)
    refused = carin.post("/sites/alvby/rounds/settings", {**weights, "minor": "9", "protocol": "mqm"})
    assert refused.status_code == 422
    assert "cannot weigh more" in refused.text
