"""How a text addresses its reader."""

import pytest

from review_app.checks.rules import register
from tests.checks.examples import flags, passes

CHECK = register.CHECK
SOURCE = "Du kan ansöka här. Vi hjälper dig."


@pytest.mark.parametrize(
    ("language", "target", "found"),
    [
        ("de", "Hier können Sie sich anmelden. Wir helfen dir.", "dir"),
        ("de", "Du kannst dich hier anmelden.", "Du"),
        ("fr", "Tu peux faire ta demande ici.", "Tu"),
        ("fi", "Voit hakea täällä. Autamme sinua, jos te haluatte.", "te"),
        ("pl", "Może Pan złożyć wniosek tutaj. Pomożemy tobie.", "tobie"),
        ("uk", "Ти можеш подати заяву тут.", "Ти"),
        ("en", "You cannot apply here. You don't need to.", "don't"),
    ],
)
def test_two_ways_or_too_familiar(language: str, target: str, found: str) -> None:
    assert flags(CHECK, SOURCE, target, language) == [found]


@pytest.mark.parametrize(
    ("language", "target"),
    [
        ("de", "Hier können Sie sich anmelden. Sie haben Recht. Ihr Antrag."),
        ("de", "Die Kinder sind hier. Sie lernen du und ich."),  # "Sie" begins a sentence: it may be the children
        ("fr", "Vous pouvez faire votre demande ici."),
        ("fi", "Voit hakea täällä. Autamme sinua."),
        ("es", "Puedes solicitarlo aquí. Te ayudamos a ti."),
        ("en", "You don't need to apply. You can't."),
    ],
)
def test_one_way_is_right(language: str, target: str) -> None:
    assert passes(CHECK, "Man kan ansöka här.", target, language)
