"""A corpus of one small page, written anew for each test, to be spoilt in one place."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import tomli_w
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from review_app.schema import metadata

Row = dict[str, Any]

PAGE = """<!doctype html>
<html lang="sv"><head><meta charset="utf-8"><title>Badhuset</title></head>
<body><main><h1>Badhuset i Älvby</h1><p>Det kostar 40 kronor. Läs <a href="/bad">mer</a> här.</p></main></body></html>
"""
META: Row = {
    "path": "badhus",
    "url": "https://www.alvby.example/badhus/",
    "title": "Badhuset",
    "provenance": "Written for a test.",
    "content_class": "normal",
}
WHEN = "2026-10-05T08:10:47+00:00"


def row(id: str, source: str, machine: str | None, state: str = "machine", **fields: Any) -> Row:  # noqa: A002
    """Return a row with every field of the format; what a person did is there if the state says so."""
    read = state in {"accepted", "edited", "approved"}
    made: Row = {
        "id": id,
        "source": source,
        "machine": [{"engine": "google", "version": "1", "date": "2026-10-03", "text": machine}] if machine else [],
        "correction": machine if read else None,
        "state": state,
        "who": "anna@alvby.example" if read else None,
        "when": WHEN if read else None,
        "approved_by": "bo@alvby.example" if state == "approved" else None,
    }
    return made | fields


def rows() -> list[Row]:
    """Return the rows of the page, each in another state."""
    return [
        row("title", "Badhuset", "The bath house", "approved"),
        row("heading", "Badhuset i Älvby", "The bath house in Älvby", "accepted"),
        row("price", "Det kostar 40 kronor.", "It costs 50 kronor.", "edited", correction="It costs 40 kronor."),
        row("link", "Läs <1>mer</1> här.", "Read <1>more</1> here."),
    ]


def write_corpus(
    folder: Path, sheet: Iterable[Row | bytes] | None = None, *, language: str = "en", page: str = PAGE, **meta: Any
) -> Path:
    """Write a corpus of one page; bytes among the rows are written as they are."""
    there = folder / "badhus"
    there.mkdir(parents=True, exist_ok=True)
    (there / "page.html").write_text(page, "utf-8")
    lines = [one if isinstance(one, bytes) else json.dumps(one, ensure_ascii=False).encode() for one in sheet or rows()]
    (there / f"segments.{language}.jsonl").write_bytes(b"".join(line + b"\n" for line in lines))
    write_meta(folder, META | meta)
    return folder


def write_meta(folder: Path, meta: Row) -> None:
    """Write the page's ``meta.toml``, with a date of its own if none is given."""
    text = "" if "date" in meta else "date = 2026-10-02\n"
    (folder / "badhus" / "meta.toml").write_text(text + tomli_w.dumps(meta), "utf-8")


def contents(session: Session) -> dict[str, int]:
    """Return how many rows each table holds: what "nothing was stored" is judged by."""
    return {
        table.name: session.scalar(select(func.count()).select_from(table)) or 0 for table in metadata.sorted_tables
    }
