"""Where a phrase stands, and another one in its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_app.text.phrases import Replacement, places, replaced
from review_app.text.placeholders import placeholders

COUNCIL = Replacement("municipal council", "municipal assembly")


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("The municipal council decides.", "The municipal assembly decides."),
        ("Municipal council decides.", "Municipal assembly decides."),
        ("The Municipal Council", "The Municipal Assembly"),
        ("MUNICIPAL COUNCIL", "MUNICIPAL ASSEMBLY"),
        ("<1>municipal council</1>s", "<1>municipal assembly</1>s"),
        ("the municipal  council, the municipal council", "the municipal assembly, the municipal assembly"),
    ],
)
def test_the_new_phrase_takes_the_case_of_the_old_one(text: str, becomes: str) -> None:
    assert replaced(text, COUNCIL) == becomes


@pytest.mark.parametrize(
    "text", ["municipal councils", "municipal <1>council</1>", "intermunicipal council", "municipal, council", ""]
)
def test_other_words_and_what_a_placeholder_parts_are_left_alone(text: str) -> None:
    assert replaced(text, COUNCIL) == text


def test_a_phrase_that_is_part_of_the_new_one_is_not_replaced_there() -> None:
    longer = Replacement("council", "municipal council")
    assert replaced("The council, the municipal council", longer) == "The municipal council, the municipal council"


def test_a_capital_at_the_mined_phrase_s_beginning_is_no_rule() -> None:
    assert replaced("the council decides", Replacement("Council", "Assembly")) == "the assembly decides"
    assert replaced("der Rat", Replacement("Rat", "Gemeinderat")) == "der Gemeinderat"


def test_places_are_where_the_phrase_is() -> None:
    text = "The <1>municipal council</1>."
    assert [text[start:end] for start, end in places(text, COUNCIL)] == ["municipal council"]


WORDS = st.lists(st.sampled_from(["a", "b", "Å", "c’d", "<1>", "</1>", ",", "ب", "i\u0307"]), max_size=8).map(" ".join)
PHRASES = st.lists(st.sampled_from(["a", "b", "å", "c’d", "ب"]), min_size=1, max_size=3).map(" ".join)


@given(WORDS, PHRASES, PHRASES)
def test_replacing_twice_is_replacing_once_and_keeps_placeholders(text: str, old: str, new: str) -> None:
    replacement = Replacement(old, new)
    once = replaced(text, replacement)
    assert replaced(once, replacement) == once
    assert placeholders(once) == placeholders(text)
