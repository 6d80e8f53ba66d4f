"""What a report is about, as it stands in its address and on the command line."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TypeVar

from review_app.errors import BadInput
from review_app.locale import N_
from review_app.quality.sampling import Sample
from review_app.sites.policy import ContentClass

Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Filter:
    """Which scored segments count; whatever is ``None`` lets all pass.

    ``page`` is a page's path, ``section`` what a page's path begins with (it ends with a slash); ``since`` and
    ``until`` are the days, both included, between which a person judged the text.
    """

    language: str
    page: str | None = None
    section: str | None = None
    engine: str | None = None
    since: date | None = None
    until: date | None = None
    content_class: ContentClass | None = None
    sample: Sample | None = None

    def query(self, **changes: str | None) -> dict[str, str]:
        """Return the address's query, with other values for some of its fields; ``None`` leaves one out."""
        fields = {name: getattr(self, field) for name, field in FIELDS.items()} | changes
        return {name: str(value) for name, value in fields.items() if value is not None}

    @property
    def narrows(self) -> bool:
        """Whether anything but the language is chosen."""
        return self != Filter(self.language)

    @property
    def of_pages(self) -> bool:
        """Whether only some of the site's pages count."""
        return bool(self.page or self.section or self.content_class)

    def in_language(self, language: str) -> "Filter":
        """Return the same of another language."""
        return replace(self, language=language)


FIELDS = {
    "language": "language",
    "page": "page",
    "section": "section",
    "engine": "engine",
    "from": "since",
    "to": "until",
    "class": "content_class",
    "sample": "sample",
}
"""The names of an address's query, and the fields of ``Filter`` that they are."""


def read_filter(asked: Mapping[str, str], language: str) -> Filter:
    """Return the filter that an address asks for, else of this language; raises ``BadInput`` for what is no value."""
    since, until = _day(asked.get("from")), _day(asked.get("to"))
    if since is not None and until is not None and since > until:
        raise BadInput(
            N_("The period begins on {since} and ends before, on {until}. Exchange the two days."),
            since=since.isoformat(),
            until=until.isoformat(),
        )
    section = asked.get("section", "").strip().strip("/")
    return Filter(
        language=asked.get("language") or language,
        page=asked.get("page") or None,
        section=f"{section}/" if section else None,
        engine=asked.get("engine") or None,
        since=since,
        until=until,
        content_class=_choice(ContentClass, asked.get("class")),
        sample=_choice(Sample, asked.get("sample")),
    )


def _day(text: str | None) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadInput(
            N_("“{text}” is no day. Write it as year-month-day, like 2026-05-31."), text=text[:40]
        ) from error


def _choice(kind: type[Choice], text: str | None) -> Choice | None:
    if not text:
        return None
    try:
        return kind(text)
    except ValueError as error:
        raise BadInput(N_("“{text}” is not one of {choices}."), text=text[:40], choices=", ".join(kind)) from error
