"""Visits as web statistics export them: columns by name, Swedish spreadsheets, and one sentence for what is wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_app.errors import BadFile
from review_app.exchange.visits import paths_of, read_visits


@pytest.mark.parametrize(
    "data",
    [
        b"url,visits\n/skola,1200\n/bad,3\n",
        "Sida;Besök\r\n/skola;1 200\r\n/bad;3\r\n".encode(),
        "Sida;Bes\u00f6k\r\n/skola;1\u00a0200\r\n/bad;3\r\n".encode("cp1252"),
        b"\xef\xbb\xbfTitle\tPage\tViews\nSkolan\t/skola\t1000\nSkolan\t/skola\t200\n\nBadet\t/bad\t3\n",
    ],
    ids=["plain", "semicolons", "spreadsheet", "tabs, twice, a blank line"],
)
def test_what_statistics_export_is_understood(data: bytes) -> None:
    assert read_visits("besok.csv", data) == {"/skola": 1200, "/bad": 3}


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "no rows"),
        (b"page,time\n/skola,3\n", "no column is called"),
        (b"page,visits\n/skola,3\n/bad,many\n", "besok.csv, line 3"),
        (b"page,visits\n/skola\n", "besok.csv, line 2"),
        (b"page,visits\n/skola,1.5\n", "besok.csv, line 2"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(data: bytes, message: str) -> None:
    with pytest.raises(BadFile, match=message):
        read_visits("besok.csv", data)


def test_addresses_become_paths_and_other_websites_are_left_out() -> None:
    visits = {
        "https://www.alvby.example/omsorg/": 5,
        "/omsorg?x=1": 2,
        "https://other.example/omsorg": 9,
        "/../etc": 1,
        "https://[": 1,
    }
    assert paths_of(visits, "https://www.alvby.example/") == {"omsorg": 7}


@given(st.dictionaries(st.text("abcåäö/-", min_size=1, max_size=12), st.integers(0, 10**9), min_size=1, max_size=9))
def test_every_count_comes_through(visits: dict[str, int]) -> None:
    lines = ["url;visits", *(f"{address};{count}" for address, count in visits.items())]
    assert read_visits("x.csv", "\n".join(lines).encode()) == visits
