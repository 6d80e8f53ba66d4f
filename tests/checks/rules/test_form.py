"""Markup, characters, lists and texts that ran away or broke off."""

import pytest

from review_app.checks.rules import (
    empty,
    encoding,
    leaked_markup,
    list_structure,
    placeholders,
    repetition_loop,
    spacing,
    truncated,
)
from tests.checks.examples import flags, passes


@pytest.mark.parametrize(
    ("check", "source", "target", "marked"),
    [
        (empty.CHECK, "Välkommen!", " ", ["Välkommen!"]),
        (leaked_markup.CHECK, "”Hej”", "&quot;Hi&quot;", ["&quot;", "&quot;"]),
        (leaked_markup.CHECK, "Läs mer", "Read <b>more</b>", ["<b>", "</b>"]),
        (placeholders.CHECK, "Läs <1>mer</1>", "Read more", ["<1>mer</1>"]),
        (encoding.CHECK, "Åre", "Ã…re", ["Ã…"]),
        (encoding.CHECK, "Hon är här", "She\ufffds here", ["\ufffd"]),
        (encoding.CHECK, "Det är klart", "Itâ€™s done", ["â€™"]),
        (spacing.CHECK, "Läs mer här", "Read  more  here", ["  ", "  "]),
        (list_structure.CHECK, "1. Ansök", "Apply", ["1. "]),
        (list_structure.CHECK, "Ansök", "• Apply", ["• "]),
        (list_structure.CHECK, "Ett\nTvå", "One, two", ["One, two"]),
        (repetition_loop.CHECK, "Kör inte.", "Do not do not do not drive", ["Do not do not do not"]),
        (repetition_loop.CHECK, "Hej!", "hey hey hey hey hey", ["hey hey hey hey hey"]),
        (truncated.CHECK, "Ansökan ska lämnas till kommunen.", "The application is to be sent to the", ["the"]),
        (truncated.CHECK, "Ta med id, pass och kvitto.", "Bring ID, passport,", ["passport,"]),
    ],
)
def test_flags(check, source: str, target: str, marked: list[str]) -> None:
    assert flags(check, source, target) == marked


@pytest.mark.parametrize(
    ("check", "source", "target"),
    [
        (leaked_markup.CHECK, "&bdquo;Hej&rdquo;", "&ldquo;Hi&rdquo;"),
        (leaked_markup.CHECK, "Skriv <b>text</b>", "Write <b>text</b>"),
        (encoding.CHECK, "Århus", "Århus"),
        (encoding.CHECK, "São Paulo", "São Paulo"),
        (spacing.CHECK, "Rad  två", "Line  two"),
        (list_structure.CHECK, "1. Ansök", "1. Apply"),
        (list_structure.CHECK, "– Välkomna, säger hon.", "- Welcome, she says."),
        (repetition_loop.CHECK, "Du och jag och du och jag", "You and me and you and me"),
        (repetition_loop.CHECK, "ja ja ja ja ja ja", "yes yes yes yes yes yes"),
        (truncated.CHECK, "Vem väntar du på?", "Who are you waiting for?"),
        (truncated.CHECK, "Vem han kom med", "Who he came with"),
    ],
)
def test_passes(check, source: str, target: str) -> None:
    assert passes(check, source, target)
