"""What the page of all checks says: read from each check's docstring, with an example that is judged on the spot.

A check's docstring is its documentation: the first paragraph says what it finds, the one that begins with "Wrong" says
when it is mistaken. Both are messages; ``tests/messages.py`` takes them into the catalogues.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from review_app.checks import CHECKS, check_pair
from review_app.checks.examples import EXAMPLES, GUIDE, SOURCE_EXAMPLES
from review_app.checks.finding import Finding
from review_app.checks.source import SOURCE_CHECKS, notes_on
from review_app.checks.source.note import Note

LANGUAGE_OF_EXAMPLES = "en"


@dataclass(frozen=True, slots=True)
class Documented:
    """A check as its page shows it; texts are English message ids. ``languages`` are empty for a check of any."""

    name: str
    title: str
    finds: str
    wrong: str
    severity: str
    category: str
    languages: tuple[str, ...]
    source: str
    target: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class DocumentedSource:
    """A check of the Swedish text as its page shows it; texts are English message ids."""

    name: str
    title: str
    finds: str
    wrong: str
    example: str
    notes: tuple[Note, ...]


def documented() -> list[Documented]:
    """Return every check of translations, the gravest first."""
    return [_documented(name) for name in sorted(CHECKS, key=lambda name: list(_ORDER).index(CHECKS[name].severity))]


_ORDER = ("critical", "major", "minor")


def _documented(name: str) -> Documented:
    check = CHECKS[name]
    finds, wrong = paragraphs(docstring(check.look))
    source, target = EXAMPLES[name]
    found = check_pair(source, target, "sv", LANGUAGE_OF_EXAMPLES, GUIDE)
    return Documented(
        name=name,
        title=check.title,
        finds=finds,
        wrong=wrong,
        severity=str(check.severity),
        category=check.category,
        languages=tuple(sorted(check.languages)),
        source=source,
        target=target,
        findings=tuple(finding for finding in found if finding.check == name),
    )


def documented_source() -> list[DocumentedSource]:
    """Return every check of the Swedish text."""
    return [
        DocumentedSource(
            name,
            check.title,
            *paragraphs(docstring(check.look)),
            SOURCE_EXAMPLES[name],
            tuple(note for note in notes_on(SOURCE_EXAMPLES[name], "sv") if note.check == name),
        )
        for name, check in SOURCE_CHECKS.items()
    ]


def docstring(look: Callable[..., Any]) -> str:
    """Return the docstring of the file that a check stands in."""
    return sys.modules[look.__module__].__doc__ or ""


def paragraphs(text: str) -> tuple[str, str]:
    """Return what a check finds, and when it is wrong."""
    parts = [" ".join(part.replace("``", "").split()) for part in text.strip().split("\n\n")]
    wrong = [part for part in parts if part.startswith("Wrong")]
    return " ".join(part for part in parts if part not in wrong), " ".join(wrong)
