"""Where Swedish sentences end, and where they do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_app.text.sentences import MAY_BE_LAST, NEVER_LAST, split_sentences


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Vi har öppet t.ex. Måndagar och fredagar.",
        "Ring oss kl. 14.00 eller senare.",
        "Mötet är kl. 9.30 den 23 juni 2014 i Folkets hus.",
        "Beslutet fattades den 23. 2014 års budget gäller.",
        "Se 5 kap. 3 § skollagen.",
        "Avgiften är ca. 1 240 kr. inkl. moms.",
        "Öppet mån. 8–16 och fre. 8–12.",
        "A. Lindgren skrev boken.",
        "Det kostar 3.50 kr!",
        "Filen heter plan.pdf och finns här.",
        "Vad händer nu… och sedan?",
        "1. Ansök om plats",
        "Läs mer på www.overkalix.se om du vill.",
        "Enligt prop. 2017/18:86 gäller detta.",
        "Bl.a. Kalix och Överkalix deltar.",
    ],
)
def test_one_sentence_stays_one(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hej. Du behöver inte boka.", ["Hej.", "Du behöver inte boka."]),
        ("Är det stängt? Ja! Kom i morgon.", ["Är det stängt?", "Ja!", "Kom i morgon."]),
        ("Vi säljer bröd, mjölk m.m. Välkommen.", ["Vi säljer bröd, mjölk m.m.", "Välkommen."]),
        ("Se kapitel 3. Därefter ansöker du.", ["Se kapitel 3.", "Därefter ansöker du."]),
        ("”Det går bra.” Så sa hon.", ["”Det går bra.”", "Så sa hon."]),
        ("Stängt (se nedan). Öppnar 2027.", ["Stängt (se nedan).", "Öppnar 2027."]),
        ("Det är klart. – Bra, sa Åsa.", ["Det är klart.", "– Bra, sa Åsa."]),
        ("Ja.\ufffc Nej.", ["Ja.", "Nej."]),
        ("Valde du A? Bra!", ["Valde du A?", "Bra!"]),
        ("Badet öppnar i okt. Välkommen!", ["Badet öppnar i okt.", "Välkommen!"]),
        ("Öppet i okt. 12 och 13.", ["Öppet i okt. 12 och 13."]),
    ],
)
def test_where_a_new_sentence_begins(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize("abbreviation", sorted(NEVER_LAST))
def test_after_these_a_sentence_goes_on(abbreviation: str) -> None:
    text = f"Vi nämner {abbreviation}. Överkalix kommun."
    assert sentences(text) == [text]


@pytest.mark.parametrize("abbreviation", sorted(MAY_BE_LAST))
def test_after_these_a_capital_begins_a_sentence(abbreviation: str) -> None:
    assert len(sentences(f"Vi har bad {abbreviation}. Välkommen hit.")) == 2
    assert len(sentences(f"Vi har bad {abbreviation}. och mer.")) == 1


def test_long_texts_without_sense_are_cut() -> None:
    """Were this not linear, it would not end."""
    for text in ("a." * 50_000, ". " * 50_000, '."' * 50_000, "A. " * 30_000, "1. " * 30_000, "\ufffc" * 50_000):
        assert all(start < end for start, end in split_sentences(text))


@given(st.text(alphabet='abÅ .!?…"”() 1\n\ufffc', max_size=80))
def test_nothing_but_white_space_is_between_sentences(text: str) -> None:
    spans = split_sentences(text)
    position = 0
    for start, end in spans:
        assert position <= start < end
        assert not text[position:start].strip("\ufffc \n")
        position = end
    assert not text[position:].strip("\ufffc \n")
