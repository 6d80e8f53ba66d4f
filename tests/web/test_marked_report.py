"""What people marked, on the pages of the reports and in their files."""

import re
from collections.abc import Iterator
from html import unescape

import pytest

from review_app.annotations.sampling import Sampled
from tests.annotations.rounds import mark_all, opened
from tests.databases import Backend
from tests.reports.many import build_many
from tests.reports.test_marked import CLUMSY, draw_all, mark
from tests.web.conftest import Browser, main_of
from tests.web.library import Library, open_library

REPORTS = "/sites/alvby/reports"


@pytest.fixture
def library(backend: Backend, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with open_library(backend, tmp_path_factory.mktemp("marked")) as found:
        yield found


@pytest.fixture
def anna(library: Library) -> Browser:
    """Anna, when she and Bo have marked spot checks, and she has read one sentence."""
    town = library.town
    with library.database.writing() as session:
        build_many(session, town, 32)
        draw_all(session)
        mark(session, town, town.anna, town.bo, sampled=Sampled.AUDIT)
    library.save("Lånetiden", "The loan period is four weeks long.")
    return library.browser("anna")


def words(html: str) -> str:
    return " ".join(unescape(re.sub("<[^>]*>", " ", html)).split())


def test_the_overview_says_how_many_spot_checks_are_wrong(anna: Browser) -> None:
    page = words(main_of(anna.get(REPORTS).text))
    assert re.search(r"In 8 of 100 spot checks people marked an error that is more than minor \(\d+–\d+\)\.", page)
    assert re.search(r"On average they gave the sentences 86 of 100 \(\d+–\d+\)\.", page)


def test_with_too_few_spot_checks_nothing_is_said_of_the_site(library: Library) -> None:
    town = library.town
    with library.database.writing() as session:
        draw_all(session)
        mark(session, town, town.anna, sampled=Sampled.AUDIT)
    library.save("Lånetiden", "The loan period is four weeks long.")
    page = words(main_of(library.browser("anna").get(REPORTS).text))
    assert "Errors were marked in 8 spot checks: too few to say how many are wrong." in page
    assert "of 100 spot checks people marked" not in page


def test_kinds_lead_to_examples_with_their_marks_and_name_nobody(anna: Browser) -> None:
    page = anna.get(f"{REPORTS}/marked").text
    link = re.search(r'href="([^"]*marked=all[^"]*severity=major[^"]*|[^"]*severity=major[^"]*marked=all[^"]*)#', page)
    assert link
    examples = main_of(anna.get(unescape(link[1])).text)
    assert "Kind not told (major)" in words(examples)
    assert '<mark class="major">You get</mark>' in examples
    for name in ("Anna", "Bo ", "Carin"):
        assert name not in words(examples)


@pytest.mark.parametrize("part", ["engines", "errors", "method", "marked"])
def test_other_pages_tell_of_it_too(anna: Browser, part: str) -> None:
    page = words(main_of(anna.get(f"{REPORTS}/{part}").text))
    told = {"method": "critical:25", "marked": "Krippendorff's alpha, interval"}
    assert told.get(part, "What people marked, blind") in page


@pytest.mark.parametrize("ending", ["csv", "json", "xlsx", "html"])
def test_it_is_given_as_a_file(anna: Browser, ending: str) -> None:
    answer = anna.get(f"{REPORTS}/marked.{ending}")
    assert answer.status_code == 200
    if ending in {"csv", "json", "html"}:
        assert "MQM" in answer.get_data(as_text=True)


def test_nothing_of_an_open_round_is_told(library: Library) -> None:
    town = library.town
    with library.database.writing() as session:
        build_many(session, town, 32)
        draw_all(session)
        round_id = opened(session, town, town.anna, sampled=Sampled.AUDIT)
        mark_all(session, town.anna, round_id, CLUMSY)
    assert "Nobody has marked errors here" in library.browser("bo").get(f"{REPORTS}/marked").text
