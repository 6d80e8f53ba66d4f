"""Notes on the Swedish itself, before it is translated: pure, derived whenever they are shown."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from review_app.checks.reading import blanked, without_links, without_tags
from review_app.checks.source import abbreviation, doubled_word, long_sentence, missing_word, spelling
from review_app.checks.source.messages import MESSAGES
from review_app.checks.source.note import Note, SourceCheck
from review_app.locale import catalogue

SOURCE_CHECKS: Mapping[str, SourceCheck] = {
    "source_spelling": spelling.CHECK,
    "doubled_word": doubled_word.CHECK,
    "missing_word": missing_word.CHECK,
    "abbreviation": abbreviation.CHECK,
    "long_sentence": long_sentence.CHECK,
}
"""Every check of the Swedish text by name."""

LANGUAGE = "sv"
"""The source language that is known."""


def notes_on(text: str, language: str, names: Collection[str] = ()) -> list[Note]:
    """Return what a web editor should look at in a segment, in text order; ``names`` are right as they stand."""
    if language.partition("-")[0].lower() != LANGUAGE:
        return []
    return [note for note in _notes(text) if str(note.values.get("found", "")).casefold() not in names]


@lru_cache(maxsize=20_000)
def _notes(text: str) -> tuple[Note, ...]:
    prose = without_tags(without_links(blanked(text)))
    found = [replace(note, check=key) for key, check in SOURCE_CHECKS.items() for note in check.look(prose)]
    return tuple(sorted(found, key=lambda note: note.span))


def tell(note: Note, language: str) -> str:
    """Return a note's message in an interface language."""
    values: dict[str, Any] = dict(note.values)
    return str(catalogue(language).gettext(MESSAGES[note.message_id]).format(**values))
