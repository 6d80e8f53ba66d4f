"""What a corpus folder can have wrong with it: one sentence that names the file and the line, and nothing is stored."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from review_app.accounts.permissions import COMMAND_LINE
from review_app.errors import BadFile
from review_app.exchange.corpus import import_corpus
from review_app.exchange.reading import read_meta, read_segments
from tests.exchange.library import META, Row, contents, rows, write_corpus, write_meta
from tests.houses import House

PRICE = rows()[2]
MACHINE = PRICE["machine"][0]


def refused(house: House, folder: Path) -> str:
    """Return what an import of the folder is refused with, having seen that it left nothing behind."""
    with house.database.reading() as session:
        before = contents(session)
    with pytest.raises(BadFile) as caught, house.database.writing() as session:
        import_corpus(session, COMMAND_LINE, house.town.site_id, folder)
    with house.database.reading() as session:
        assert contents(session) == before
    told = str(caught.value)
    assert "\n" not in told
    return told.replace(str(folder), "FOLDER")


def third(**fields: Any) -> list[Row | bytes]:
    """Return the rows, the third of them spoilt."""
    return [PRICE | fields if row == PRICE else row for row in rows()]


def made(**fields: Any) -> list[Row | bytes]:
    """Return the rows, what the engine made of the third spoilt."""
    return third(machine=[MACHINE | fields])


def without(name: str) -> list[Row | bytes]:
    return [{key: value for key, value in row.items() if key != name or row != PRICE} for row in rows()]


@pytest.mark.parametrize(
    ("sheet", "told"),
    [
        ([*rows()[:2], b"{"], "not valid JSON"),
        ([*rows()[:2], b"[" * 100_000], "not valid JSON"),
        ([*rows()[:2], b"[1]"], "not a JSON object"),
        *((without(name), f"the field '{name}' is missing") for name in ("id", "source", "machine", "state")),
        (without("correction"), "the state is 'edited' but there is no correction"),
        (third(correction=""), "the state is 'edited' but there is no correction"),
        (third(state="done"), "the state 'done' is none of untranslated, machine, accepted, edited, approved"),
        (third(state=["edited"]), "the field 'state' is not text"),
        (third(correction=40), "the field 'correction' is not text"),
        (third(correction="a\0b"), "the field 'correction' holds what is no character"),
        ([*rows()[:2], b'{"id": "a", "state": "\\ud800"}'], "the field 'state' holds what is no character"),
        (third(corrected_source=40), "the field 'corrected_source' is not text"),
        *((third(machine=bad), "the field 'machine' is not a list of objects") for bad in (None, "x", {}, ["x"])),
        (third(machine=[{}]), "the field 'date' is missing"),
        (made(text=None), "the field 'text' is not text"),
        (made(engine="g" * 41), "the field 'engine' is longer than 40 characters"),
        (made(date="3 October"), "the date '3 October' is not written like 2026-10-12"),
        (third(when="yesterday"), "the time 'yesterday' is not written like 2026-10-05T08:10:47+00:00"),
        (third(when="0001-01-01T00:00+05:00"), "is not written like"),
        (third(when="2026-10-05T08:10:47"), "the time '2026-10-05T08:10:47' has no time zone"),
        (third(when=1_759_651_847), "the field 'when' is not text"),
        (third(who="Anna"), "'Anna' in the field 'who' is not an e-mail address"),
        (third(approved_by=""), "'' in the field 'approved_by' is not an e-mail address"),
        (third(id=3), "the field 'id' is not text"),
        (third(id=" "), "the id ' ' cannot stand in an address"),
        (third(id="a/b"), "the id 'a/b' cannot stand in an address"),
        (third(id="i" * 65), "the field 'id' is longer than 64 characters"),
        (third(id="title"), "the id 'title' stands on line 1 too"),
        (third(source="Badhuset  i Älvby"), "the source of 'price' stands on line 2 too"),
        (third(source="Det kostar 400 kronor."), "the source of 'price' is not a sentence of page.html"),
    ],
)
def test_a_bad_row_is_named_by_file_and_line(
    house: House, tmp_path: Path, sheet: Iterable[Row | bytes], told: str
) -> None:
    found = refused(house, write_corpus(tmp_path / "corpus", sheet))
    assert found.startswith("FOLDER/badhus/segments.en.jsonl, line 3: ")
    assert told in found
    assert found.endswith(". Mend the line and try again.")


def test_a_line_that_is_not_utf_8_is_named(house: House, tmp_path: Path) -> None:
    found = refused(house, write_corpus(tmp_path, [*rows(), b'{"id": "\xe5"}']))
    assert found == "FOLDER/badhus/segments.en.jsonl: line 5 is not valid UTF-8. Save the file as UTF-8 and try again."


def test_blank_lines_count_and_a_byte_order_mark_does_not_hurt(tmp_path: Path) -> None:
    write_corpus(tmp_path, [b"\xef\xbb\xbf", b" \r", *rows()])
    found = read_segments(tmp_path / "badhus" / "segments.en.jsonl")
    assert {line: record.id for line, record in found.items()} == {3: "title", 4: "heading", 5: "price", 6: "link"}


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("xx", "“xx” is not a language tag that is known here."),
        ("", "“” is not a language tag that is known here."),
        ("en_gb", "the language is written en-GB. Rename the file."),
        ("sv", "is in the language that the site is written in. Leave it out."),
    ],
)
def test_a_segments_file_is_named_after_its_language(house: House, tmp_path: Path, language: str, told: str) -> None:
    found = refused(house, write_corpus(tmp_path, language=language))
    assert found.startswith(f"FOLDER/badhus/segments.{language}.jsonl")
    assert told in found


@pytest.mark.parametrize(
    ("meta", "told"),
    [
        ({"path": 3}, "the field 'path' is not text"),
        ({"path": "../bad"}, "“../bad” cannot be a page's path."),
        ({"path": "a" * 501}, "cannot be a page's path."),
        ({"url": "javascript:alert(1)"}, "the url 'javascript:alert(1)' is not the address of a web page"),
        ({"provenance": "p" * 2001}, "the field 'provenance' is longer than 2000 characters"),
        ({"date": "2026-10-02"}, "the field 'date' is not a date"),
        ({"content_class": "grave"}, "the content_class 'grave' is none of normal, rights, news, crisis"),
        ({"content_class": ["news"]}, "the content_class ['news'] is none of"),
        ({"languages": 3}, "the languages are not written as tables"),
        ({"languages": {"en": "published"}}, "the languages are not written as tables"),
        ({"languages": {"en": {"state": "done"}}}, "the state 'done' is none of untranslated, machine, work,"),
        ({"languages": {"en": {"basis": "hope"}}}, "the basis 'hope' is none of reads, vouches"),
    ],
)
def test_a_bad_meta_is_named_with_what_is_wrong(house: House, tmp_path: Path, meta: Row, told: str) -> None:
    found = refused(house, write_corpus(tmp_path, **meta))
    assert found.startswith("FOLDER/badhus/meta.toml is not usable: ")
    assert told in found


@pytest.mark.parametrize("name", ["path", "url", "title", "provenance"])
def test_a_meta_that_lacks_a_field_is_told_which(tmp_path: Path, name: str) -> None:
    write_corpus(tmp_path)
    write_meta(tmp_path, {key: value for key, value in META.items() if key != name})
    with pytest.raises(BadFile, match=rf"meta\.toml lacks the field {name}\. Add it\."):
        read_meta(tmp_path / "badhus" / "meta.toml")


@pytest.mark.parametrize("body", [b"path = ", b'path = "\xe5"', b"a = " + b"[" * 100_000])
def test_a_meta_that_is_no_toml_is_told_so(tmp_path: Path, body: bytes) -> None:
    (tmp_path / "meta.toml").write_bytes(body)
    with pytest.raises(BadFile, match=r"meta\.toml is not valid TOML: "):
        read_meta(tmp_path / "meta.toml")


def test_a_day_is_its_noon_and_what_is_left_out_is_normal_work(tmp_path: Path) -> None:
    write_corpus(tmp_path, languages={"en": {}})
    write_meta(tmp_path, {key: value for key, value in META.items() if key != "content_class"})
    meta = read_meta(tmp_path / "badhus" / "meta.toml")
    assert (meta.date.isoformat(), meta.content_class, meta.states) == ("2026-10-02T12:00:00+00:00", "normal", {})


def test_a_page_that_is_missing_or_no_page_is_named(house: House, tmp_path: Path) -> None:
    folder = write_corpus(tmp_path, page=" \n")
    assert refused(house, folder).startswith("FOLDER/badhus/page.html: ")
    (folder / "badhus" / "page.html").unlink()
    assert refused(house, folder) == "FOLDER/badhus/page.html is missing. Every page's folder needs one."


def test_two_folders_cannot_be_the_same_page(house: House, tmp_path: Path) -> None:
    write_corpus(tmp_path)
    (tmp_path / "badhus").rename(tmp_path / "twin")
    write_corpus(tmp_path)
    told = "FOLDER/twin/meta.toml has the path “badhus”, and so has FOLDER/badhus/meta.toml. Every page needs its own."
    assert refused(house, tmp_path) == told


@pytest.mark.parametrize("name", ["", "gone"])
def test_a_folder_without_pages_is_told_so(house: House, tmp_path: Path, name: str) -> None:
    (tmp_path / "notes.txt").write_text("nothing")
    assert "holds no page folders" in refused(house, tmp_path / name)


def test_the_first_page_is_not_stored_either_when_the_second_is_bad(house: House, tmp_path: Path) -> None:
    write_corpus(tmp_path, path="annat")
    (tmp_path / "badhus").rename(tmp_path / "annat")
    write_corpus(tmp_path, third(state="done"))
    assert refused(house, tmp_path).startswith("FOLDER/badhus/segments.en.jsonl, line 3: ")
