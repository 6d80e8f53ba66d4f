"""Reads the files of a corpus folder; what is wrong with one ends in a sentence that names the file and the line."""

import json
import tomllib
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from review_app.accounts.service import is_address
from review_app.errors import BadFile, BadInput
from review_app.exchange.records import STATES, MachineRecord, PageRecord, SegmentRecord
from review_app.languages import get_language
from review_app.locale import N_
from review_app.pages.service import normalise_path
from review_app.review.states import Basis, PageState
from review_app.sites.policy import ContentClass
from review_app.text.normalise import normalise

LONGEST = {"id": 64, "engine": 40, "version": 80, "who": 320, "approved_by": 320, "url": 2000, "provenance": 2000}
"""Characters that the database has room for."""


MOST_PLACES = 50_000
"""Places of one text on a page."""


def read_meta(path: Path) -> PageRecord:
    """Read a page's ``meta.toml``; raises ``BadFile`` naming the field that is missing or wrong."""
    try:
        meta = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise BadFile(N_("{file} is missing. Every page's folder needs one."), file=path) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadFile(N_("{file} is not valid TOML: {reason}"), file=path, reason=error) from error
    try:
        return _page(meta)
    except KeyError as error:
        raise BadFile(N_("{file} lacks the field {field}. Add it."), file=path, field=error.args[0]) from error
    except (TypeError, ValueError, BadInput) as error:
        raise BadFile(N_("{file} is not usable: {reason}"), file=path, reason=error) from error


def language_of(path: Path) -> str:
    """Return the language that a segments file is named after; raises ``BadFile`` when there is no such language."""
    language = path.name.removeprefix("segments.").removesuffix(".jsonl")
    try:
        tag = get_language(language).tag
    except BadInput as error:
        raise BadFile(N_("{file}: {reason}"), file=path, reason=error) from error
    if tag != language:
        raise BadFile(N_("{file}: the language is written {tag}. Rename the file."), file=path, tag=tag)
    return tag


def read_segments(path: Path) -> dict[int, SegmentRecord]:
    """Read a segments file, by line; raises ``BadFile`` naming the file and the line of the first mistake."""
    records: dict[int, SegmentRecord] = {}
    ids: dict[str, int] = {}
    sources: dict[tuple[str, int | None], int] = {}
    for number, line in enumerate(_lines(path), start=1):
        if not line.strip():
            continue
        record = _record(path, number, line)
        earlier = ids.setdefault(record.id, number)
        if earlier != number:
            raise wrong(path, number, f"the id {record.id!r} stands on line {earlier} too")
        earlier = sources.setdefault((normalise(record.source), record.nth), number)
        if earlier != number:
            raise wrong(path, number, f"the source of {record.id!r} stands on line {earlier} too")
        records[number] = record
    return records


def wrong(path: Path, number: int, what: str) -> BadFile:
    """Return the error of a line."""
    return BadFile(N_("{file}, line {line}: {what}. Mend the line and try again."), file=path, line=number, what=what)


def _lines(path: Path) -> list[str]:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BadFile(
            N_("{file} cannot be read: {reason}. Check the name and the rights."), file=path, reason=error.strerror
        ) from error
    try:
        return data.decode("utf-8-sig").split("\n")  # a text may hold what splitlines() takes for a line's end
    except UnicodeDecodeError as error:
        raise BadFile(
            N_("{file}: line {line} is not valid UTF-8. Save the file as UTF-8 and try again."),
            file=path,
            line=error.object.count(b"\n", 0, error.start) + 1,
        ) from error


def _record(path: Path, number: int, line: str) -> SegmentRecord:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise wrong(path, number, "not valid JSON") from error
    if not isinstance(row, dict):
        raise wrong(path, number, "not a JSON object")
    try:
        return _from_row(row)
    except KeyError as error:
        raise wrong(path, number, f"the field {error.args[0]!r} is missing") from error
    except (TypeError, ValueError) as error:
        raise wrong(path, number, str(error)) from error


