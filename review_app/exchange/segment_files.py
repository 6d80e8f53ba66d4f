"""Reads texts from anyone's files, a segment each: plain lines, a column of TSV, a field of JSONL, a language of TMX.

A file of the last three kinds holds several texts a segment, so which is meant is said after ``#``:
``pairs.tsv#reference``, ``pairs.tsv#2`` (a file without headings), ``outputs.jsonl#mt.google``, ``memory.tmx#en``.
"""

import json
import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from review_app.errors import BadFile
from review_app.exchange.tmx import read_tmx
from review_app.locale import N_

_ADDRESS = re.compile(r"(.+\.(?:tsv|jsonl|tmx))#(.+)", re.IGNORECASE | re.DOTALL)

WHICH = N_("{file} holds several texts a segment. Say which, as {file}#{example}; it has: {parts}.")
NO_SUCH = N_("{file} has no “{part}”. It has: {parts}.")
NO_TEXT = N_("{file}, line {line}: “{part}” is missing or is no text.")
LISTED = 12
"""How many of a file's columns an error names."""


def read_texts(address: str) -> list[str]:
    """Return the texts that an address names, in order; raises ``BadFile`` naming the file and the line."""
    found = None if Path(address).is_file() else _ADDRESS.fullmatch(address)
    path, part = found.groups() if found else (address, None)
    reader = _READERS.get(path.rpartition(".")[2].lower())
    return reader(path, part) if reader else _lines(path)


def _lines(path: str) -> list[str]:
    """Only a line feed ends a line, and the last one may lack it, as sacreBLEU reads files."""
    return _decoded(path).removesuffix("\n").split("\n")


def _tsv(path: str, column: str | None) -> list[str]:
    lines = [line.removesuffix("\r").split("\t") for line in _lines(path)]
    headings = lines[0]
    if column is None and len(headings) == 1:
        return _lines(path)
    if column is None:
        raise BadFile(WHICH, file=_named(path), example=headings[0] or "1", parts=_listed(headings))
    if column in headings:
        return _column(path, lines[1:], 2, headings.index(column), column)
    if not column.isdecimal() or not 1 <= int(column) <= len(headings):
        raise BadFile(NO_SUCH, file=_named(path), part=column, parts=_listed(headings))
    return _column(path, lines, 1, int(column) - 1, column)


def _column(path: str, lines: list[list[str]], first: int, place: int, column: str) -> list[str]:
    for number, cells in enumerate(lines, start=first):
        if place >= len(cells):
            raise BadFile(NO_TEXT, file=_named(path), line=number, part=column)
    return [cells[place] for cells in lines]


def _jsonl(path: str, field: str | None) -> list[str]:
    texts = []
    for number, line in enumerate(_lines(path), start=1):
        record = _record(path, number, line)
        if field is None:
            fields = _fields(record)
            if len(fields) != 1:
                raise BadFile(WHICH, file=_named(path), example=next(iter(fields), "field"), parts=_listed(fields))
            (field,) = fields
        found = _at(record, field)
        if not isinstance(found, str):
            if number == 1:
                raise BadFile(NO_SUCH, file=_named(path), part=field, parts=_listed(_fields(record)))
            raise BadFile(NO_TEXT, file=_named(path), line=number, part=field)
        texts.append(found)
    return texts


def _record(path: str, number: int, line: str) -> Mapping[str, Any]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        record = None
    if not isinstance(record, dict):
        raise BadFile(
            N_("{file}, line {line} is no JSON object. Write one on each line."), file=_named(path), line=number
        )
    return record


def _at(record: Any, field: str) -> Any:
    """Return what a field holds; a dot leads into an object, unless a field is called so."""
    if not isinstance(record, Mapping):
        return None
    if field in record:
        return record[field]
    first, dot, rest = field.partition(".")
    return _at(record.get(first), rest) if dot else None


def _fields(record: Mapping[str, Any], before: str = "") -> list[str]:
    found = []
    for name, value in record.items():
        if isinstance(value, Mapping):
            found += _fields(value, f"{before}{name}.")
        elif isinstance(value, str):
            found.append(f"{before}{name}")
    return found


def _tmx(path: str, language: str | None) -> list[str]:
    wanted, texts = (language or "").replace("_", "-").lower(), []
    for number, unit in enumerate(read_tmx(path, _bytes(path)), start=1):
        if language is None:
            raise BadFile(
                WHICH, file=_named(path), example=next(iter(unit.texts), "en"), parts=_listed(list(unit.texts))
            )
        tag = next((tag for tag in unit.texts if tag == wanted or tag.startswith(f"{wanted}-")), None)
        if tag is None:
            raise BadFile(
                N_("{file}: unit {number} has no text in “{language}”. It has: {parts}."),
                file=_named(path),
                number=number,
                language=language,
                parts=_listed(list(unit.texts)),
            )
        texts.append(unit.texts[tag])
    if not texts:
        raise BadFile(N_("{file} has no texts. Give a TMX file with units."), file=_named(path))
    return texts


def _named(path: str) -> str:
    """Return a file's name as text, whatever bytes it is made of."""
    return os.fsencode(path).decode("utf-8", "replace")


def _listed(names: list[str]) -> str:
    more = ["…"] if len(names) > LISTED else []
    return ", ".join(names[:LISTED] + more) or "–"


def _decoded(path: str) -> str:
    data = _bytes(path)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadFile(
            N_("{file}: line {line} is not valid UTF-8. Save the file as UTF-8 and try again."),
            file=_named(path),
            line=error.object[: error.start].count(b"\n") + 1,
        ) from error
    if not text:
        raise BadFile(N_("{file} is empty. Give a text file with a segment on each line."), file=_named(path))
    return text


def _bytes(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except (OSError, ValueError) as error:
        raise BadFile(
            N_("{file} cannot be read: {reason}. Give the path of a text file with a segment on each line."),
            file=_named(path),
            reason=getattr(error, "strerror", None) or type(error).__name__,
        ) from error


_READERS: Mapping[str, Callable[[str, str | None], list[str]]] = {"tsv": _tsv, "jsonl": _jsonl, "tmx": _tmx}
