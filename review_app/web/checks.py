"""The page that explains every check: what it finds, when it is wrong, with an example."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Blueprint, render_template
from flask_babel import gettext

from review_app.checks import describe
from review_app.checks.documentation import Documented, DocumentedSource, documented, documented_source
from review_app.checks.source import tell
from review_app.checks.source_notes import Passage
from review_app.checks.switches import switched_off
from review_app.locale import N_
from review_app.web.context import db, open_site
from review_app.web.language import interface_language
from review_app.web.marking import Mark, Run, marked

blueprint = Blueprint("checks", __name__)

CATEGORY_NAMES = {
    "accuracy/mistranslation": N_("Accuracy: wrong translation"),
    "accuracy/omission": N_("Accuracy: something is missing"),
    "accuracy/addition": N_("Accuracy: something is added"),
    "accuracy/untranslated": N_("Accuracy: not translated"),
    "design/markup": N_("Markup"),
    "fluency/grammar": N_("Language: grammar"),
    "fluency/punctuation": N_("Language: punctuation"),
    "fluency/spelling": N_("Language: spelling"),
    "terminology/term": N_("Terms"),
    "terminology/inconsistent": N_("Terms: not the same everywhere"),
    "style/register": N_("Style: form of address"),
}
"""The MQM categories of checks, in words."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A check with its example marked and what is said of it."""

    check: Documented
    source: tuple[Run, ...]
    target: tuple[Run, ...]
    messages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownSource:
    """A check of the Swedish text with its example marked and what is said of it."""

    check: DocumentedSource
    example: tuple[Run, ...]
    messages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownPassage:
    """A passage of a page whose Swedish has something to look at, marked."""

    key: str
    number: int
    runs: tuple[Run, ...]
    messages: tuple[str, ...]


@blueprint.get("/sites/<site>/checks")
def show(site: str) -> str:
    """Explain every check, the gravest first."""
    found = open_site(site)
    return render_template(
        "sites/checks.html",
        site=found,
        checks=[_shown(check) for check in documented()],
        source_checks=[_shown_source(check) for check in documented_source()],
        off=switched_off(db(), found.id),
        category=lambda name: gettext(CATEGORY_NAMES.get(name, name)),
        said=gettext,  # the template's own would take the "<b>" of a docstring for markup
    )


def _shown(check: Documented) -> Shown:
    language = interface_language()
    found = check.findings
    return Shown(
        check,
        marked(check.source, [Mark(one.source_span, str(one.severity)) for one in found if one.source_span]),
        marked(check.target, [Mark(one.target_span, str(one.severity)) for one in found if one.target_span]),
        _once(describe(one.message_id, one.values, language) for one in found),
    )


def _shown_source(check: DocumentedSource) -> ShownSource:
    marks = [Mark(note.span, "minor") for note in check.notes]
    messages = _once(tell(note, interface_language()) for note in check.notes)
    return ShownSource(check, marked(check.example, marks), messages)


def shown_notes(passage: Passage) -> ShownPassage:
    """Return a passage with what its web editor should look at marked and told."""
    marks = [Mark(note.span, "minor") for note in passage.notes]
    messages = _once(tell(note, interface_language()) for note in passage.notes)
    return ShownPassage(passage.key, passage.number, marked(passage.source, marks), messages)


def _once(messages: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(messages))
