"""Words of the glossary are called what it says, in any form of the Swedish word."""

import pytest

from review_app.checks import describe
from review_app.checks.guide import Guide, TermRule
from review_app.checks.inflection import Match, matches
from review_app.checks.pair import Pair
from review_app.checks.rules.term import CHECK
from review_app.checks.rules.untranslated import CHECK as UNTRANSLATED
from tests.checks.examples import flags, passes

GUIDE = Guide(
    (
        TermRule("kommunfullmäktige", ("municipal assembly",), ("municipal council", "city council")),
        TermRule("avgift", ("fee", "charge")),
        TermRule("ekonomiskt bistånd", ("financial assistance",), ("economic aid",)),
        TermRule("ekonomi", ("economy",)),
    ),
    frozenset({"kalixälven"}),
)


@pytest.mark.parametrize(
    ("word", "term", "match"),
    [
        ("avgiften", "avgift", Match.FORM),
        ("avgifternas", "avgift", Match.FORM),
        ("skolan", "skola", Match.FORM),
        ("skolornas", "skola", Match.FORM),
        ("parkeringsavgiften", "avgift", Match.COMPOUND),
        ("avgiftsfri", "avgift", Match.NO),
        ("skolk", "skola", Match.NO),
        ("böcker", "bok", Match.FORM),
    ],
)
def test_a_word_is_known_in_its_forms(word: str, term: str, match: Match) -> None:
    assert matches(word, term) is match


@pytest.mark.parametrize(
    ("source", "target", "marked"),
    [
        ("Kommunfullmäktige beslutade.", "The municipal council decided.", ["municipal council"]),
        ("Kommunfullmäktiges beslut.", "The decision of the parliament.", ["Kommunfullmäktiges"]),
        ("Avgifterna höjs.", "The taxes rise.", ["Avgifterna"]),
        ("Parkeringsavgiften höjs.", "The parking tax rises.", ["Parkeringsavgiften"]),
        ("Sök ekonomiskt bistånd.", "Apply for economic aid.", ["economic aid"]),
        ("Vi bor vid Kalixälven.", "We live by the Kalix River.", ["Kalixälven"]),
        ("Kommunfullmäktige beslutade.", "The Municipal Assembly decided.", []),
        ("Avgifterna höjs.", "The charges rise.", []),
        ("Sök ekonomiskt bistånd.", "Apply for financial assistance.", []),
        ("Ett möte i går.", "A municipal council met yesterday.", []),  # nothing in the source asks for it
        ("Kalixälvens vatten.", "The water of Kalixälven.", []),
    ],
)
def test_terms(source: str, target: str, marked: list[str]) -> None:
    assert flags(CHECK, source, target, guide=GUIDE) == marked


@pytest.mark.parametrize(
    ("source", "target", "fixes"),
    [
        ("Avgifter för startbesked.", "Fees for startbesked.", [("startbesked", "start notice")]),
        ("Startbesked krävs.", "Startbesked is required.", [("Startbesked", "Start notice")]),
        ("Vänta på startbeskedet.", "Wait for startbeskedet.", [("startbeskedet", None)]),  # its form is not known
        ("Du behöver ett startbesked.", "You need a startbeskedsbrev.", [("startbesked", None)]),  # no whole word
        ("Ekonomi och kultur.", "Ekonomi and culture.", [("Ekonomi", "Economy")]),
        ("Betala avgift.", "Pay avgift.", [("avgift", None)]),  # two words are wanted
    ],
)
def test_a_term_that_was_left_is_put_right_where_one_word_is_wanted(
    source: str, target: str, fixes: list[tuple[str, str | None]]
) -> None:
    rules = (*GUIDE.terms, TermRule("startbesked", ("start notice",)))
    pair = Pair(source, target, "sv", "en", Guide(rules))
    found = list(CHECK.look(pair))
    told = [(target[slice(*one.target_span)] if one.target_span else source[slice(*one.source_span)]) for one in found]
    assert list(zip(told, [one.fix for one in found], strict=True)) == fixes


def test_a_term_that_was_left_is_told_once() -> None:
    source, target = "Avgifter för startbesked", "Fees for startbesked"
    assert flags(UNTRANSLATED, source, target) == ["startbesked"]
    rules = (TermRule("startbesked", ("start notice",)),)
    assert passes(UNTRANSLATED, source, target, guide=Guide(rules))
    assert flags(UNTRANSLATED, source, "Fees for startbesked och more", guide=Guide(rules)) == ["och"]


def test_without_a_glossary_nothing_is_asked() -> None:
    assert passes(CHECK, "Kommunfullmäktige beslutade.", "The city council decided.")


def test_one_forbidden_word_with_one_right_one_has_a_fix() -> None:
    pair = Pair("Kommunfullmäktige beslutade.", "City council decided.", "sv", "en", GUIDE)
    assert [found.fix for found in CHECK.look(pair)] == ["Municipal assembly"]


def test_two_guides_are_told_apart() -> None:
    assert Guide().signature == ""
    assert GUIDE.signature not in {"", Guide(GUIDE.terms).signature}
    assert Guide(GUIDE.terms[::-1], GUIDE.names).signature == GUIDE.signature


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "The glossary calls “avgift” “fee” / “charge”."),
        ("sv", "Enligt ordlistan heter ”avgift” ”fee” / ”charge”."),
    ],
)
def test_words_are_quoted_as_the_interface_language_quotes(language: str, told: str) -> None:
    (found,) = CHECK.look(Pair("En avgift tas ut.", "A cost is due.", "sv", "en", GUIDE))
    assert describe(found.message_id, found.values, language) == told
