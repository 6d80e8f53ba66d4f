"""Texts that read the same are spelled the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_app.text.normalise import normalise, source_hash


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  Hej  \n\t på dig ", "Hej på dig"),
        ("A\u030alder", "Ålder"),
        ("10\u00a0000 kr", "10\u00a0000 kr"),
        ("kom\u00admun", "kom\u00admun"),
        ("\u2003Hej", "\u2003Hej"),
        ("", ""),
    ],
    ids=["white space", "composed", "no-break space stays", "soft hyphen stays", "only HTML's white space", "nothing"],
)
def test_one_spelling(text: str, expected: str) -> None:
    assert normalise(text) == expected


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.text(max_size=40), st.sampled_from([" ", "\n", "\t ", "\r\n"]))
def test_white_space_at_the_ends_makes_no_other_source(text: str, space: str) -> None:
    assert source_hash(space + text + space) == source_hash(text)


def test_other_texts_have_other_hashes_and_half_characters_have_one_too() -> None:
    hashes = {source_hash(text) for text in ("Hej", "hej", "Hej.", "\ud800")}
    assert len(hashes) == 4
    assert all(len(digest) == 64 for digest in hashes)
