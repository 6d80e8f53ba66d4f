"""The gloss: word for word, placeholders and punctuation where they were, never to be published."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_app.engines.contract import EngineConfig
from review_app.engines.gloss import Gloss, gloss
from review_app.text.placeholders import placeholders


@pytest.mark.parametrize(
    ("swedish", "english"),
    [
        ("Hund!", "Dog!"),
        ("hund, katt", "dog, cat"),
        ("HUND", "DOG"),
        ("Xyzzq 12 %", "Xyzzq 12 %"),
        ("<1>Hund</1><2/>", "<1>Dog</1><2/>"),
    ],
)
def test_words_one_by_one(swedish: str, english: str) -> None:
    assert gloss(swedish) == english


def test_a_phrase_of_the_dictionary_goes_before_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    known = {"till": "to", "exempel": "example", "till exempel": "for instance", "till och med": "even"}
    monkeypatch.setattr("review_app.engines.gloss.dictionary", lambda: known)
    assert gloss("Till exempel, till och med") == "For instance, even"


def test_an_inflected_word_and_a_compound_are_found() -> None:
    assert gloss("hundarna") == "dog"
    assert gloss("kommunbibliotek") != "kommunbibliotek"


def test_it_is_labelled_and_can_never_be_published() -> None:
    engine = Gloss(EngineConfig())
    assert not engine.publishable
    assert "never published" in engine.label
    assert engine.usable() is None
    assert engine.supports("sv", "en")
    assert not engine.supports("sv", "ar")
    assert not engine.supports("en", "sv")


@given(st.lists(st.sampled_from(["<1>", "</1>", "<2/>", "hund", " ", "å", ",", "3"]), max_size=8).map("".join))
def test_placeholders_stay(text: str) -> None:
    assert placeholders(gloss(text)) == placeholders(text)
