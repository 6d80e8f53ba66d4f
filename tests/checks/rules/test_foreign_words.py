"""Swedish left in the translation, words of a third language, misspelt ones; and the names that are none of these."""

import pytest

from review_app.checks.guide import Guide
from review_app.checks.rules import other_language, spelling, untranslated
from tests.checks.examples import flags, passes


@pytest.mark.parametrize(
    ("source", "target", "language", "marked"),
    [
        ("Ansök om förskoleplats i dag.", "Apply for förskoleplats today.", "en", ["förskoleplats"]),
        ("Kommunen och regionen.", "The municipality och the region.", "en", ["och"]),
        ("Vi har bygglov.", "لدينا bygglov هنا", "ar", ["bygglov"]),
        ("Ansök om äldreboende.", "Hae äldreboende nyt.", "fi", ["äldreboende"]),
        ("Kommunen och regionen.", "Die Gemeinde och die Region.", "de", ["och"]),
        ("Kultur och Fritid har öppet.", "Kultur och Fritid is open.", "en", []),
        ("Kom till Överkalix.", "Come to Överkalix.", "en", []),
        ("Vi ses på torget.", "Vi ses på torvet.", "da", []),
    ],
)
def test_swedish_that_was_left(source: str, target: str, language: str, marked: list[str]) -> None:
    assert flags(untranslated.CHECK, source, target, language) == marked


def test_a_word_the_glossary_keeps_may_stay() -> None:
    guide = Guide(names=frozenset({"friggebod"}))
    assert flags(untranslated.CHECK, "Bygg en friggebod.", "Build a friggebod.") == ["friggebod"]
    assert passes(untranslated.CHECK, "Bygg en friggebod.", "Build a friggebod.", guide=guide)


@pytest.mark.parametrize(
    ("source", "target", "marked"),
    [
        ("Han har en katt.", "He has a 猫.", ["猫"]),
        ("Getter är tama.", "These goats are weitere tame.", ["weitere"]),
        ("Spelarna vinner.", "The gracze win.", []),  # one letter from "graze": that is for the spelling check
        ("Barnen placeras i hem.", "Children umieszcza in homes.", ["umieszcza"]),
        ("Man vet att det regnar.", "One knows dass it rains.", ["dass"]),
        ("Dock talas spanska.", "Dennoch, Spanish is spoken.", ["Dennoch"]),
        ("Filma med bilkamera.", "Film it with a smartwatch.", []),
        ("En svinstia filmades.", "A hoggery was filmed.", []),
        ("Han hette Boreanaz.", "His name was Boreanaz.", []),
        ("Tack till Debianprojektet.", "Thanks to the Debian project.", []),
    ],
)
def test_words_of_a_third_language(source: str, target: str, marked: list[str]) -> None:
    assert flags(other_language.CHECK, source, target) == marked


@pytest.mark.parametrize(("language", "marked"), [("uk", []), ("ar", ["привет"])])
def test_letters_are_judged_by_the_language(language: str, marked: list[str]) -> None:
    assert flags(other_language.CHECK, "Hej", "привет", language) == marked


@pytest.mark.parametrize(
    ("source", "target", "marked"),
    [
        ("De hittades i prover.", "They were foudn in samples.", ["foudn"]),
        ("Olika program.", "Diffrent software is diffrent.", ["diffrent"]),
        ("Summa inkl. moms.", "Total incl. VAT.", []),
        ("Kontakta haverikommissionen.", "Contact the underprepared newsfeed.", []),
        ("Ett mejeri i Ockelbo.", "A dairy in Ockelbo.", []),
    ],
)
def test_misspelt_words(source: str, target: str, marked: list[str]) -> None:
    assert flags(spelling.CHECK, source, target) == marked


def test_a_short_compound_that_was_left_is_swedish() -> None:
    assert flags(untranslated.CHECK, "Du kan ansöka om bygglov.", "You can apply for bygglov.") == ["bygglov"]


def test_a_file_keeps_its_swedish_name() -> None:
    assert passes(untranslated.CHECK, "Ladda ner avgifter.pdf.", "Download avgifter.pdf.")
    assert flags(untranslated.CHECK, "Ladda ner fees.pdf.", "Download avgifter.pdf.") == ["avgifter"]
