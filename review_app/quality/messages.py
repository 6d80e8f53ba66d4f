"""Why a text is risky, as English message ids with their values."""

from collections.abc import Mapping
from typing import Any

from review_app.locale import N_, catalogue

MESSAGES = {
    "grave": N_("A check found a grave mistake."),
    "minor": N_("A check found a small mistake."),
    "short": N_("The translation is short for its source."),
    "long": N_("The translation is long for its source."),
    "words": N_("The text is long: {words} words."),
    "copied": N_("{percent} % of the words stand as they do in the Swedish."),
    "others": N_("Other engines translate it differently: {percent} % is the same."),
    "memory": N_("Nothing like it has been translated by a person."),
    "class": N_("The page is of a kind that people often change."),
}


def describe(message_id: str, values: Mapping[str, Any], language: str) -> str:
    """Return a reason in an interface language."""
    return str(catalogue(language).gettext(MESSAGES[message_id]).format(**values))
