"""Directions, duties and questions: what turns a sentence into another one."""

import pytest

from review_app.checks.rules import direction, modality, question
from tests.checks.examples import flags, passes


@pytest.mark.parametrize(
    ("source", "target", "marked"),
    [
        ("Anmäl dig före kursen.", "Register after the course.", ["after"]),
        ("Avgiften har ökat.", "The fee has decreased.", ["decreased"]),
        ("Kontoret är öppet.", "The office is closed.", ["closed"]),
        ("Barn över 12 år.", "Children under 12 years.", ["under 12"]),
        ("Under 2014 växte kommunen.", "Over 2014 the municipality grew.", ["Over 2014"]),
        ("Högst 30 personer.", "At least 30 people.", ["At least 30"]),
        ("Hon bor i norra delen.", "He lives in the southern part.", ["He", "southern"]),
        ("Anmäl dig före kursen.", "Register before the course.", []),
        ("Före och efter mötet.", "After the meeting and before.", []),
        ("Sväng höger.", "You were right.", []),
        ("Ingående balans", "Closing balance", ["Closing"]),
        ("Utgående balans", "Opening balance", ["Opening"]),
        ("Ingående balans", "Opening balance", []),
        ("Utgående balans", "Outgoing balance", []),
        ("Utgående samtal under öppettiden", "Outgoing calls during opening hours", []),
    ],
)
def test_the_opposite_is_flagged(source: str, target: str, marked: list[str]) -> None:
    assert sorted(flags(direction.CHECK, source, target)) == sorted(marked)


@pytest.mark.parametrize(
    ("source", "target", "marked"),
    [
        ("Du måste anmäla det.", "You can report it.", ["can"]),
        ("Du bör anmäla det.", "You must report it.", ["must"]),
        ("Du får anmäla det.", "You must report it.", ["must"]),
        ("Du får inte röka.", "You must not smoke.", []),
        ("Du måste anmäla det.", "You need to report it.", []),
        ("Du bör anmäla det.", "You should report it.", []),
    ],
)
def test_duty_and_leave(source: str, target: str, marked: list[str]) -> None:
    assert flags(modality.CHECK, source, target) == marked


@pytest.mark.parametrize(
    ("source", "target", "language", "marked"),
    [
        ("Vill du veta mer?", "You want to know more.", "en", ["."]),
        ("Du vill veta mer.", "Do you want to know more?", "en", ["?"]),
        ("Forskningen visade det.", "Did the research show it.", "en", ["Did"]),
        ("Vill du veta mer?", "هل تريد معرفة المزيد؟", "ar", []),
        ("Vill du veta mer?", "Θέλετε να μάθετε περισσότερα;", "el", []),
        ("Vill du veta mer?", "Haluatko tietää lisää.", "fi", ["."]),
        ("Hur gör man", "How is it done?", "en", []),
        ("Han frågade: ”Vem?” och gick.", "He asked who, and left.", "en", []),
    ],
)
def test_questions_stay_questions(source: str, target: str, language: str, marked: list[str]) -> None:
    assert flags(question.CHECK, source, target, language) == marked


def test_long_texts_are_not_one_statement() -> None:
    much = "Vi bor här. " * 20
    assert passes(direction.CHECK, much + "Kom före oss.", "We live here. " * 20 + "Come after us.")


def test_a_duty_of_the_reader_is_no_leave() -> None:
    assert flags(modality.CHECK, "Du ska anmäla ändringen.", "You may report the change.") == ["may"]
    assert passes(modality.CHECK, "Du ska anmäla ändringen.", "You must report the change.")
    assert passes(modality.CHECK, "Om du ska flytta, anmäl det.", "If you may move, report it.")
