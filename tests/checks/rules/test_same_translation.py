"""Two Swedish texts with one translation."""

from review_app.checks.guide import Guide
from review_app.checks.rules import same_translation
from review_app.checks.written import Written
from tests.checks.examples import flags, passes

CHECK = same_translation.CHECK
TARGET = "The loan period is four weeks."


def guide(*sources: str, target: str = TARGET) -> Guide:
    return Guide(written=Written(sources={target: tuple((source, "/b") for source in sources)}))


def test_a_text_of_other_words_with_the_same_translation_is_told() -> None:
    own = "Lånetiden är fyra veckor."
    assert flags(CHECK, own, TARGET, guide=guide(own, "Boken ska lämnas i tid.")) == [TARGET]
    assert passes(CHECK, own, TARGET, guide=guide(own, "Lånetid: fyra veckor"))
    assert passes(CHECK, own, "Another text of four words.", guide=guide("Boken ska lämnas i tid."))


def test_what_has_no_words_may_be_the_same() -> None:
    assert passes(CHECK, "08-12 13-16", "8 to 12 and so on", guide=guide("Öppet", target="8 to 12 and so on"))
