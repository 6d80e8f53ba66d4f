"""Independent translations from files: TMX, tables, JSONL."""

import pytest

from review_app.errors import BadFile
from review_app.exchange.references import read_references

TMX = b"""<?xml version="1.0"?><tmx version="1.4"><header srclang="sv"/><body><tu>
<tuv xml:lang="sv"><seg>Hej</seg></tuv><tuv xml:lang="en"><seg>Hello</seg></tuv></tu></body></tmx>"""


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("a.tmx", TMX),
        ("a.tsv", b"sv\ten\nHej\tHello\n\tnothing\nTom\t\n"),
        ("a.csv", "\ufeffSV;EN\r\nHej;Hello\r\n".encode()),
        ("a.jsonl", b'{"sv": "Hej", "EN": "Hello"}\n\n{"sv": "Bara svenska"}\n'),
    ],
)
def test_pairs_of_the_two_languages(name: str, body: bytes) -> None:
    assert read_references(name, body, "sv", "en") == [("Hej", "Hello")]


@pytest.mark.parametrize(
    ("name", "body", "says"),
    [
        ("a.txt", b"Hej\tHello", "has to end with"),
        ("a.tsv", b"Hej\tHello\n", "Check the languages"),
        ("a.jsonl", b'{"sv": "Hej", "en": "Hello"}\n[1]\n', "line 2"),
        ("a.jsonl", b"\xff\xfe{", "line 1"),
        ("a.tmx", b"<tmx", "no usable TMX"),
    ],
)
def test_a_file_without_any_is_refused_in_a_sentence(name: str, body: bytes, says: str) -> None:
    with pytest.raises(BadFile, match=says):
        read_references(name, body, "sv", "en")
