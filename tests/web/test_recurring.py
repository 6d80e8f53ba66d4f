"""The pages of recurring corrections, without JavaScript: the list, one with its places, changing, undoing."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from werkzeug.test import TestResponse

from review_app.publishing.service import publish
from review_app.review import decisions
from review_app.review.states import Basis
from tests.builders import say_yes
from tests.databases import Backend
from tests.review.town_hall import DECIDES, MEETS, RIGHT, RULES, WRONG, TownHall, build_town_hall
from tests.web.library import HTMX, Library, open_library

LIST = "/sites/alvby/recurring"
PHRASES = {"old": WRONG, "new": RIGHT}
ONE = f"{LIST}/en?{urlencode(PHRASES)}"


@pytest.fixture
def library(backend: Backend, tmp_path: Path) -> Iterator[Library]:
    with open_library(backend, tmp_path) as found:
        yield found


@pytest.fixture
def hall(library: Library) -> TownHall:
    with library.database.writing() as session:
        hall = build_town_hall(session, library.town)
        hall.correct_twice(session)
    return hall


def ticked(page: str) -> list[str]:
    return re.findall(r'name="place" value="([^"]+)" checked', page)


def test_anna_sees_what_recurs_and_where_else_it_stands(library: Library, hall: TownHall) -> None:
    anna = library.browser("anna")
    listed = anna.get(LIST).text
    assert "corrected in 2 of 2 read texts" in listed
    assert "kommunfullmäktige" in listed
    page = anna.get(ONE).text
    assert "Here the municipal" in re.sub(r"<[^>]+>", "", page)
    assert len(ticked(page)) == 2, "drafts are ticked"


def test_of_many_places_the_page_shows_the_first_and_says_how_many_there_are(
    library: Library, hall: TownHall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("review_app.web.recurring.MOST_PLACES", 1)
    page = library.browser("anna").get(ONE).text
    assert re.search(r"\d passages have it; the first 1 are shown", page)
    assert page.count('name="place"') == 1


def test_what_is_ticked_is_changed_and_undone_with_one_button(library: Library, hall: TownHall) -> None:
    anna = library.browser("anna")
    place = ticked(anna.get(ONE).text)[0]
    answer = anna.post(f"{LIST}/en", {**PHRASES, "place": place})
    assert answer.status_code == 303
    page = anna.get(answer.location).text
    assert "1 passage, by Anna" in page
    assert len(ticked(page)) == 1
    undo = re.findall(r'action="(/replacements/\d+/undo)"', page)
    assert anna.post(undo[0]).status_code == 303
    page = anna.get(ONE).text
    assert "Undone by Anna" in page
    assert len(ticked(page)) == 2


def test_a_passage_that_was_saved_meanwhile_is_named(library: Library, hall: TownHall) -> None:
    anna = library.browser("anna")
    places = ticked(anna.get(ONE).text)
    with library.database.writing() as session:
        hall.save(session, "salen", MEETS, "Here the municipal council meets, too.", by="carin")
    answer = anna.post(f"{LIST}/en", {**PHRASES, "place": places})
    page = anna.get(answer.location).text
    assert "1 passage was left alone" in page
    assert "Här sammanträder kommunfullmäktige." in page


def test_the_same_form_sent_again_changes_nothing_more(library: Library, hall: TownHall) -> None:
    anna = library.browser("anna")
    form = {**PHRASES, "place": ticked(anna.get(ONE).text)}
    assert anna.post(f"{LIST}/en", form).status_code == 303
    assert anna.post(f"{LIST}/en", form).status_code == 409


@pytest.mark.parametrize(("places", "status"), [([], 422), (["x"], 422), (["1:2:3"], 422), (["999999:1"], 409)])
def test_a_form_that_names_no_passage_is_refused_in_a_sentence(
    library: Library, hall: TownHall, places: list[str], status: int
) -> None:
    answer = library.browser("anna").post(f"{LIST}/en", {**PHRASES, "place": places})
    assert answer.status_code == status
    assert 'role="alert"' in answer.text


def test_a_correction_that_is_no_rule_leaves_the_list(library: Library, hall: TownHall) -> None:
    anna = library.browser("anna")
    anna.post(f"{LIST}/en/dismiss", PHRASES)
    assert "1 is no rule" in anna.get(LIST).text
    anna.post(f"{LIST}/en/take_up", PHRASES)
    assert "is no rule" not in anna.get(LIST).text


def test_the_glossary_is_proposed_the_word_and_stores_nothing_by_itself(library: Library, hall: TownHall) -> None:
    anna = library.browser("anna")
    link = re.search(r'href="(/sites/alvby/glossary\?[^"]+)#add"', anna.get(ONE).text)
    assert link
    page = anna.get(link[1].replace("&amp;", "&")).text
    assert 'value="kommunfullmäktige"' in page
    assert f'value="{RIGHT}"' in page
    assert f'value="{WRONG}"' in page, "as what it is never called"
    assert 'value="en" selected' in page
    assert "No words yet" in page


def test_what_readers_still_see_is_said(library: Library, hall: TownHall) -> None:
    with library.database.writing() as session:
        submission = decisions.submit(session, hall.town.anna, hall.pages["salen"].page_id, "en")
        say_yes(session, hall.town, submission, Basis.VOUCHES)
        publish(session, hall.town.bo, hall.pages["salen"].page_id, "en")
    page = library.browser("anna").get(ONE).text
    assert "readers see it" in page
    assert "1 published page still has it." in page
    assert len(ticked(page)) == 1, "what was approved is not ticked"


def save(library: Library, hall: TownHall, beginning: str, **headers: str) -> TestResponse:
    page = hall.pages["regler"]
    with library.database.reading() as session:
        row = hall.row(session, "regler", beginning)
    form = {"text": (row.text or "").replace(WRONG, RIGHT), "based_on": row.revision, "next": "1"}
    path = f"/sites/alvby/pages/{page.page_id}/en/segments/{row.key}/save"
    return library.browser("anna").post(path, form, **headers)


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["without script", "htmx"])
def test_the_bench_says_that_a_correction_recurs(library: Library, headers: dict[str, str]) -> None:
    with library.database.writing() as session:
        hall = build_town_hall(session, library.town)
    told = []
    for beginning in (RULES, DECIDES):
        answer = save(library, hall, beginning, **headers)
        page = answer.text if headers else library.browser("anna").get(answer.location).text
        told.append("See where else it stands" in page)
    assert told == [False, True]


def test_what_an_address_makes_up_is_no_correction(library: Library, hall: TownHall) -> None:
    anna = library.browser("anna")
    assert anna.get(f"{LIST}/en?old=the&new=a").status_code == 404
    assert anna.get(f"{LIST}/xx?{urlencode(PHRASES)}").status_code == 404
    assert anna.post("/replacements/999/undo").status_code == 404
    assert anna.get(ONE + "&left=1,x,99999999999999999999").status_code == 200


def test_approvers_do_not_correct_here(library: Library, hall: TownHall) -> None:
    assert library.browser("bo").get(LIST).status_code == 403
    assert library.browser("bo").post(f"{LIST}/en", {**PHRASES, "place": "1:1"}).status_code == 403
