"""Reports as HTML files: one file that stands alone, whichever page of the reports it holds."""

import csv
import io
import re
from datetime import timedelta

import pytest
from jsonschema import Draft202012Validator
from openpyxl import load_workbook
from sqlalchemy import update

from review_app.app import create_app
from review_app.db import utc_now
from review_app.errors import NotFound
from review_app.jobs.runner import run_job
from review_app.reports.filters import Filter
from review_app.reports.tables import ReportFile
from review_app.sweeping import forget_jobs
from review_app.web.report_files import Wanted, file_for_command
from review_app.web.report_parts import PARTS
from review_app.worker import job_functions
from tests.reports.many import sources
from tests.web.conftest import Browser, House
from tests.web.test_reports import REPORT, fill, words


def ids_of(html: str) -> list[str]:
    return re.findall(r'\bid="([^"]+)"', html)


def test_the_whole_report_is_one_file_with_every_page(house: House, anna: Browser) -> None:
    fill(house)
    got = anna.get(f"{REPORT}.html?language=en", Accept_Language="en")
    assert got.content_type == "text/html; charset=utf-8"
    assert re.fullmatch(r'attachment; filename="alvby-en-\d{4}-\d\d-\d\d\.html"', got.headers["Content-Disposition"])
    html = got.text
    assert html.count("<h1") == 1
    assert re.findall(r'<section class="part" id="(\w+)">', html) == list(PARTS)
    assert sorted(ids_of(html)) == sorted(set(ids_of(html)))
    assert 'href="#engines"' in html
    assert "75 </b>" in html or "<b>75</b>" in html


@pytest.mark.parametrize("part", [*PARTS, "sentences"])
def test_every_page_is_a_file_that_asks_for_nothing(house: House, anna: Browser, part: str) -> None:
    fill(house)
    html = anna.get(f"{REPORT}/{part}.html?language=en", Accept_Language="sv").text
    assert html.startswith("<!doctype html>")
    assert '<html lang="sv">' in html
    assert not re.search(r"<script|<link|<img|<iframe|<form|@import|url\(['\"]?(?!#)", html)
    for name in re.findall(r'aria-labelledby="([^"]+)"|url\(#([\w-]+)\)', html):
        assert "".join(name) in ids_of(html)
    assert {link.split("/")[2] for link in re.findall(r'href="([^"#]+)"', html)} == {"localhost"}


def test_a_file_keeps_what_the_page_was_asked_for(house: House, anna: Browser) -> None:
    fill(house)
    page = anna.get(f"{REPORT}/sentences?language=en&size=large&sample=triage&part=x&_external=1").text
    address = re.search(r'href="(/sites/alvby/reports/sentences\.html[^"]*)"', page)
    assert address
    html = anna.get(address[1].replace("&amp;", "&"), Accept_Language="en").text
    assert html.count('<p class="source"') == 9
    assert "Why it was read" in html


def test_what_is_no_page_of_the_reports_is_no_file(house: House, anna: Browser, disa: Browser) -> None:
    fill(house, read=1)
    assert anna.get(f"{REPORT}/nowhere.html").status_code == 404
    assert disa.get(f"{REPORT}/engines.html").status_code == 404
    assert disa.get(f"{REPORT}.html").status_code == 404


def test_the_command_line_gets_the_same_file(house: House) -> None:
    fill(house)
    app = create_app(house.installation.settings, house.installation)
    html = file_for_command(app, Wanted("alvby", Filter("en"), "engines", "en"), "html").decode()
    assert "Which engine translates best into English?" in html
    assert 'href="http://127.0.0.1:8000/sites/alvby/reports/sentences' in html
    with pytest.raises(NotFound):
        file_for_command(app, Wanted("nowhere", Filter("en")), "html")


def ordered(browser: Browser, house: House, **form: object) -> str:
    """Ask for a file as the button does, let the worker make it, and return the page of the job."""
    answer = browser.post(f"{REPORT}/files", {"language": "en", **form})
    assert answer.status_code == 303
    for job_id in house.jobs.sent:
        run_job(house.installation.database, job_functions(house.installation.settings), job_id)
    return browser.get(answer.location, Accept_Language="en").text


def test_a_report_is_made_as_pdf_by_a_job(house: House, anna: Browser, disa: Browser) -> None:
    pytest.importorskip("weasyprint")
    fill(house)
    assert 'name="ending" value="pdf"' in anna.get(REPORT).text
    assert anna.get(f"{REPORT}.pdf").status_code == 404
    page = ordered(anna, house, part="overview", ending="pdf")
    address = re.search(r'href="([^"]+)" download>Download the file', page)
    assert address, page
    got = anna.get(address[1])
    assert got.content_type == "application/pdf"
    assert re.fullmatch(r'attachment; filename="alvby-en-overview-[\d-]+\.pdf"', got.headers["Content-Disposition"])
    assert got.data.startswith(b"%PDF-")
    assert disa.get(address[1]).status_code == 404
    assert disa.post(f"{REPORT}/files", {"language": "en", "ending": "pdf"}).status_code == 404


