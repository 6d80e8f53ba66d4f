"""A report as CSV, XLSX and JSON, for spreadsheets and programs: all scores, or what one page of the reports shows."""

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, cast

from sqlalchemy.orm import Session

from review_app.reports.columns import OF_PARTS, SCORES, Column
from review_app.reports.rows import rows_of, score_rows
from review_app.reports.service import Report
from review_app.reports.shares import shares_of
from review_app.reports.slices import Chosen
from review_app.reports.spreadsheet import Cell, workbook
from review_app.scoring.comparison import Comparison

SAMPLE = "every sentence of the present source that a person accepted or edited"
REFERENCE = "texts that people accepted or edited"
INDEPENDENT = f"independent translations for BLEU, chrF2++ and TER where there are any, else {REFERENCE}"

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What makes a spreadsheet take a cell for a formula (OWASP, CSV injection)."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Data:
    """What goes into a file: ``document`` as JSON says it, of which ``rows`` are the list under ``name``."""

    document: dict[str, Any]
    name: str
    columns: tuple[Column, ...]

    @property
    def rows(self) -> list[Row]:
        """The rows that CSV holds."""
        return cast(list[Row], self.document[self.name])


def data_of_report(report: Report) -> Data:
    """Return a row for every score, of all pages first, then page by page, and the comparisons of engines."""
    lists = {"scores": report_rows(report), "comparisons": [one.as_json() for one in report.comparisons]}
    return Data(_document("scores", report.chosen) | lists, "scores", SCORES)


def data_of_part(session: Session, chosen: Chosen, part: str, asked: Mapping[str, str]) -> Data:
    """Return what a page of the reports shows."""
    names = [column.name for column in OF_PARTS[part]]
    rows = [dict(zip(names, row, strict=True)) for row in rows_of(session, chosen, part, asked)]
    return Data(_document(part, chosen) | {"rows": rows}, "rows", OF_PARTS[part])


def report_rows(report: Report) -> list[Row]:
    """Return a flat row for every score: of all pages first, then page by page."""
    site, language = report.chosen.site.slug, report.chosen.filter.language
    names = [column.name for column in SCORES]
    scopes = [("all", report.engines), *((page.path, page.engines) for page in report.pages)]
    return [
        dict(zip(names, (site, language, scope, *row), strict=True))
        for scope, slices in scopes
        for row in score_rows(slices)
    ]


def as_csv(data: Data) -> bytes:
    """Return the rows as CSV; no cell can be a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    names = [column.name for column in data.columns]
    writer.writerow(names)
    for row in data.rows:
        writer.writerow([safe_cell(row[name]) for name in names])
    return out.getvalue().encode()


def as_json(data: Data) -> bytes:
    """Return everything as JSON, as ``schema`` describes it."""
    return (json.dumps(data.document, ensure_ascii=False, indent=2) + "\n").encode()


def as_xlsx(data: Data) -> bytes:
    """Return everything as a spreadsheet file: what it is about, the rows, and the comparisons of engines."""
    about = [
        {"what": name, "value": _told(value)} for name, value in data.document.items() if not isinstance(value, list)
    ]
    days = [column.name for column in data.columns if column.kind == "day"]
    rows = [row | {name: date.fromisoformat(row[name]) for name in days} for row in data.rows]
    sheets: dict[str, Sequence[Mapping[str, Cell]]] = {"About": about, data.name.title(): rows}
    columns = {"About": ("what", "value"), data.name.title(): [column.name for column in data.columns]}
    if "comparisons" in data.document:
        sheets["Comparisons"] = data.document["comparisons"]
        columns["Comparisons"] = [field.name for field in fields(Comparison)]
    return workbook(sheets, columns)


def _document(report: str, chosen: Chosen) -> dict[str, Any]:
    counts = shares_of(chosen.segments, sure=False).counts
    return {
        "report": report,
        "site": chosen.site.slug,
        "language": chosen.filter.language,
        "made_at": chosen.made_at.isoformat(),
        "filter": chosen.filter.query(),
        "reference": INDEPENDENT if (chosen.segments.rows["independent"] == 1).any() else REFERENCE,
        "sample": SAMPLE,
        "segments_read": chosen.coverage.read,
        "segments": chosen.coverage.segments,
        "unchanged": counts.unchanged,
        "small_edits": counts.small,
        "large_edits": counts.large,
    }


def _told(value: Any) -> Cell:
    if isinstance(value, dict):
        return ", ".join(f"{name}={text}" for name, text in value.items())
    return cast(Cell, value)


FORMATS: dict[str, Callable[[Data], bytes]] = {"csv": as_csv, "json": as_json, "xlsx": as_xlsx}
"""The files a report is given as, by their ending."""


def safe_cell(value: object) -> object:
    """Return a value that a spreadsheet shows as it is; some trim the spaces before they look for a formula."""
    if isinstance(value, str) and value.lstrip(" ").startswith(FORMULA_STARTS):
        return "'" + value
    return "" if value is None else value
