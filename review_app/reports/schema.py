"""The JSON schema of the reports' JSON files, made of what the columns say."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from review_app.reports.columns import OF_PARTS, SCORES, Column
from review_app.scoring.comparison import Comparison

ABOUT = {
    "report": "Which report it is",
    "site": "Short name of the site",
    "language": "Tag of the target language",
    "made_at": "When it was made",
    "filter": "What it is about, as the address says it",
    "reference": "What the machine's texts are compared with",
    "sample": "Which sentences count",
    "segments_read": "Sentences that a person has read",
    "segments": "Sentences there are",
    "unchanged": "Machine drafts that people left unchanged",
    "small_edits": "Those that needed small edits",
    "large_edits": "Those that needed large edits",
}
_COUNTS = {"segments_read", "segments", "unchanged", "small_edits", "large_edits"}
_TYPES = {"int": "integer", "float": "number"}


def json_schema() -> dict[str, Any]:
    """Return the schema of every JSON file that a report is given as."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A report on machine translation",
        "oneOf": [
            _document("scores", {"scores": _rows(SCORES), "comparisons": _comparisons()}),
            *(_document(part, {"rows": _rows(columns)}) for part, columns in OF_PARTS.items()),
        ],
    }


def _document(report: str, lists: dict[str, Any]) -> dict[str, Any]:
    properties: dict[str, Any] = {
        name: {"type": "integer", "minimum": 0, "description": about}
        if name in _COUNTS
        else {"type": "string", "description": about}
        for name, about in ABOUT.items()
    }
    properties["report"] = {"const": report, "description": ABOUT["report"]}
    properties["made_at"]["format"] = "date-time"
    properties["filter"] = {
        "type": "object",
        "additionalProperties": {"type": "string"},
        "description": ABOUT["filter"],
    }
    properties |= lists
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _rows(columns: Sequence[Column]) -> dict[str, Any]:
    properties = {column.name: column.as_schema() for column in columns}
    row = {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}
    return {"type": "array", "items": row}


def _comparisons() -> dict[str, Any]:
    properties = {one.name: {"type": _TYPES.get(_name(one.type), "string")} for one in fields(Comparison)}
    row = {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}
    return {"type": "array", "items": row, "description": "Engines compared two by two on the same sentences"}


def _name(kind: Any) -> str:
    return kind if isinstance(kind, str) else str(getattr(kind, "__name__", kind))
