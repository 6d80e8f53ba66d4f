"""A report as CSV, XLSX and JSON, for spreadsheets and programs."""

import csv
import io
import json
from collections.abc import Callable
from dataclasses import fields
from datetime import date
from typing import Any, cast

from review_app.reports.service import Report
from review_app.reports.slices import Slice
from review_app.reports.spreadsheet import Cell, workbook
from review_app.scoring.comparison import Comparison

COLUMNS = (
    "site", "language", "scope", "engine", "versions", "metric", "score", "low", "high", "segments", "words",
    "pages", "unit", "too_few", "signature", "first", "last",
)  # fmt: skip

SAMPLE = "every sentence of the present source that a person accepted or edited"

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What makes a spreadsheet take a cell for a formula (OWASP, CSV injection)."""


def report_rows(report: Report) -> list[dict[str, Any]]:
    """Return a flat row for every score: of all pages first, then page by page."""
    site, language = report.chosen.site.slug, report.chosen.filter.language
    scopes: list[tuple[str, tuple[Slice, ...]]] = [("all", report.engines)]
    scopes += [(page.path, page.engines) for page in report.pages]
    return [
        {
            "site": site,
            "language": language,
            "scope": scope,
            "engine": part.engine,
            "versions": " ".join(part.versions),
            "metric": name,
            "score": None if score.too_few else score.score,
            "low": score.low,
            "high": score.high,
            "segments": score.n,
            "words": part.extents[name].words,
            "pages": part.extents[name].pages,
            "unit": score.unit,
            "too_few": score.too_few,
            "signature": score.signature,
            "first": part.first.isoformat(),
            "last": part.last.isoformat(),
        }
        for scope, slices in scopes
        for part in slices
        for name, score in part.scores.items()
    ]


def as_csv(report: Report) -> str:
    """Return the report as CSV; no cell can be a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in report_rows(report):
        writer.writerow([safe_cell(row[column]) for column in COLUMNS])
    return out.getvalue()


def as_json(report: Report) -> str:
    """Return the report as JSON: what it is about, the scores, and the comparisons of engines."""
    return json.dumps(_document(report), ensure_ascii=False, indent=2) + "\n"


def _document(report: Report) -> dict[str, Any]:
    chosen, shares = report.chosen, report.shares
    return {
        "site": chosen.site.slug,
        "language": chosen.filter.language,
        "made_at": chosen.made_at.isoformat(),
        "filter": chosen.filter.query(),
        "reference": "texts that people accepted or edited",
        "sample": SAMPLE,
        "segments_read": chosen.coverage.read,
        "segments": chosen.coverage.segments,
        "unchanged": shares.counts.unchanged,
        "small_edits": shares.counts.small,
        "large_edits": shares.counts.large,
        "scores": report_rows(report),
        "comparisons": [comparison.as_json() for comparison in report.comparisons],
    }


def as_xlsx(report: Report) -> bytes:
    """Return the report as a spreadsheet file: what it is about, the scores, and the comparisons of engines."""
    document = _document(report)
    about = [{"what": name, "value": _told(value)} for name, value in document.items() if not isinstance(value, list)]
    scores = [
        row | {"first": date.fromisoformat(row["first"]), "last": date.fromisoformat(row["last"])}
        for row in document["scores"]
    ]
    comparisons = document["comparisons"]
    return workbook(
        {"About": about, "Scores": scores, "Comparisons": comparisons},
        {"About": ("what", "value"), "Scores": COLUMNS, "Comparisons": [field.name for field in fields(Comparison)]},
    )


def _told(value: Any) -> Cell:
    if isinstance(value, dict):
        return ", ".join(f"{name}={text}" for name, text in value.items())
    return cast(Cell, value)


FORMATS: dict[str, Callable[[Report], bytes]] = {
    "csv": lambda report: as_csv(report).encode("utf-8"),
    "json": lambda report: as_json(report).encode("utf-8"),
    "xlsx": as_xlsx,
}
"""The files a report is given as, by their ending."""


def safe_cell(value: object) -> object:
    """Return a value that a spreadsheet shows as it is; some trim the spaces before they look for a formula."""
    if isinstance(value, str) and value.lstrip(" ").startswith(FORMULA_STARTS):
        return "'" + value
    return "" if value is None else value
