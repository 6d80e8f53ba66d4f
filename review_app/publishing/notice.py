"""The notice to readers, in their language, built from facts."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from babel.dates import format_date

from review_app.locale import N_, catalogue

READ_ALL = N_("Translated from Swedish by machine, then read and corrected by a person at {body} on {date}.")
READ_ALL_UNCHANGED = N_("Translated from Swedish by machine, then read by a person at {body} on {date}.")
READ_SOME = N_(
    "Translated from Swedish by machine. A person at {body} has read {read} of {total} passages, last on {date}. "
    "The others are marked."
)
BY_PEOPLE = N_("Translated from Swedish by a person at {body}, last changed on {date}.")
BY_PEOPLE_SOME = N_(
    "A person at {body} has translated {read} of {total} passages from Swedish, last on {date}. "
    "The others are in Swedish."
)
READ_NONE = N_("Translated from Swedish by machine. No person has read the translation yet.")
APPROVED_READER = N_("Approved on {date} by a person who reads the language.")
APPROVED_PROCESS = N_("Approved on {date} by a person who answers for how it was made, without reading the language.")
OLDER = N_("The Swedish page has changed since: {changed} of {total} passages here are of the older text.")
ONE_PERSON = N_("The same person corrected and approved it.")

SPELLINGS = {"en": "en_GB"}
"""How dates are written: a Swedish public body's English is the European one."""

MARK_MACHINE = N_("machine, not yet read by a person")
MARK_SOURCE = N_("not yet translated")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a notice is built from; dates are days in the site's time zone, as ISO text.

    ``drafted`` counts the texts that a machine drafted, whoever corrected them.
    """

    body: str
    total: int
    read: int
    machine: int
    corrected: int
    read_on: str | None
    approved_on: str | None
    basis: str | None
    one_person: bool
    imported: bool
    drafted: int | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the facts as stored with a publication."""
        return asdict(self)


def facts_from(stored: Mapping[str, Any]) -> Facts:
    """Read stored facts back."""
    return Facts(**stored)


def notice(facts: Facts, language: str, older: int = 0) -> str:
    """Return the notice in the reader's language: what was done, by whom and when; never a disclaimer.

    ``older`` counts the passages whose Swedish has changed since they were published.
    """
    translate = catalogue(language, "reader").gettext
    sentences = [_how_read(facts)]
    if facts.approved_on:
        sentences.append((APPROVED_READER if facts.basis == "reads" else APPROVED_PROCESS, facts.approved_on))
    if facts.one_person:
        sentences.append((ONE_PERSON, None))
    if older:
        sentences.append((OLDER, None))
    return " ".join(
        translate(template).format(
            body=facts.body,
            read=facts.read,
            total=facts.total,
            changed=older,
            date=_day(day, language) if day else "",
        )
        for template, day in sentences
    )


def mark(template: str, language: str) -> str:
    """Return the words of a mark in the reader's language."""
    return catalogue(language, "reader").gettext(template)


def _how_read(facts: Facts) -> tuple[str, str | None]:
    if not facts.read:
        return READ_NONE, None
    if facts.drafted == 0:
        return (BY_PEOPLE_SOME if facts.read < facts.total else BY_PEOPLE), facts.read_on
    if facts.read < facts.total:
        return READ_SOME, facts.read_on
    return (READ_ALL if facts.corrected else READ_ALL_UNCHANGED), facts.read_on


def _day(iso: str, language: str) -> str:
    spelling = SPELLINGS.get(language, language.replace("-", "_"))
    return format_date(date.fromisoformat(iso), format="long", locale=spelling)
