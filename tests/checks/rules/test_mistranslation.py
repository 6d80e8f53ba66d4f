"""Words that machines take for another word."""

import pytest

from review_app.checks.rules import mistranslation
from tests.checks.examples import flags, passes

CHECK = mistranslation.CHECK


@pytest.mark.parametrize(
    ("source", "target", "found"),
    [
        ("Avgiften ändras eventuellt i höst.", "The fee will eventually change in autumn.", "eventually"),
        ("Ansök om en god man. Gode mannen hjälper dig.", "Apply for a good man who helps you.", "good man"),
        ("Ditt ärende är klart.", "Your errand is done.", "errand"),
        ("Nämnden beslutade.", "The mentioned decided.", "mentioned"),
        ("Läs mer om äldreomsorgen.", "Read more about elderly concerns.", "concerns"),
    ],
)
def test_the_other_meaning_is_pointed_at(source: str, target: str, found: str) -> None:
    assert flags(CHECK, source, target) == [found]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Avgiften ändras eventuellt i höst.", "The fee may change in autumn."),
        ("Mappen med kartan.", "The folder with the map."),
        ("Fyll i blanketten och lämna filten.", "Fill in the form and hand in the blanket."),
        ("Vårdavdelningen.", "The ward."),
    ],
)
def test_the_right_word_or_another_source_of_the_wrong_one_is_no_mistake(source: str, target: str) -> None:
    assert passes(CHECK, source, target)
