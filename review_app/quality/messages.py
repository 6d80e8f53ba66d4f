"""Why a text is risky, as English message ids with their values."""

from collections.abc import Mapping
from typing import Any

from review_app.locale import N_, catalogue

MESSAGES = {
    "grave": N_("A check found a grave mistake."),
    "minor": N_("A check found a small mistake."),
    "wording": N_("The wording is unusual."),
    "unmatched": N_("Words of the translation have no counterpart in the Swedish."),
    "unrendered": N_("Words of the Swedish have no counterpart in the translation."),
    "names": N_("Names do not match those of the Swedish."),
    "negations": N_("It says no more often or more seldom than the Swedish."),
    "unknown": N_("Words stand in no dictionary."),
    "again": N_("Words are repeated."),
    "marks": N_("Commas, quotation marks or other marks differ from the Swedish."),
    "sizes": N_("The length is unusual."),
    "copied": N_("{percent} % of the words stand as they do in the Swedish."),
    "others": N_("Other engines translate it differently: {percent} % is the same."),
    "memory": N_("Nothing like it has been translated by a person."),
    "plugin": N_("A program that judges translations doubts it."),
    "class": N_("The page is of a kind that people often change."),
}


def describe(message_id: str, values: Mapping[str, Any], language: str) -> str:
    """Return a reason in an interface language."""
    return str(catalogue(language).gettext(MESSAGES[message_id]).format(**values))
