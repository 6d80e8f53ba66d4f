"""The rows and the ``meta.toml`` of a corpus folder, as values; ``corpus/README.md`` defines them."""

import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import tomli_w

from review_app.errors import BadFile
from review_app.locale import N_
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
    """One line of ``segments.<lang>.jsonl``."""

    id: str
    source: str
    machine: tuple[MachineRecord, ...]
    correction: str | None
    state: str
    who: str | None
    when: datetime | None
    approved_by: str | None
    corrected_source: str | None = None


@dataclass(frozen=True, slots=True)
class PageRecord:
    """What ``meta.toml`` says of a page; by language, where it stands and what its approval rests on."""

    path: str
    url: str
    title: str
    date: datetime
    provenance: str
    content_class: ContentClass
    states: Mapping[str, str] = field(default_factory=dict)
    bases: Mapping[str, Basis] = field(default_factory=dict)


def read_meta(path: Path) -> PageRecord:
    """Read a page's ``meta.toml``; raises ``BadFile`` naming the field that is missing or wrong."""
    try:
        meta = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise BadFile(N_("{file} is missing. Every page's folder needs one."), file=path) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadFile(N_("{file} is not valid TOML: {reason}"), file=path, reason=error) from error
    try:
        return PageRecord(
            path=_text(meta, "path"),
            url=_text(meta, "url"),
            title=_text(meta, "title"),
            date=_noon(meta["date"]),
            provenance=_text(meta, "provenance"),
            content_class=ContentClass(meta.get("content_class", "normal")),
            states={language: _text(entry, "state") for language, entry in meta.get("languages", {}).items()},
            bases={
                language: Basis(entry["basis"])
                for language, entry in meta.get("languages", {}).items()
                if "basis" in entry
            },
        )
    except KeyError as error:
        raise BadFile(N_("{file} lacks the field {field}. Add it."), file=path, field=error.args[0]) from error
    except (TypeError, ValueError) as error:
        raise BadFile(N_("{file} is not usable: {reason}"), file=path, reason=error) from error


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
    if record.states:
        meta["languages"] = {
            language: {"state": state} | ({"basis": str(record.bases[language])} if language in record.bases else {})
            for language, state in record.states.items()
        }
    path.write_bytes(tomli_w.dumps(meta).encode())


def read_segments(path: Path) -> list[SegmentRecord]:
    """Read a segments file; raises ``BadFile`` naming the file and the line of the first mistake."""
    records = []
    seen: set[str] = set()
    try:
        lines = path.read_text("utf-8-sig").split("\n")  # a text may hold what splitlines() takes for a line's end
    except (OSError, UnicodeDecodeError) as error:
        raise BadFile(N_("{file} cannot be read as UTF-8 text. Save it as UTF-8."), file=path) from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        record = _record(path, number, line)
        if record.id in seen:
            raise _wrong(path, number, f"the id {record.id!r} stands twice")
        seen.add(record.id)
        records.append(record)
    return records


def _record(path: Path, number: int, line: str) -> SegmentRecord:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise _wrong(path, number, "not valid JSON") from error
    if not isinstance(row, dict):
        raise _wrong(path, number, "not a JSON object")
    try:
        return _from_row(row)
    except KeyError as error:
        raise _wrong(path, number, f"the field {error.args[0]!r} is missing") from error
    except (TypeError, ValueError) as error:
        raise _wrong(path, number, str(error)) from error


def _from_row(row: Mapping[str, Any]) -> SegmentRecord:
    state = _text(row, "state")
    if state not in STATES:
        raise ValueError(f"the state {state!r} is none of {', '.join(STATES)}")
    if state in {"accepted", "edited", "approved"} and row.get("correction") is None:
        raise ValueError(f"the state is {state!r} but there is no correction")
    return SegmentRecord(
        id=_text(row, "id"),
        source=_text(row, "source"),
        machine=tuple(_machine(item) for item in row["machine"]),
        correction=_optional(row, "correction"),
        state=state,
        who=_optional(row, "who"),
        when=_moment(_optional(row, "when")),
        approved_by=_optional(row, "approved_by"),
        corrected_source=_optional(row, "corrected_source"),
    )


def _machine(item: Mapping[str, Any]) -> MachineRecord:
    return MachineRecord(
        engine=_text(item, "engine"),
        version=_text(item, "version"),
        date=date.fromisoformat(_text(item, "date")),
        text=_text(item, "text"),
    )


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row[name]
    if not isinstance(value, str):
        raise TypeError(f"the field {name!r} is not text")
    return value


def _optional(row: Mapping[str, Any], name: str) -> str | None:
    return None if row.get(name) is None else _text(row, name)


def _noon(day: object) -> datetime:
    """Return a day as the moment a page was taken: noon, so that it is the same day in Sweden."""
    if not isinstance(day, date):
        raise TypeError("the field 'date' is not a date")
    return day if isinstance(day, datetime) else datetime.combine(day, time(12), UTC)


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"the time {text!r} has no time zone")
    return moment


def _wrong(path: Path, number: int, what: str) -> BadFile:
    return BadFile(N_("{file}, line {line}: {what}. Mend the line and try again."), file=path, line=number, what=what)
