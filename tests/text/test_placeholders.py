"""Placeholders are told from text that merely looks like them, and counted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_app.text.placeholders import Part, is_well_nested, lost_and_added, placeholders, plain, tokenise

pieces = st.lists(
    st.sampled_from(["<1>", "</1>", "<2/>", "<10>", "</10>", "<", ">", "a", " å", "<b>", "</1/>", "<0/>"])
)
texts = pieces.map("".join)


def test_the_kinds_of_pieces() -> None:
    found = [(piece.part, piece.text, piece.number) for piece in tokenise("Läs <1>mer</1> här<2/>")]
    assert found == [
        (Part.TEXT, "Läs ", 0),
        (Part.OPEN, "<1>", 1),
        (Part.TEXT, "mer", 0),
        (Part.CLOSE, "</1>", 1),
        (Part.TEXT, " här", 0),
        (Part.VOID, "<2/>", 2),
    ]


@pytest.mark.parametrize("text", ["a < b > c", "<b>", "</1/>", "<0/>", "<01>", "<12345/>", "<１/>", "<1１/>"])
def test_what_is_just_text(text: str) -> None:
    assert placeholders(text) == []
    assert plain(text) == text


@given(texts)
def test_the_pieces_make_the_text_again(text: str) -> None:
    found = list(tokenise(text))
    assert "".join(piece.text for piece in found) == text
    assert all(text[piece.start : piece.end] == piece.text for piece in found)


def test_lost_and_added() -> None:
    assert lost_and_added("<1>a</1> <2/>", "<2/> a <2/>") == (["</1>", "<1>"], ["<2/>"])
    assert lost_and_added("<1>a</1>", "<1>b</1>") == ([], [])


@pytest.mark.parametrize(
    ("text", "nested"),
    [
        ("<1><2>a</2></1><3/>", True),
        ("<1><2>a</1></2>", False),
        ("</1>a", False),
        ("<1>a", False),
        ("a", True),
    ],
)
def test_nesting(text: str, nested: bool) -> None:
    assert is_well_nested(text) is nested


@given(texts, texts)
def test_lost_and_added_mirror_each_other(source: str, target: str) -> None:
    lost, added = lost_and_added(source, target)
    assert lost_and_added(target, source) == (added, lost)
    assert (lost, added) != ([], []) or sorted(placeholders(source)) == sorted(placeholders(target))
