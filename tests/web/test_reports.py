"""The report's page and its files."""

import csv
import io
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from review_app.accounts.service import person_actor
from review_app.reports.edits import EditShares, of_hundred
from review_app.reports.filters import Filter
from review_app.reports.service import Report, build_report
from review_app.scoring.comparison import Comparison
from review_app.web.report_figures import verdict
from review_app.web.report_parts import PARTS
from tests.builders import Town
from tests.reports.many import build_many, correct, references
from tests.web.conftest import Browser, House

REPORT = "/sites/alvby/reports"


def fill(
    house: House, read: int = 36, *, path: str = "lana", engine: str = "fake", other: str | None = "other"
) -> None:
    """Import a page of 36 sentences, of which Anna has read some."""
    with house.installation.database.writing() as session:
        anna = person_actor(session, house.people["anna"])
        town = Town(house.site, "alvby", {"anna": anna})
        correct(session, town, build_many(session, town, 36, path=path, engine=engine, other=other), references(read))


def built(house: House) -> Report:
    with house.installation.database.reading() as session:
        return build_report(session, person_actor(session, house.people["anna"]), "alvby", Filter("en"))


class _Text(HTMLParser):
    """Collects what is read on a page."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)


def words(response: TestResponse) -> str:
    """Return a page's text with single spaces."""
    parser = _Text()
    parser.feed(response.text.split("<main", 1)[1])
    return " ".join("".join(parser.pieces).split())


def english(browser: Browser, address: str = REPORT) -> str:
    return words(browser.get(address, Accept_Language="en"))


def test_a_manager_reads_the_answer_first(house: House, anna: Browser) -> None:
    fill(house)
    page = english(anna)
    assert "How good is the translation into English?" in page
    assert "Of 100 sentences that people read, 75 were left unchanged, 0 needed small edits and 25 large ones." in page
    assert "36 of 36 sentences have been read by a person." in page


def test_every_score_stands_with_its_interval_and_signature(house: House, anna: Browser) -> None:
    fill(house)
    engines, method = english(anna, f"{REPORT}/engines"), english(anna, f"{REPORT}/method")
    for part in built(house).engines:
        for name, score in part.scores.items():
            assert score.signature in method
            if name != "CER":  # it is in the files
                assert f"{score.score:.1f} ({score.low:.1f}–{score.high:.1f})" in engines
    assert "95% intervals from resampled sentences." in engines
    assert "fake is better than other by" in engines
    assert "Where fake and other differ most" in engines


def test_numbers_are_written_as_the_reader_s_language_does(house: House, anna: Browser) -> None:
    fill(house)
    (score,) = (part.scores["chrF2++"].score for part in built(house).engines if part.engine == "fake")
    anna.post("/language", {"language": "sv", "next": REPORT})
    assert f"{score:.1f}".replace(".", ",") in words(anna.get(REPORT, Accept_Language="sv"))


def test_both_charts_have_a_name_and_a_table_beside_them(house: House, anna: Browser) -> None:
    fill(house)
    page = anna.get(REPORT, Accept_Language="en").text
    drawn = page + anna.get(f"{REPORT}/engines", Accept_Language="en").text
    assert re.findall(r'<svg class="(shares|chart)" role="img" aria-labelledby="([\w-]+)-title"', drawn) == [
        ("shares", "share-chart"),
        ("chart", "engine-chart"),
    ]
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert sorted(ids) == sorted(set(ids))
    table = page.split('<details class="figures">')[1].split("</details>")[0]
    sizes = re.findall(r'size=(\w+)&amp;language=en">(\d+)</a>', table)
    assert sizes == [("unchanged", "27"), ("small", "0"), ("large", "9")]


def test_too_few_is_said_and_no_figure_given(house: House, anna: Browser) -> None:
    fill(house, read=29)
    page = english(anna)
    assert "Of the 29 machine sentences that people have read so far, 22 were left unchanged" in page
    assert "too few (29 of at least 30)" in page
    assert "Of 100" not in page
    engines = anna.get(f"{REPORT}/engines", Accept_Language="en")
    assert "Is the difference real?" not in words(engines)
    assert '<svg class="chart"' not in engines.text


def test_pages_that_cannot_be_judged_come_after_the_worst(house: House, anna: Browser) -> None:
    fill(house, read=5, path="a-few", other=None)
    fill(house, path="b-enough", other=None)
    linked = re.findall(r'/pages/(\d+)/en"', anna.get(f"{REPORT}/pages").text)
    assert list(dict.fromkeys(linked)) == ["2", "1"]


def test_an_empty_report_says_what_to_do(house: House, anna: Browser) -> None:
    fill(house, read=0)
    page = anna.get(REPORT, Accept_Language="en").text
    assert 'class="empty"' in page
    assert 'href="/sites/alvby/pages"' in page
    assert "<svg" not in page


def test_what_a_report_is_about_stands_in_its_address(house: House, anna: Browser) -> None:
    fill(house)
    fill(house, read=31, path="om/mer", other=None)
    assert "67 of 72 sentences" in english(anna)
    for query in ("page=om/mer", "section=om", "section=/om/&engine=fake&sample=triage&class=normal&from=2020-01-01"):
        assert "31 of 36 sentences" in english(anna, f"{REPORT}?language=en&{query}")
    assert "Nothing that was read passes these filters" in english(anna, f"{REPORT}?to=2020-01-01")
    page = anna.get(f"{REPORT}?page=om/mer&sample=triage").text
    assert 'value="om/mer" list="paths"' in page
    assert "reports.csv?language=en&amp;page=om/mer&amp;sample=triage" in page
    assert "reports/engines?language=en&amp;page=om/mer&amp;sample=triage" in page


