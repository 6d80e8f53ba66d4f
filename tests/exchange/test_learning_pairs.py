"""Pairs of texts from TMX and tab-separated files."""

from pathlib import Path

import pytest

from review_app.errors import BadFile
from review_app.exchange.learning_pairs import read_pairs

TMX = """<?xml version="1.0" encoding="{encoding}"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd"{entities}>
<tmx version="1.4"><header srclang="sv"/><body>
<tu><tuv xml:lang="sv-SE"><seg>Läs <bpt i="1">&lt;b&gt;</bpt>mer<ept i="1">&lt;/b&gt;</ept> <hi>här</hi></seg></tuv>
<tuv xml:lang="FI"><seg>Lue{text} lisää</seg></tuv></tu>
<tu><tuv lang="sv"><seg>Bara svenska</seg></tuv><tuv xml:lang="en"><seg>Only English</seg></tuv></tu>
</body></tmx>"""


def written(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    file = folder / name
    file.write_bytes(text.encode(encoding))
    return file


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_memory_gives_the_texts_of_both_languages_without_markup(tmp_path: Path, encoding: str) -> None:
    file = written(tmp_path, "minne.tmx", TMX.format(encoding=encoding, entities="", text=""), encoding)
    assert read_pairs(file, ("sv", "fi")) == [("Läs mer här", "Lue lisää")]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (TMX.format(encoding="utf-8", entities=' [<!ENTITY a "x">]', text="&a;"), "declares entities"),
        (
            TMX.format(encoding="utf-8", entities=' [<!ENTITY a SYSTEM "file:///etc/passwd">]', text="&a;"),
            "declares entities",
        ),
        ("<tmx><body><tu></body></tmx>", "line 1 is not valid XML"),
        ("<xliff/>", "begins with <xliff>"),
        ("", "not valid XML"),
        ("<tmx><body/></tmx>", "holds no text in sv with its translation into fi"),
    ],
)
def test_what_is_no_memory_is_refused_in_a_sentence(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(BadFile, match=told):
        read_pairs(written(tmp_path, "minne.tmx", text), ("sv", "fi"))


def test_a_dictionary_is_read_line_by_line(tmp_path: Path) -> None:
    file = written(tmp_path, "ord.tsv", "\ufeff# ord\tsana\r\nhund\tkoira\r\n\r\nkatt\tkissa\tdjur\r\n")
    assert read_pairs(file, ("sv", "fi")) == [("hund", "koira"), ("katt", "kissa")]


@pytest.mark.parametrize("line", ["katt", "katt\t", "\tkissa"])
def test_a_line_that_is_no_pair_is_named(tmp_path: Path, line: str) -> None:
    with pytest.raises(BadFile, match=r"ord\.tsv, line 2: a word, a tab"):
        read_pairs(written(tmp_path, "ord.tsv", f"hund\tkoira\n{line}\n"), ("sv", "fi"))


def test_files_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="cannot be read"):
        read_pairs(tmp_path / "ingen.tsv", ("sv", "fi"))
    (tmp_path / "latin.tsv").write_bytes("väg\ttie\n".encode("latin-1"))
    with pytest.raises(BadFile, match="Save it as UTF-8"):
        read_pairs(tmp_path / "latin.tsv", ("sv", "fi"))
