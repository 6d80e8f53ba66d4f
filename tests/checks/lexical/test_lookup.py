"""What a lexicon tells of one word, both ways."""

import pytest

from review_app.checks.lexical.alignment import Aligner
from review_app.checks.lexical.lexicon import lexicon_of
from review_app.checks.lexical.lookup import counted, translated, translates
from review_app.checks.lexical.shipped import shipped_aligner

SMALL = lexicon_of(
    ("sv", "en"),
    {("~hus", "house"): 0.6, ("~hus", "building"): 0.3, ("bygg", "building"): 0.5, ("regler", "rules"): 0.8},
    {("house", "~hus"): 0.9, ("building", "~hus"): 0.2, ("building", "bygg"): 0.4, ("rules", "regler"): 0.7},
)


def words(found: list) -> list[str]:
    return [one.word for one in found]


def test_any_form_of_a_word_finds_its_translations_the_surest_first() -> None:
    for form in ("hus", "Huset", "husen"):
        assert words(translated(SMALL, form)) == ["house", "building"]
    house = translated(SMALL, "huset")[0]
    assert (round(house.chance, 1), round(house.back, 1)) == (0.6, 0.9)
    assert translated(SMALL, "lada") == []


def test_a_compound_is_told_by_its_parts() -> None:
    assert [(one.part, one.word) for one in translated(SMALL, "byggregler")] == [
        ("bygg", "building"),
        ("regler", "rules"),
    ]


def test_a_word_of_the_translation_finds_what_it_translates() -> None:
    assert words(translates(SMALL, "Building")) == ["bygg", "hus"]
    assert translates(SMALL, "nonsense") == []


@pytest.fixture(scope="module")
def aligner() -> Aligner:
    found = shipped_aligner("sv", "en")
    assert found is not None
    return found


def test_what_ships_knows_common_words_both_ways(aligner: Aligner) -> None:
    assert "library" in words(translated(aligner.model.lexicon, "biblioteket"))
    assert "bibliotek" in words(translates(aligner.model.lexicon, "library"))


def test_it_is_counted_which_words_stand_for_it_in_texts(aligner: Aligner) -> None:
    pairs = [
        ("Biblioteket har öppet i dag.", "The library is open today."),
        ("Ring biblioteket.", "Call the library."),
        ("Skolan har öppet.", "The school is open."),
    ]
    assert counted(aligner, "bibliotek", pairs) == {"library": 2}
    assert counted(aligner, "kommun", pairs) == {}
