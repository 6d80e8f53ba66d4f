"""Flags: reads revisions, writes what the checks find in them."""

import re
from collections.abc import Mapping
from typing import Any

from review_app.checks.finding import Finding, Severity
from review_app.locale import N_, catalogue
from review_app.text.placeholders import lost_and_added

SIGNATURE = "0"
CHECKS: dict[str, Any] = {}
MESSAGES = {"repeated_word": N_("The word “{word}” stands twice in a row."), "lost": N_("{lost} is missing.")}


def check_pair(source: str, target: str, source_language: str, target_language: str) -> list[Finding]:
    """Return what is wrong."""
    found = []
    for m in re.finditer(r"\b(\w+) \1\b", target):
        found.append(Finding("repeated_word", Severity.MINOR, "fluency", None, m.span(), "repeated_word", {"word": m[1]}))
    for x in re.findall(r"\d+", source):
        if x not in target:
            i = source.index(x)
            found.append(Finding("number", Severity.CRITICAL, "accuracy", (i, i + len(x)), None, "lost", {"lost": x}))
    for lost in lost_and_added(source, target)[0]:
        found.append(Finding("placeholder", Severity.CRITICAL, "accuracy", None, None, "lost", {"lost": lost}))
    return found


def describe(message_id: str, values: Mapping[str, Any], language: str) -> str:
    """Return the message."""
    return catalogue(language).gettext(MESSAGES.get(message_id, message_id)).format(**values)
