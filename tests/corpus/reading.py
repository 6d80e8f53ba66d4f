"""Reads the demo corpus as it lies there, without the importer: what tests compare the rest with."""

import json
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from review_app.pages.document import read_document
from review_app.resources import DEMO_CORPUS
from review_app.segments.cutting import cut

Row = dict[str, Any]


@dataclass(frozen=True)
class Sheet:
    """One segments file."""

    folder: Path
    language: str
    rows: tuple[Row, ...]

    def __str__(self) -> str:
        return f"{self.folder.name}-{self.language}"

    @property
    def states(self) -> Counter[str]:
        return Counter(row["state"] for row in self.rows)


def read_rows(path: Path) -> tuple[Row, ...]:
    return tuple(json.loads(line) for line in path.read_text("utf-8").splitlines())


def read_meta(folder: Path) -> dict[str, Any]:
    return tomllib.loads((folder / "meta.toml").read_text("utf-8"))


@cache
def sentences(page: Path) -> tuple[str, ...]:
    """Return the texts of a page in the order in which they first stand there."""
    return tuple(dict.fromkeys(piece.text for piece in cut(read_document(page.read_bytes()))))


FOLDERS = sorted(path.parent for path in DEMO_CORPUS.glob("*/meta.toml"))
SHEETS = [
    Sheet(path.parent, path.name.split(".")[1], read_rows(path))
    for path in sorted(DEMO_CORPUS.glob("*/segments.*.jsonl"))
]


def texts(sheet: Sheet) -> Iterator[str]:
    for row in sheet.rows:
        yield row["source"]
        yield from (one["text"] for one in row["machine"])
        yield row["correction"] or ""
