"""Tables as CSV: no cell is a formula, and what was written is read again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_app.errors import BadFile
from review_app.exchange.table import read_table, write_table

CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\r\x00"), min_size=1).filter(str.strip)


@given(CELLS.filter(lambda text: not text.startswith("'")))
def test_a_text_comes_back_and_is_no_formula(text: str) -> None:
    body = b"".join(write_table(("sv", "en"), [{"sv": text, "en": "x"}]))
    assert [cells for _line, cells in read_table("a.csv", body)] == [{"sv": text, "en": "x"}]
    cell = body.decode("utf-8-sig").splitlines()[1].lstrip('"').lstrip(" ")
    assert cell[:1] not in "=+-@\t" or not cell[:1]


def test_what_spreadsheets_write_is_understood() -> None:
    body = "SV;EN\r\nförskola;preschool\r\n;\r\nSkola;School\r\n".encode("cp1252")
    assert list(read_table("a.csv", body)) == [
        (2, {"sv": "förskola", "en": "preschool"}),
        (4, {"sv": "Skola", "en": "School"}),
    ]


def test_what_is_no_table_is_refused_with_its_line() -> None:
    with pytest.raises(BadFile, match=r"a\.csv, line 2"):
        list(read_table("a.csv", b"sv,en\n" + b"x" * 200_000))
