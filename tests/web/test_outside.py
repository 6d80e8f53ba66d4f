"""Olle works from outside: his pages work, and lead nowhere else."""

import re
from collections.abc import Iterator

import pytest

from review_app.commissions.counting import COUNT, count_commission
from review_app.jobs.runner import run_job
from tests.databases import Backend
from tests.web.agency import OLLE, browser_of, open_agency
from tests.web.conftest import Browser
from tests.web.library import BOOKS, Library


@pytest.fixture
def library(backend: Backend, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with open_agency(backend, tmp_path_factory.mktemp("outside")) as opened:
        yield opened


@pytest.fixture
def carin(library: Library) -> Browser:
    return browser_of(library, "carin@alvby.example")


@pytest.fixture
def olle(library: Library, carin: Browser) -> Browser:
    """Olle, when Carin has given him the library's page."""
    form = carin.get("/sites/alvby/commissions").text
    person = re.search(r'<option value="(\d+)">Olle', form)
    assert person
    given = {"name": "Biblioteket", "person": person[1], "language": "en", "page": [str(library.page.page_id)]}
    answer = carin.post("/sites/alvby/commissions", {**given, "due": "2026-12-24"})
    assert answer.location == "/sites/alvby/commissions?told=given"
    run_job(library.database, {COUNT: count_commission}, library.jobs.sent[-1])
    return browser_of(library, OLLE)


def test_he_saves_goes_on_and_submits(library: Library, olle: Browser) -> None:
    at, key = f"/commissions/1/pages/{library.page.page_id}", library.page.key(BOOKS)
    form = {"based_on": "1", "text": "You may borrow 20 books.", "next": "1"}
    saved = olle.post(f"{at}/segments/{key}/save", form)
    assert saved.status_code == 303
    assert saved.location.startswith(f"{at}?segment=")
    assert f"segment={key}" not in saved.location
    assert "You may borrow 20 books." in olle.get(at).text
    again = olle.post(f"{at}/segments/{key}/save", {"based_on": "1", "text": "Too late."})
    assert again.status_code == 409
    assert "Too late." in again.text
    assert "You may borrow 20 books." in again.text
    assert olle.post(f"{at}/segments/{key}/save", {"based_on": "2", "text": " "}).status_code == 422
    accepted = olle.post(f"{at}/segments/{library.page.key('Lånetiden')}/accept", {"based_on": "1"})
    assert accepted.status_code == 303
    assert olle.post(f"{at}/submit").location == "/commissions/1?told=submitted"


def test_words_are_given_as_csv_to_him_and_to_carin(library: Library, olle: Browser, carin: Browser) -> None:
    for answer in (olle.get("/commissions/1/words.csv"), carin.get("/sites/alvby/commissions/1.csv")):
        lines = answer.get_data(as_text=True).lstrip("\ufeff").splitlines()
        assert lines[0].startswith("page,repetition_segments,repetition_words,same_segments")
        assert [line.split(",")[0] for line in lines[1:]] == ["bibliotek", ""]
        assert lines[1].split(",")[-1] == "37"


def test_a_closed_job_is_gone_at_once(library: Library, olle: Browser, carin: Browser) -> None:
    assert olle.get("/commissions/1").status_code == 200
    assert carin.post("/sites/alvby/commissions/1/close").location == "/sites/alvby/commissions?told=closed"
    assert olle.get("/commissions/1").status_code == 404
    assert olle.get(f"/commissions/1/pages/{library.page.page_id}").status_code == 404


@pytest.mark.parametrize(
    "form", [{"name": ""}, {"page": []}, {"person": "1"}, {"language": "xx"}, {"due": "någon gång"}]
)
def test_what_cannot_be_given_is_said_beside_the_form(
    library: Library, olle: Browser, carin: Browser, form: dict[str, object]
) -> None:
    whole = {"name": "Mer", "person": "4", "language": "en", "page": ["1"], "due": ""}
    refused = carin.post("/sites/alvby/commissions", {**whole, **form})
    assert refused.status_code == 422
    assert 'role="alert"' in refused.text
