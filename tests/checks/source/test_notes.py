"""What a web editor is told of the Swedish, and what is right as it stands."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_app.checks.source import SOURCE_CHECKS, notes_on, tell
from tests.shared_data import SHARED_DATA, needs_shared_data


def marked(text: str) -> list[tuple[str, str]]:
    return [(note.check, text[slice(*note.span)]) for note in notes_on(text, "sv")]


@pytest.mark.parametrize(
    ("text", "check", "words"),
    [
        ("Gruppen tog fram vad som är unikt i för just Överkalix.", "missing_word", "i för"),
        ("Det är viktigt att är med.", "missing_word", "att är"),
        ("Kommunen bygger en ett hus.", "missing_word", "en ett"),
        ("Vi samarbetar med kommuner och.", "missing_word", "och"),
        ("Du behöver inte inte boka.", "doubled_word", "inte inte"),
        ("Läs mer om tillganglighet.", "source_spelling", "tillganglighet"),
        ("Skicka in ansöknngar i tid.", "source_spelling", "ansöknngar"),
        ("Tillganglighet är viktig. Kommmunen ansvarar.", "source_spelling", "Kommmunen"),
        ("Anvnäd formuläret.", "source_spelling", "Anvnäd"),
        ("Bibloteket är öppet.", "source_spelling", "Bibloteket"),
        ("Kontakta förf. om du undrar.", "abbreviation", "förf."),
        ("Se <1>reg. över</1> föreningar.", "abbreviation", "reg."),
        ("ord " * 20 + "slut. " + "Ett " + "ord " * 39 + "slut.", "long_sentence", "Ett " + "ord " * 39 + "slut."),
    ],
)
def test_what_is_told(text: str, check: str, words: str) -> None:
    assert (check, words) in marked(text)


@pytest.mark.parametrize(
    "text",
    [
        "Det är i för sig sant, men i för stor utsträckning.",
        "Alla fält måste fyllas i av användaren.",
        "Näringslivsutvecklingsarbetet leds av kommunstyrelsens arbetsutskott.",
        "Strikern ritade på inritade kartor.",
        "Vi öppnar kl. 9 och stänger s. 4.",
        "Ring 6 mån. efter beslutet.",
        "Det det handlar om är långt långt borta.",
        "Roa Roa Hotel i Ockelbo.",
        "Mueller och Reuters kom till Lindqvist. Stearns bodde i Kalixxen.",
        "Gordan Lazic bor här. Rowlett talade.",
        "Läs på www.exempel.se/tillganglighet eller <1>här</1>.",
        "Öppettider m.m. och t.ex. bibliotek.",
    ],
)
def test_good_swedish_passes(text: str) -> None:
    assert marked(text) == []


def test_only_swedish_is_known() -> None:
    assert notes_on("Du behöver inte inte boka.", "en") == []
    assert notes_on("Du behöver inte inte boka.", "sv-FI") != []


def test_a_name_of_the_glossary_is_right() -> None:
    text = "Läs mer i tillganglighet."
    assert notes_on(text, "sv")
    assert notes_on(text, "sv", {"tillganglighet"}) == []


@given(st.text(st.sampled_from(list("iatt ochförenå.,<>1/AÖ-")), max_size=120))
def test_any_text_is_read_and_notes_lie_in_it(text: str) -> None:
    for note in notes_on(text, "sv"):
        assert 0 <= note.span[0] < note.span[1] <= len(text)
        assert note.check in SOURCE_CHECKS
        for language in ("sv", "en"):
            assert "{" not in tell(note, language)


@needs_shared_data
def test_strings_that_break_text_fields_are_read() -> None:
    for text in json.loads((SHARED_DATA / "security" / "blns.json").read_text("utf-8")):
        notes_on(text, "sv")
