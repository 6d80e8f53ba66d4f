"""What written numbers can stand for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_app.text.numbers import find_numbers

SAME = [
    ("3 850 km²", "3,850 square kilometres"),
    ("1\u00a0240\u00a0000", "1,240,000"),
    ("3,5 miljoner kronor", "SEK 3.5 million"),
    ("2 miljarder", "2,000,000,000"),
    ("1:a", "1st"),
    ("på 1800-talet", "in the 19th century"),
    ("på 1800-talet", "in the 1800s"),
    ("1000-talet", "the 11th century"),
    ("artonhundratalet", "the nineteenth century"),
    ("90-talet", "the 1990s"),
    ("i 20-årsåldern", "in their twenties"),
    ("tolv", "12"),
    ("tjugofem", "twenty-five"),
    ("tvåhundra", "200"),
    ("två tredjedelar", "two-thirds"),
    ("kl. 14.00", "2 p.m."),
    ("kl. 14.30", "2:30 pm"),
    ("kl. 9.30", "9:30 am"),
    ("15", "3–6 pm"),
    ("25 %", "٢٥٪"),
]
DIFFERENT = [
    ("3 850", "3,550"),
    ("1,5", "15"),
    ("1800-talet", "the 18th century"),
    ("tolv", "eleven"),
    ("kl. 14.00", "2 a.m."),
    ("kl. 16.30", "4:30 am"),
    ("kl. 14.00", "15:00"),
]


def agree(swedish: str, english: str) -> bool:
    return any(a.agrees(b) for a in find_numbers(swedish, "sv") for b in find_numbers(english, "en"))


@pytest.mark.parametrize(("swedish", "english"), SAME)
def test_one_number_written_in_two_ways_agrees(swedish: str, english: str) -> None:
    assert agree(swedish, english)


@pytest.mark.parametrize(("swedish", "english"), DIFFERENT)
def test_numbers_that_differ_do_not_agree(swedish: str, english: str) -> None:
    assert not agree(swedish, english)


@pytest.mark.parametrize("text", ["kl. 14.00–16.00", "Ring 0123-456 78.", "den 3:e juni", "1 500,50 kr"])
def test_a_number_stands_where_its_span_says(text: str) -> None:
    found = find_numbers(text, "sv")
    assert found
    assert all(text[number.start : number.end].strip() == number.written.strip() for number in found)


@given(st.integers(1000, 999_999_999))
def test_thousands_agree_however_they_are_grouped(value: int) -> None:
    for swedish in (f"{value:,}".replace(",", " "), f"{value:,}".replace(",", "\u00a0"), str(value)):
        assert agree(swedish, f"{value:,}")


@given(st.text("0123456789.,: abpmkl-–", max_size=60), st.sampled_from(["sv", "en", "ar"]))
def test_any_text_is_read_and_spans_lie_in_it(text: str, language: str) -> None:
    assert all(0 <= n.start < n.end <= len(text) and n.values for n in find_numbers(text, language))
