"""Capitals, marks, brackets, quotation marks and doubled words."""

import pytest

from review_app.checks import check_pair
from review_app.checks.rules import brackets, end_punctuation, letter_case, punctuation, repeated_word
from tests.checks.examples import flags, passes


@pytest.mark.parametrize(
    ("source", "target", "language", "marked"),
    [
        ("Både män och kvinnor.", "both men and women.", "en", ["both"]),
        ("I Luleå bor Anna.", "anna lives in luleå.", "en", ["anna lives in luleå."]),
        ("Välkommen till kommunen!", "WELCOME TO THE MUNICIPALITY!", "en", ["WELCOME TO THE MUNICIPALITY!"]),
        ("Köp på nätet.", "eBay sells it.", "en", []),
        ("24 timmar om dygnet.", "24 hours a day.", "en", []),
        ("sidor", "pages", "en", []),
        ("Välkommen hit", "أهلا بك هنا", "ar", []),
        ("SVT Play", "SVT Play", "en", []),
    ],
)
def test_capitals(source: str, target: str, language: str, marked: list[str]) -> None:
    assert flags(letter_case.CHECK, source, target, language) == marked


@pytest.mark.parametrize(
    ("source", "target", "language", "marked"),
    [
        ("Han gick hem till sitt hus.", "He went home to his house", "en", ["e"]),
        ("Till startsidan för alla som bor här", "To the start page for everybody.", "en", ["."]),
        ("Läs mer", "Read more.", "en", []),  # a label
        ("Följande gäller för alla:", "The following goes for everybody", "en", []),
        ("Böcker, filmer, spel m.m.", "Books, films, games and so on", "en", []),
        ("Han gick hem till sitt hus.", "他回家了。", "zh", []),
        ("Han gick hem till sitt hus.", "Hän meni eilen illalla kotiin taloonsa", "fi", ["a"]),
    ],
)
def test_last_marks(source: str, target: str, language: str, marked: list[str]) -> None:
    assert flags(end_punctuation.CHECK, source, target, language) == marked


@pytest.mark.parametrize(
    ("source", "target", "language", "marked"),
    [
        ("I februari, sade han.", "In February , he said .", "en", [" ,", " ."]),
        ("Vem är det?", "Qui est-ce ?", "fr", []),
        ("Det hittades av dem.", "It! was found by them.", "en", ["!"]),
        ("Filen .htaccess finns.", "The file .htaccess exists.", "en", []),
    ],
)
def test_marks_inside(source: str, target: str, language: str, marked: list[str]) -> None:
    assert flags(punctuation.CHECK, source, target, language) == marked


@pytest.mark.parametrize(
    ("source", "target", "marked"),
    [
        ("Barn (6 år) kommer.", "Children (6 years come.", ["("]),
        ("Han sa ”ja” och gick.", "He said yes and left.", ["”ja”"]),
        ("Han sa ”ja” och gick.", "He said 'yes' and left.", []),
        ("a) boende", "a) housing", []),
        ('Skriv "namn" i rutan.', 'Write "name in the box.', ['"']),
        ("Skriv ”namn” i rutan.", 'Write "name" in the "box.', ['"']),
        ('Skriv "namn" i rutan.', "Write “name” in the box.", []),
        ('Han sa: "Kom in.', 'He said: "Come in.', []),
        ("Kom in, sa han.", 'Come in," he said.', []),
        ('"Skärmen" är 10 tum.', 'The "screen" is 10".', []),
    ],
)
def test_brackets_and_quotation_marks(source: str, target: str, marked: list[str]) -> None:
    assert flags(brackets.CHECK, source, target) == marked


@pytest.mark.parametrize(
    ("source", "target", "marked"),
    [
        ("Vi lånar ut böcker.", "We lend Lend books.", ["lend Lend"]),
        ("Det var var sak.", "It was was.", []),
        ("Det hade hänt.", "It had had its time.", []),
        ("Det är det.", "That it is, it is.", []),
    ],
)
def test_doubled_words(source: str, target: str, marked: list[str]) -> None:
    assert flags(repeated_word.CHECK, source, target) == marked


def test_a_certain_fix_makes_the_text_right() -> None:
    wrong = "In February , we lend lend books."
    for finding in sorted(
        (f for f in check_pair("I februari lånar vi ut böcker.", wrong, "sv", "en") if f.fix is not None),
        key=lambda finding: finding.target_span or (0, 0),
        reverse=True,
    ):
        start, end = finding.target_span or (0, 0)
        wrong = wrong[:start] + (finding.fix or "") + wrong[end:]
    assert wrong == "In February, we lend books."


def test_no_check_minds_a_text_that_is_well_written() -> None:
    source, target = "Vi hjälper dig (gratis) varje dag.", "We help you (free of charge) every day."
    assert all(passes(check.CHECK, source, target) for check in (letter_case, punctuation, brackets, end_punctuation))
