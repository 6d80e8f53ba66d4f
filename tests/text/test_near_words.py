"""A misspelt word's neighbours: the likeliest slip first, and found by numbers as they are found by words."""

from pathlib import Path
from string import ascii_lowercase

import pytest

from review_app.text.near_words import first_near, one_letter_away
from review_app.text.wordbook import Wordbook, write


@pytest.fixture
def book(tmp_path: Path) -> Wordbook:
    forms = ("transport", "hose", "house", "Berlin", "to", "bets", "best", "a", "hopped", "hoped")
    write(tmp_path / "en.words", dict.fromkeys(forms, "x"))
    return Wordbook(tmp_path / "en.words")


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("trasport", "transport"),  # one is missing
        ("huose", "house"),  # two are swapped
        ("hoppped", "hopped"),  # one stands too often
        ("hoxse", "hose"),  # one is too many
        ("housx", "house"),  # one is wrong
        ("xouse", "house"),  # the first one is
        ("bert", "best"),
        ("berlyn", "Berlin".lower()),  # known with a capital alone
        ("eberlin", "berlin"),
        ("b", "a"),
        ("quay", None),
        ("house", "hose"),
        ("x" * 60, None),
    ],
)
def test_the_likeliest_word_one_letter_away_is_found(book: Wordbook, slip: str, meant: str | None) -> None:
    assert first_near(slip, ascii_lowercase, book) == meant
    assert book.first(one_letter_away(slip, ascii_lowercase)) == meant


def test_no_dictionary_has_no_neighbours(tmp_path: Path) -> None:
    write(tmp_path / "none.words", {})
    assert first_near("house", ascii_lowercase, Wordbook(tmp_path / "none.words")) is None
