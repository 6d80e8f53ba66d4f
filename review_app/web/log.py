"""The log of changes: what the address asks for, what its subjects are called, and its rows as cells of a table."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from flask import request, url_for
from flask_babel import get_timezone, gettext

from review_app.accounts.log import AuditFilter, AuditRow
from review_app.accounts.service import names_of
from review_app.publishing.subjects import About, about
from review_app.quality.sampling import SAMPLE_NAMES
from review_app.sites.policy import CONTENT_CLASS_NAMES
from review_app.sites.service import SiteView
from review_app.web.address import Address
from review_app.web.context import db
from review_app.web.desk_page import engine_label
from review_app.web.language import language_name
from review_app.web.report_parts import PARTS, SENTENCES
from review_app.web.words import FIELD_NAMES, VALUE_NAMES

COLUMNS = ("at", "who", "from", "action", "subject", "before", "after")

CODES: dict[str, dict[str, str]] = {
    "class": {str(code): name for code, name in CONTENT_CLASS_NAMES.items()},
    "sample": {str(code): name for code, name in SAMPLE_NAMES.items()},
    "part": {name: part.label for name, part in (PARTS | {"sentences": SENTENCES}).items()},
}
"""What codes are called, by the fields that hold them: elsewhere the same word may be a page's path."""


def asked_for() -> AuditFilter:
    """Return which changes the address asks for; days that are none are passed over."""
    until = _day("until")
    return AuditFilter(
        who=request.args.get("who", "")[:200],
        action=request.args.get("action", "")[:60],
        since=_midnight(_day("since")),
        until=_midnight(until + timedelta(days=1) if until else None),
    )


def asked_words() -> dict[str, Any]:
    """Return what the address asks for, to be asked again."""
    given = {name: request.args.get(name, "")[:200] for name in ("who", "action", "since", "until")}
    return {name: value for name, value in given.items() if value}


def cells(rows: Iterable[AuditRow]) -> Iterator[dict[str, object]]:
    """Yield rows as cells; times in UTC."""
    for row in rows:
        before, after = _json(row.before), _json(row.after)
        values = (row.at.isoformat(), row.actor, row.address, row.action, row.subject, before, after)
        yield dict(zip(COLUMNS, values, strict=True))


@dataclass(frozen=True, slots=True)
class Subject:
    """What a change is about, as people call it, and where it is to be seen."""

    name: str
    language: str | None = None
    address: str | None = None


def subjects_of(site: SiteView, subjects: set[str]) -> dict[str, Subject]:
    """Return what people call the subjects of changes: a person's name, a page's title and the language."""
    told = (subject.partition(":") for subject in subjects)
    ids = {int(number) for kind, _, number in told if kind == "person" and number}  # none where it was redacted
    people = {f"person:{number}": Subject(name) for number, name in names_of(db(), ids).items()}
    pages = {
        subject: Subject(found.title, found.language, _address(site, subject, found))
        for subject, found in about(db(), site.id, subjects).items()
    }
    return {f"site:{site.id}": Subject(site.name), **people, **pages}


def titles_of(site: SiteView, rows: Iterable[AuditRow]) -> dict[object, str]:
    """Return the titles of the pages that the details of changes name by their numbers."""
    numbers = {told.get("page_id") for row in rows for told in (row.before or {}, row.after or {})} - {None}
    subjects = {f"page:{number}": number for number in numbers}
    return {subjects[subject]: found.title for subject, found in about(db(), site.id, subjects).items()}


def _address(site: SiteView, subject: str, found: About) -> str:
    kind, _, number = subject.partition(":")
    if kind == "submission":
        return url_for("review.desk", submission_id=number)
    if kind == "publication":
        return url_for("archive.edition", edition_id=number)
    if found.language is None or found.language not in site.languages:
        return url_for("page.about", site=site.slug, page_id=found.page_id)
    anchor = f"s-{found.key}" if found.key else None
    at = Address(site.slug, found.page_id, found.language)
    return at.to("review.bench", segment=found.key, _anchor=anchor)


def plain(subject: str) -> str:
    """Return the subject of a change that has no name of its own; what jobs and rounds are called, the row tells."""
    kind, _, rest = subject.partition(":")
    return "" if kind in {"annotation_round", "job"} else f"{kind} {rest.replace(':', ' ')}"


def in_words(field: str, value: object, titles: Mapping[object, str]) -> object:
    """Return a logged value as people say it: languages, engines, codes by their names, pages by their ``titles``."""
    if field == "page_id":
        return titles.get(value, gettext("a page that is gone"))
    if field == "roles" and isinstance(value, dict):
        return [_role(role, languages) for role, languages in value.items()]
    if isinstance(value, dict):
        return [f"{gettext(FIELD_NAMES.get(name, name))} {in_words(name, one, titles)}" for name, one in value.items()]
    if field in CODES:
        return gettext(CODES[field].get(str(value), str(value)))
    if field in {"interface", "language", "languages"}:
        return [language_name(str(tag)) for tag in value] if isinstance(value, list) else language_name(str(value))
    return engine_label(str(value)) if field == "engine" else value


def _role(role: str, languages: Iterable[str]) -> str:
    told = ", ".join(language_name(tag) for tag in languages if tag)
    name = gettext(VALUE_NAMES.get(role, role))
    return f"{name} ({told})" if told else name


def _json(value: Mapping[str, Any] | None) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False)


def _day(name: str) -> date | None:
    try:
        found = date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None
    return found if 1970 <= found.year <= 9000 else None


def _midnight(day: date | None) -> datetime | None:
    return datetime(day.year, day.month, day.day, tzinfo=get_timezone() or UTC) if day else None
