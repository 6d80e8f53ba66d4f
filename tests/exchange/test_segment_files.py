"""Texts are read from plain lines, TSV, JSONL and TMX alike; whatever is wrong is told with file and line."""

from pathlib import Path

import pytest

from review_app.errors import BadFile
from review_app.exchange.segment_files import read_texts

FILES = {
    "pairs.tsv": "id\tsv\ten\n1\tHej\tHello\n2\tHej då\t\n",
    "bare.tsv": "Hej\tHello\nHej då\tGoodbye\r\n",
    "one.tsv": "Hello\nGoodbye\n",
    "outputs.jsonl": '{"ref": "Hello", "mt": {"a": "Hi", "b.c": "Hej"}}\n'
    '{"ref": "Bye", "mt": {"a": "By\\ne", "b.c": "x"}}\n',
    "numbered.jsonl": '{"line": 1, "text": "Hello"}\n{"line": 2, "text": "Goodbye"}\n',
    "both.jsonl": '{"line": 1, "sv": "Hej", "en": "Hello"}\n',
    "memory.tmx": """<?xml version="1.0"?><tmx version="1.4"><header/><body>
        <tu><tuv xml:lang="sv"><seg>Hej</seg></tuv><tuv xml:lang="en-GB"><seg>Hello <ph x="1"/></seg></tuv></tu>
        <tu><tuv xml:lang="sv"><seg>Hej då</seg></tuv><tuv xml:lang="en"><seg>Goodbye</seg></tuv></tu></body></tmx>""",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, "utf-8", newline="")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("address", "texts"),
    [
        ("pairs.tsv#en", ["Hello", ""]),
        ("pairs.tsv#2", ["sv", "Hej", "Hej då"]),
        ("bare.tsv#2", ["Hello", "Goodbye"]),
        ("one.tsv", ["Hello", "Goodbye"]),
        ("outputs.jsonl#ref", ["Hello", "Bye"]),
        ("outputs.jsonl#mt.a", ["Hi", "By\ne"]),
        ("outputs.jsonl#mt.b.c", ["Hej", "x"]),
        ("numbered.jsonl", ["Hello", "Goodbye"]),
        ("memory.tmx#en", ["Hello <1/>", "Goodbye"]),
        ("memory.tmx#SV", ["Hej", "Hej då"]),
    ],
)
def test_an_address_names_the_texts(folder: Path, address: str, texts: list[str]) -> None:
    assert read_texts(address) == texts


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("pairs.tsv", "Say which, as pairs.tsv#id; it has: id, sv, en."),
        ("pairs.tsv#fi", "pairs.tsv has no “fi”. It has: id, sv, en."),
        ("pairs.tsv#4", "pairs.tsv has no “4”."),
        ("outputs.jsonl", "Say which, as outputs.jsonl#ref; it has: ref, mt.a, mt.b.c."),
        ("both.jsonl", "Say which, as both.jsonl#sv; it has: sv, en."),
        ("outputs.jsonl#mt", "outputs.jsonl has no “mt”. It has: ref, mt.a, mt.b.c."),
        ("memory.tmx", "Say which, as memory.tmx#sv; it has: sv, en-gb."),
        ("memory.tmx#en-gb", "memory.tmx: unit 2 has no text in “en-gb”. It has: sv, en."),
        ("nowhere.tsv#en", "nowhere.tsv cannot be read"),
    ],
)
def test_what_is_not_there_is_told_with_what_is(folder: Path, address: str, message: str) -> None:
    with pytest.raises(BadFile) as told:
        read_texts(address)
    assert message in str(told.value)


@pytest.mark.parametrize(
    ("name", "text", "address", "message"),
    [
        ("short.tsv", "a\tb\n1\t2\n3\n", "short.tsv#b", "short.tsv, line 3: “b” is missing"),
        ("broken.jsonl", '{"a": "x"}\n[1]\n', "broken.jsonl#a", "broken.jsonl, line 2 is no JSON object"),
        (
            "number.jsonl",
            '{"a": "x"}\n{"a": 2}\n',
            "number.jsonl#a",
            "number.jsonl, line 2: “a” is missing or is no text",
        ),
        ("deep.jsonl", "[" * 100_000, "deep.jsonl#a", "deep.jsonl, line 1 is no JSON object"),
        (
            "bomb.tmx",
            "<!DOCTYPE tmx [<!ENTITY a 'b'>]><tmx><body/></tmx>",
            "bomb.tmx#en",
            "it declares entities",
        ),
        ("empty.tmx", "<tmx><body/></tmx>", "empty.tmx#en", "empty.tmx has no texts"),
    ],
)
def test_bad_files_are_told_in_a_sentence(folder: Path, name: str, text: str, address: str, message: str) -> None:
    (folder / name).write_text(text, "utf-8")
    with pytest.raises(BadFile) as told:
        read_texts(address)
    assert message in str(told.value)


def test_a_name_with_a_hash_is_a_name_where_there_is_such_a_file(folder: Path) -> None:
    (folder / "notes.tsv#en").write_text("as it is\n", "utf-8")
    assert read_texts("notes.tsv#en") == ["as it is"]
