"""Where a filter narrows nothing the page says so in a line, on screen and in the file; else it says nothing."""

import pytest

from tests.web.conftest import Browser, House
from tests.web.test_reports import REPORT, english, fill

ASIDE = "engine, days and reason aside."


@pytest.mark.parametrize(
    ("page", "query", "said"),
    [
        ("", "engine=fake", ASIDE),
        ("/pages", "from=2026-01-01", ASIDE),
        ("/languages", "sample=audit", ASIDE),
        ("/errors", "sample=audit", "Days and reason are those of the reading"),
        ("/marked", "to=2026-01-01", "The days are those on which errors were marked."),
        ("/reviewing", "engine=fake", "Engine and reason narrow what was read"),
        ("/readers", "sample=audit", "that filter narrows nothing here."),
        ("/standing", "engine=fake", "do not narrow this list."),
    ],
)
def test_a_filter_that_narrows_nothing_is_named(house: House, anna: Browser, page: str, query: str, said: str) -> None:
    assert said in english(anna, f"{REPORT}{page}?language=en&{query}")
    assert said not in english(anna, f"{REPORT}{page}?language=en&class=normal")


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("errors", "Nothing that the checks found passes these filters"),
        ("readers", "No report of a reader passes these filters"),
        ("reviewing", "Nothing that was read passes these filters"),
    ],
)
def test_an_empty_page_names_the_filter_as_the_reason(house: House, anna: Browser, page: str, said: str) -> None:
    assert said in english(anna, f"{REPORT}/{page}?language=en&engine=nobody")
    assert said not in english(anna, f"{REPORT}/{page}?language=en")


def test_the_file_says_so_too(house: House, anna: Browser) -> None:
    fill(house)
    assert ASIDE in anna.get(f"{REPORT}/overview.html?language=en&engine=fake", Accept_Language="en").text


def test_all_engines_can_be_chosen_whichever_is(house: House, anna: Browser) -> None:
    fill(house)
    page = anna.get(f"{REPORT}?language=en&engine=other", Accept_Language="en").text
    assert '<option value="fake">fake</option>' in page
    assert '<option value="other" selected>other</option>' in page


def test_flags_and_risk_have_the_same_filter(house: House, anna: Browser) -> None:
    fill(house)
    at = "/sites/alvby/quality?language=en"
    assert "It rests on 36 machine texts that people have judged" in english(anna, at)
    assert "It rests on 36 machine texts" in english(anna, f"{at}&engine=fake&page=lana")
    for narrowed in ("engine=other", "section=bibliotek", "to=2020-01-01", "sample=audit"):
        page = english(anna, f"{at}&{narrowed}")
        assert "It rests on" not in page
        assert "What was learned, and from what, is told of the whole site." in page