def _from_row(row: Mapping[str, Any]) -> SegmentRecord:
    state = _text(row, "state")
    if state not in STATES:
        raise ValueError(f"the state {state!r} is none of {', '.join(STATES)}")
    correction = _optional(row, "correction")
    if state in {"accepted", "edited", "approved"} and not correction:
        raise ValueError(f"the state is {state!r} but there is no correction")
    machine = row["machine"]
    if not isinstance(machine, list) or not all(isinstance(item, dict) for item in machine):
        raise TypeError("the field 'machine' is not a list of objects")
    return SegmentRecord(
        id=_id(row),
        source=_text(row, "source"),
        machine=tuple(_machine(item) for item in machine),
        correction=correction,
        state=state,
        who=_person(row, "who"),
        when=_moment(_optional(row, "when")),
        approved_by=_person(row, "approved_by"),
        corrected_source=_optional(row, "corrected_source"),
        nth=_place(row.get("place")),
    )


def _place(value: object) -> int | None:
    if value is None or (isinstance(value, int) and not isinstance(value, bool) and 0 <= value < MOST_PLACES):
        return value
    raise ValueError("the field 'place' is no number of a place, counted from 0")


def _id(row: Mapping[str, Any]) -> str:
    text = _text(row, "id")
    if not text.strip() or "/" in text:
        raise ValueError(f"the id {text!r} cannot stand in an address")
    return text


def _machine(item: Mapping[str, Any]) -> MachineRecord:
    day = _text(item, "date")
    try:
        made_on = date.fromisoformat(day)
    except ValueError as error:
        raise ValueError(f"the date {day!r} is not written like 2026-10-12") from error
    return MachineRecord(_text(item, "engine"), _text(item, "version"), made_on, _text(item, "text"))


def _person(row: Mapping[str, Any], name: str) -> str | None:
    text = _optional(row, name)
    if text is not None and not is_address(text):
        raise ValueError(f"{text!r} in the field {name!r} is not an e-mail address")
    return text


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is not None:
            return moment.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise ValueError(f"the time {text!r} is not written like 2026-10-05T08:10:47+00:00") from error
    raise ValueError(f"the time {text!r} has no time zone")


def _page(meta: Mapping[str, Any]) -> PageRecord:
    languages = meta.get("languages", {})
    if not isinstance(languages, dict) or not all(isinstance(entry, dict) for entry in languages.values()):
        raise TypeError("the languages are not written as tables, like [languages.en]")
    return PageRecord(
        path=normalise_path(_text(meta, "path")),
        url=_url(meta),
        title=_text(meta, "title"),
        date=_noon(meta["date"]),
        provenance=_text(meta, "provenance"),
        content_class=ContentClass(_choice(meta.get("content_class", "normal"), ContentClass, "content_class")),
        states={
            language: _choice(entry["state"], PageState, "state")
            for language, entry in languages.items()
            if "state" in entry
        },
        bases={
            language: Basis(_choice(entry["basis"], Basis, "basis"))
            for language, entry in languages.items()
            if "basis" in entry
        },
        shared=meta.get("shared", False) is True,
    )


def _url(meta: Mapping[str, Any]) -> str:
    url = _text(meta, "url")
    if url and not url.startswith(("https://", "http://")):
        raise ValueError(f"the url {url!r} is not the address of a web page")
    return url


def _choice(value: object, choices: type[ContentClass | PageState | Basis], name: str) -> str:
    if value not in list(choices):
        raise ValueError(f"the {name} {value!r} is none of {', '.join(choices)}")
    return str(value)


def _noon(day: object) -> datetime:
    """Return a day as the moment a page was taken: noon, so that it is the same day in Sweden."""
    if not isinstance(day, date):
        raise TypeError("the field 'date' is not a date")
    return datetime.combine(day, time(12), UTC)


def _optional(row: Mapping[str, Any], name: str) -> str | None:
    return None if row.get(name) is None else _text(row, name)


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row[name]
    if not isinstance(value, str):
        raise TypeError(f"the field {name!r} is not text")
    if len(value) > LONGEST.get(name, len(value)):
        raise ValueError(f"the field {name!r} is longer than {LONGEST[name]} characters")
    if "\0" in value or any("\ud800" <= character <= "\udfff" for character in value):
        raise ValueError(f"the field {name!r} holds what is no character")  # no database takes it
    return value
