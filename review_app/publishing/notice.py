"""The notice to readers, in their language, built from facts."""

from collections.abc import Callable, Mapping
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

UNCONFIRMED = N_("The wording of these notices has not been confirmed by a native reader yet.")
ANSWERS = N_("{body} answers for this translation.")

SPELLINGS = {"en": "en_GB", "fit": "fi"}
"""How dates are written: a Swedish public body's English is the European one, and Meänkieli writes them as Finnish."""

MARK_MACHINE = N_("machine, not yet read by a person")
MARK_READ = N_("read by a person")
MARK_SOURCE = N_("not yet translated")
MARK_OLDER = N_("the Swedish has changed since")
MARK_LINK = N_("not translated")
LEFT_OUT = N_("Also on this page, not translated")

EMBED_WORDS = {
    "language": N_("Language"),
    "machine": MARK_MACHINE,
    "contact": N_("Contact"),
    "report": N_("Something wrong? Tell us"),
    "failed": N_("The translation could not be fetched. Try again later."),
}
"""What the script on the customer's own page says, by the name it knows it by."""

Say = Callable[[str], str]
"""Gives a message in the reader's language."""


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


def notice(facts: Facts, language: str, older: int = 0, say: Say | None = None) -> str:
    """Return the notice in the reader's language: what was done, by whom and when; never a disclaimer.

    ``older`` counts the passages whose Swedish has changed since they were published; ``say`` gives the site's own
    words, where it has any.
    """
    translate = say or catalogue(language, "reader").gettext
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
