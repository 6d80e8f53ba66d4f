"""Reports as files: what a spreadsheet and a program get."""

import csv
import io
import json
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from review_app.reports.columns import SCORES
from review_app.reports.export import (
    FORMULA_STARTS,
    as_csv,
    as_json,
    as_xlsx,
    data_of_report,
    report_rows,
    safe_cell,
)
from review_app.reports.filters import Filter
from review_app.reports.service import Report, build_report
from review_app.reports.spreadsheet import workbook
from tests.builders import build_town
from tests.databases import Backend
from tests.reports.many import build_many, correct, references

COLUMNS = tuple(column.name for column in SCORES)
EVIL = '=HYPERLINK("http://x.example","1+1")'


@pytest.fixture(scope="module")
def report(backend: Backend) -> Iterator[Report]:
    """Two pages, one with too few sentences; an engine whose name would be a formula."""
    with backend.database() as database, database.writing() as session:
        town = build_town(session)
        correct(session, town, build_many(session, town, 32, engine="=1+1", other=EVIL[:40]), references(32))
        correct(session, town, build_many(session, town, 4, path="@sum", engine="=1+1"), references(4))
        yield build_report(session, town.anna, town.slug, Filter("en"))


def test_a_row_for_every_score(report: Report) -> None:
    rows = list(csv.DictReader(io.StringIO(as_csv(data_of_report(report)).decode(), newline="")))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == len(report_rows(report))
    first = rows[0]
    assert (first["site"], first["language"], first["scope"], first["metric"]) == ("alvby", "en", "all", "BLEU")
    assert float(first["score"]) == report.engines[0].scores["BLEU"].score
    assert (first["segments"], first["words"], first["pages"]) == ("36", str(36 * 7), "2")


def test_too_few_has_no_figure(report: Report) -> None:
    (row,) = [row for row in report_rows(report) if row["scope"] == "@sum" and row["metric"] == "TER"]
    assert (row["too_few"], row["score"], row["low"], row["high"], row["segments"]) == (True, None, None, None, 4)


def test_no_cell_is_a_formula(report: Report) -> None:
    cells = [
        cell for row in csv.reader(io.StringIO(as_csv(data_of_report(report)).decode(), newline="")) for cell in row
    ]
    assert "'=1+1" in cells
    assert "'@sum" in cells
    assert "=1+1" in {row["engine"] for row in report_rows(report)}
    assert [cell for cell in cells if cell.startswith(FORMULA_STARTS)] == []


@given(st.text(max_size=12))
def test_text_is_shown_as_it_is_but_for_the_mark(text: str) -> None:
    cell = str(safe_cell(text))
    assert cell in {text, f"'{text}"}
    assert not cell.lstrip(" ").startswith(FORMULA_STARTS)


def test_a_spreadsheet_has_the_same_values_typed_and_no_formula(report: Report) -> None:
    book = load_workbook(io.BytesIO(as_xlsx(data_of_report(report))))
    sheet = book["Scores"]
    heads, *rows = sheet.iter_rows()
    assert sheet.freeze_panes == "A2"
    assert [cell.value for cell in heads] == list(COLUMNS)
    wanted = report_rows(report)
    assert len(rows) == len(wanted)
    for cells, row in zip(rows, wanted, strict=True):
        got = {head: cell.value for head, cell in zip(COLUMNS, cells, strict=True)}
        assert {cell.data_type for cell in cells} <= {"s", "n", "b", "d"}
        assert got["score"] == pytest.approx(row["score"]) if row["score"] is not None else got["score"] is None
        assert (got["engine"], got["segments"], got["too_few"]) == (row["engine"], row["segments"], row["too_few"])
        assert got["first"].date().isoformat() == row["first"]
    assert {cells[COLUMNS.index("engine")].value for cells in rows} >= {"=1+1"}
    assert book["Comparisons"].max_row == 1 + len(report.comparisons)


@pytest.mark.parametrize("text", ["=1+1", "a\x00b\x1f", "\ud800", "x" * 40_000, "-2", "ا"])
def test_a_spreadsheet_takes_any_text_as_text(text: str) -> None:
    (_, row) = load_workbook(io.BytesIO(workbook({"A": [{"x": text}]}, {"A": ["x"]})))["A"].iter_rows()
    assert row[0].data_type == "s"
    assert str(row[0].value)[0] == text[0] or text == "\ud800"


def test_numbers_stay_numbers() -> None:
    assert safe_cell(-1.5) == -1.5
    assert safe_cell(None) == ""


def test_json_has_the_documented_keys(report: Report) -> None:
    document = json.loads(as_json(data_of_report(report)))
    assert set(document) == {
        "report", "site", "language", "made_at", "filter", "reference", "sample", "segments_read", "segments",
        "unchanged", "small_edits", "large_edits", "scores", "comparisons",
    }  # fmt: skip
    assert all(set(row) == set(COLUMNS) for row in document["scores"])
    assert {one["metric"] for one in document["comparisons"]} == {"BLEU", "chrF2++", "TER"}
    assert document["segments_read"] == document["unchanged"] + document["small_edits"] + document["large_edits"] == 36
