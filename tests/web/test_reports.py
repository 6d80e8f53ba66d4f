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
from review_app.web.reports import verdict
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
    page = english(anna)
    for part in built(house).engines:
        for score in (score for name, score in part.scores.items() if name != "CER"):  # it is in the files
            assert f"{score.score:.1f} ({score.low:.1f}–{score.high:.1f})" in page
            assert score.signature in page
    assert "Here: sentences." in page
    assert "fake is better than other by" in page


def test_numbers_are_written_as_the_reader_s_language_does(house: House, anna: Browser) -> None:
    fill(house)
    (score,) = (part.scores["chrF2++"].score for part in built(house).engines if part.engine == "fake")
    anna.post("/language", {"language": "sv", "next": REPORT})
    assert f"{score:.1f}".replace(".", ",") in words(anna.get(REPORT, Accept_Language="sv"))


def test_both_charts_have_a_name_and_a_table_beside_them(house: House, anna: Browser) -> None:
    fill(house)
    page = anna.get(REPORT, Accept_Language="en").text
    assert re.findall(r'<svg class="(shares|chart)" role="img" aria-labelledby="([\w-]+)-title"', page) == [
        ("shares", "share-chart"),
        ("chart", "engine-chart"),
    ]
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert sorted(ids) == sorted(set(ids))
    table = page.split('<details class="figures">')[1].split("</details>")[0]
    assert re.findall(r'<td class="num">(\d+)</td>', table) == ["27", "0", "9"]


def test_too_few_is_said_and_no_figure_given(house: House, anna: Browser) -> None:
    fill(house, read=29)
    page = english(anna)
    assert "Of the 29 machine sentences that people have read so far, 22 were left unchanged" in page
    assert "too few (29 of at least 30)" in page
    assert "Of 100" not in page
    assert "Is the difference real?" not in page
    assert '<svg class="chart"' not in anna.get(REPORT).text


def test_pages_that_cannot_be_judged_come_after_the_worst(house: House, anna: Browser) -> None:
    fill(house, read=5, path="a-few", other=None)
    fill(house, path="b-enough", other=None)
    page = anna.get(REPORT).text.split('id="pages-title"')[1]
    assert re.findall(r"/pages/(\d+)/en", page) == ["2", "1"]


def test_an_empty_report_says_what_to_do(house: House, anna: Browser) -> None:
    fill(house, read=0)
    page = anna.get(REPORT, Accept_Language="en").text
    assert 'class="empty"' in page
    assert 'href="/sites/alvby/pages"' in page
    assert "<svg" not in page


def test_a_report_of_one_page_can_be_shared(house: House, anna: Browser) -> None:
    fill(house)
    fill(house, read=31, path="mer", other=None)
    whole, one = english(anna), english(anna, f"{REPORT}?language=en&page=mer")
    assert "67 of 72 sentences" in whole
    assert "31 of 36 sentences" in one
    assert "Pages, worst first" in whole
    assert "Pages, worst first" not in one
    assert 'value="mer" selected' in anna.get(f"{REPORT}?page=mer").text
    assert "reports.csv?language=en&amp;page=mer" in anna.get(f"{REPORT}?page=mer").text


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