def test_large_reports_are_all_made_by_jobs(house: House, anna: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(house)
    assert 'name="ending" value="xlsx"' not in anna.get(REPORT).text
    monkeypatch.setattr("review_app.reports.ordered.MANY", 10)
    assert 'name="ending" value="xlsx"' in anna.get(REPORT).text
    made = {}
    for ending in ("html", "csv", "xlsx"):
        page = ordered(anna, house, part="sentences", ending=ending, size="large", sample="triage")
        address = re.search(r'href="([^"]+)" download>', page)
        assert address, page
        made[ending] = anna.get(address[1]).data
    assert made["html"].decode().count('<p class="source"') == 9
    assert made["csv"].decode("utf-8-sig").count("\r\n") == 1 + 9
    assert load_workbook(io.BytesIO(made["xlsx"])).worksheets[1].max_row == 1 + 9


def test_a_file_is_kept_for_a_day(house: House, anna: Browser) -> None:
    fill(house)
    page = ordered(anna, house, ending="csv")
    (address,) = re.findall(r'href="([^"]+)" download>', page)
    with house.installation.database.writing() as session:
        session.execute(update(ReportFile).values(made_at=utc_now() - timedelta(days=2)))
    forget_jobs(house.installation.settings, house.installation.database)
    gone = anna.get(address, Accept_Language="en")
    assert (gone.status_code, "Make it again from the report." in gone.text) == (404, True)


def test_without_the_extra_no_pdf_is_offered(house: House, anna: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("review_app.reports.pdf.find_spec", lambda _name: None)
    fill(house)
    assert 'value="pdf"' not in anna.get(REPORT).text
    assert anna.post(f"{REPORT}/files", {"language": "en", "ending": "pdf"}).status_code == 404


def test_every_page_is_data_that_its_schema_describes(house: House, anna: Browser, browser: Browser) -> None:
    fill(house, engine="=1+1")
    schema = browser.get("/reports.schema.json").get_json(force=True)
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    for part in (None, *PARTS, "sentences"):
        address = f"{REPORT}/{part}" if part else REPORT
        document = anna.get(f"{address}.json?language=en").get_json(force=True)
        assert [error.message for error in validator.iter_errors(document)] == [], part
        rows = document["rows" if part else "scores"]
        assert rows or part in {"readers", "errors"}
        read = list(csv.DictReader(io.StringIO(anna.get(f"{address}.csv").data.decode("utf-8-sig"), newline="")))
        assert len(read) == len(rows)
        assert not any(cell.startswith("=") for row in read for cell in row.values())
        sheets = load_workbook(io.BytesIO(anna.get(f"{address}.xlsx").data))
        assert sheets.worksheets[1].max_row == len(rows) + 1
    assert not validator.is_valid({**document, "rows": [{"page": 1}]})


def test_the_files_hold_what_the_pages_show(house: House, anna: Browser) -> None:
    fill(house)

    def rows(part: str, query: str = "") -> list[dict[str, object]]:
        return anna.get(f"{REPORT}/{part}.json?language=en{query}").get_json(force=True)["rows"]

    assert [(row["sample"], row["edits"], row["sentences"]) for row in rows("overview")[:3]] == [
        ("all", "unchanged", 27),
        ("all", "small", 0),
        ("all", "large", 9),
    ]
    assert len(rows("sentences")) == 72
    assert {row["engine"] for row in rows("sentences", "&size=large")} == {"fake"}
    (english,) = [row for row in rows("languages") if row["language"] == "en"]
    assert (english["sentences"], english["read"], english["unchanged"]) == (36, 36, 75)


def test_independent_translations_are_taken_in_and_told_of(house: House, carin: Browser, bo: Browser) -> None:
    fill(house)
    address = "/sites/alvby/references/en"
    table = "sv\ten\n" + "\n".join(f"{source}\tOne may borrow it." for source in sources(36))
    body = {"file": (io.BytesIO(table.encode()), "../../by-hand.tsv")}
    taken = carin.post(address, body, Accept_Language="en")
    assert "36 new, 0 known already, 0 whose Swedish stands on no page." in taken.text
    assert "by-hand.tsv" in carin.get(address).text
    engines = words(carin.get(f"{REPORT}/engines", Accept_Language="en"))
    assert "36 of the 36 sentences have an independent translation" in engines
    scores = carin.get(f"{REPORT}/engines.json").get_json(force=True)["rows"]
    assert {row["reference"] for row in scores if row["metric"] == "BLEU"} == {"independent"}
    assert {row["reference"] for row in scores if row["metric"] == "HTER"} == {"post-edit"}
    refused = carin.post(address, {"file": (io.BytesIO(b"x"), "a.txt")}, Accept_Language="en")
    assert (refused.status_code, "has to end with" in refused.text) == (422, True)
    assert bo.get(address).status_code == 200
    assert bo.post(address, {"file": (io.BytesIO(table.encode()), "a.tsv")}).status_code == 403
