"""The rows and the ``meta.toml`` of a corpus folder, as values, and how they are written.

``corpus/README.md`` defines them.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import tomli_w

from review_app.review.states import Basis
from review_app.sites.policy import ContentClass

STATES = ("untranslated", "machine", "accepted", "edited", "approved")


@dataclass(frozen=True, slots=True)
class MachineRecord:
    """One engine's raw output."""

    engine: str
    version: str
    date: date
    text: str


@dataclass(frozen=True, slots=True)
class SegmentRecord:
    """One line of ``segments.<lang>.jsonl``; ``nth``: which of its text's places, from 0, it is the translation of."""

    id: str
    source: str
    machine: tuple[MachineRecord, ...]
    correction: str | None
    state: str
    who: str | None
    when: datetime | None
    approved_by: str | None
    corrected_source: str | None = None
    nth: int | None = None


@dataclass(frozen=True, slots=True)
class PageRecord:
    """What ``meta.toml`` says of a page; by language, where it stands and what its approval rests on.

    ``shared``: it is what the site's pages share.
    """

    path: str
    url: str
    title: str
    date: datetime
    provenance: str
    content_class: ContentClass
    states: Mapping[str, str] = field(default_factory=dict)
    bases: Mapping[str, Basis] = field(default_factory=dict)
    shared: bool = False


def as_row(record: SegmentRecord) -> dict[str, Any]:
    """Return a record as the JSON object of its line."""
    row: dict[str, Any] = {
        "id": record.id,
        "source": record.source,
        "machine": [
            {"engine": one.engine, "version": one.version, "date": one.date.isoformat(), "text": one.text}
            for one in record.machine
        ],
        "correction": record.correction,
        "state": record.state,
        "who": record.who,
        "when": record.when.isoformat() if record.when else None,
        "approved_by": record.approved_by,
    }
    if record.corrected_source is not None:
        row["corrected_source"] = record.corrected_source
    if record.nth is not None:
        row["place"] = record.nth
    return row


def write_segments(path: Path, records: Iterable[SegmentRecord]) -> None:
    """Write a segments file, a line a segment."""
    lines = [json.dumps(as_row(record), ensure_ascii=False) for record in records]
    path.write_text("".join(line + "\n" for line in lines), "utf-8")


def write_meta(path: Path, record: PageRecord) -> None:
    """Write a page's ``meta.toml``."""
    meta: dict[str, Any] = {
        "path": record.path,
        "url": record.url,
        "title": record.title,
        "date": record.date.date(),
        "provenance": record.provenance,
        "content_class": str(record.content_class),
    }
    if record.shared:
        meta["shared"] = True
    if record.states:
        meta["languages"] = {
            language: {"state": state} | ({"basis": str(record.bases[language])} if language in record.bases else {})
            for language, state in record.states.items()
        }
    path.write_bytes(tomli_w.dumps(meta).encode())