@pytest.mark.parametrize("query", ["from=yesterday", "class=none", "sample=all", "from=2026-02-02&to=2026-02-01"])
def test_what_is_no_filter_is_told_in_a_sentence(house: House, anna: Browser, query: str) -> None:
    assert anna.get(f"{REPORT}?{query}").status_code == 422


def test_every_number_leads_to_its_sentences(house: House, anna: Browser) -> None:
    fill(house)
    large = anna.get(f"{REPORT}/sentences?size=large&language=en", Accept_Language="en").text
    assert large.count('<p class="source"') == 9
    assert "<del>" in large
    assert anna.get(f"{REPORT}/sentences?size=small").text.count('<p class="source"') == 0
    every = [anna.get(f"{REPORT}/sentences?nr={number}").text.count('<p class="source"') for number in (1, 2, 3, 4)]
    assert every == [25, 25, 22, 0]
    assert anna.get(f"{REPORT}/sentences?size=huge").status_code == 422


@pytest.mark.parametrize("read", [0, 36])
def test_every_page_of_the_reports_opens_in_both_languages(house: House, anna: Browser, read: int) -> None:
    fill(house, read=read)
    menu = re.findall(r'href="(/sites/alvby/reports[^"]*)"', anna.get(REPORT).text.split('class="subnav"')[1])
    pages = [address.replace("&amp;", "&") for address in menu if ".csv" not in address and ".json" not in address]
    assert len(pages) >= len(PARTS)
    for address in pages:
        for language in ("en", "sv"):
            assert anna.get(address, Accept_Language=language).status_code == 200


@pytest.mark.parametrize("ending", ["", ".csv", ".json"])
def test_unknown_pages_and_languages_are_not_found(house: House, anna: Browser, ending: str) -> None:
    fill(house, read=1)
    assert anna.get(f"{REPORT}{ending}").status_code == 200
    assert anna.get(f"{REPORT}{ending}?page=finns-inte").status_code == 404
    assert anna.get(f"{REPORT}{ending}?language=de").status_code == 404


@pytest.mark.parametrize("ending", ["", ".csv", ".json"])
def test_strangers_find_nothing(disa: Browser, browser: Browser, ending: str) -> None:
    assert disa.get(f"{REPORT}{ending}").status_code == 404
    assert browser.get(f"{REPORT}{ending}").status_code in {303, 401}


def test_csv_is_a_file_without_formulas(house: House, anna: Browser) -> None:
    fill(house, engine="=1+1", other=None)
    got = anna.get(f"{REPORT}.csv?language=en")
    assert got.content_type == "text/csv; charset=utf-8"
    assert re.fullmatch(r'attachment; filename="alvby-en-\d{4}-\d\d-\d\d\.csv"', got.headers["Content-Disposition"])
    rows = list(csv.DictReader(io.StringIO(got.data.decode("utf-8-sig"), newline="")))
    assert {row["engine"] for row in rows} == {"'=1+1"}
    assert {row["scope"] for row in rows} == {"all", "lana"}


def test_json_holds_the_same_scores(house: House, anna: Browser) -> None:
    fill(house)
    got = anna.get(f"{REPORT}.json")
    assert got.content_type == "application/json; charset=utf-8"
    assert re.fullmatch(r'attachment; filename="alvby-en-\d{4}-\d\d-\d\d\.json"', got.headers["Content-Disposition"])
    document = got.get_json()
    told = {(row["engine"], row["metric"]): row["score"] for row in document["scores"] if row["scope"] == "all"}
    assert told == {
        (part.engine, name): score.score for part in built(house).engines for name, score in part.scores.items()
    }


def test_names_are_text_not_markup(house: House, anna: Browser) -> None:
    fill(house, engine="<b>x</b>", other=None)
    page = anna.get(REPORT).text
    assert "<b>x</b>" not in page
    assert "&lt;b&gt;x&lt;/b&gt;" in page


def test_the_better_engine_is_named_first_whichever_way_the_metric_counts() -> None:
    def compared(metric: str, difference: float) -> tuple[str, float, int, int]:
        one = Comparison(metric, "a", "b", difference, 0.01, 0.03, 40, "segment", wins=30, ties=4, losses=6)
        told = verdict(one)
        return told.better, told.difference, told.wins, told.losses

    assert compared("BLEU", 4.0) == ("a", 4.0, 30, 6)
    assert compared("BLEU", -4.0) == ("b", 4.0, 6, 30)
    assert compared("TER", -4.0) == ("a", 4.0, 30, 6)
    assert compared("TER", 4.0) == ("b", 4.0, 6, 30)


@given(st.integers(0, 999), st.integers(0, 999), st.integers(0, 999))
def test_a_hundred_sentences_are_a_hundred(unchanged: int, small: int, large: int) -> None:
    shares = EditShares(unchanged, small, large)
    whole = of_hundred((shares.unchanged, shares.small, shares.large))
    assert sum(whole) == (100 if shares.total else 0)
    for part, count in zip(whole, (unchanged, small, large), strict=True):
        assert abs(part * shares.total - 100 * count) < max(shares.total, 1)


def test_the_sentences_of_a_week_are_behind_their_number(house: House, anna: Browser) -> None:
    fill(house)
    week = re.search(r'href="([^"]*/readings[^"]*from=[^"]*)">(\d+)</a>', anna.get(f"{REPORT}/reviewing").text)
    assert week
    assert week[2] == "36"
    assert anna.get(f"{week[1].replace('&amp;', '&')}&nr=2").text.count('<p class="source"') == 36 - 25
