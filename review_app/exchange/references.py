"""Reads independent reference translations: TMX, a table (TSV, CSV) whose first line names the languages, or JSONL."""

import json
from collections.abc import Iterator
from pathlib import PurePath

from review_app.errors import BadFile
from review_app.exchange.table import read_table
from review_app.exchange.tmx import read_tmx
from review_app.locale import N_

FORMATS = ("tmx", "tsv", "csv", "jsonl")

Pairs = list[tuple[str, str]]


def read_references(name: str, body: bytes, source_language: str, language: str) -> Pairs:
    """Return the pairs of source and translation in a file; raises ``BadFile`` for one that has none."""
    kind = PurePath(name).suffix.lower().removeprefix(".")
    if kind not in FORMATS:
        raise BadFile(N_("{file}: the name has to end with .tmx, .tsv, .csv or .jsonl."), file=name)
    rows = {"tmx": _of_tmx, "jsonl": _of_lines}.get(kind, _of_table)(name, body)
    of, to = source_language.casefold(), language.casefold()
    pairs = [(texts[of], texts[to]) for texts in rows if texts.get(of, "").strip() and texts.get(to, "").strip()]
    if not pairs:
        raise BadFile(
            N_("{file} has no texts in {source} with a translation into {languages}. Check the languages it names."),
            file=name,
            source=source_language,
            languages=language,
        )
    return pairs


def _of_tmx(name: str, body: bytes) -> Iterator[dict[str, str]]:
    return (dict(unit.texts) for unit in read_tmx(name, body))


def _of_table(name: str, body: bytes) -> Iterator[dict[str, str]]:
    return (row for _, row in read_table(name, body))


def _of_lines(name: str, body: bytes) -> Iterator[dict[str, str]]:
    for number, line in enumerate(body.decode("utf-8-sig", errors="replace").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError:
            row = None
        if not isinstance(row, dict):
            raise BadFile(
                N_("{file}, line {line}: this is no JSON object. Write one a line, such as {example}."),
                file=name,
                line=number,
                example='{"sv": "Hej", "en": "Hello"}',
            )
        yield {key.casefold(): value for key, value in row.items() if isinstance(value, str)}
