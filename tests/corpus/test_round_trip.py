"""The demo corpus goes in and comes out again with the same pages, rows and fields."""

import csv
import shutil
from pathlib import Path

import pytest

from review_app.accounts.permissions import COMMAND_LINE
from review_app.errors import BadFile
from review_app.exchange.corpus import import_corpus
from review_app.exchange.corpus_export import export_corpus
from review_app.resources import DEMO_CORPUS
from review_app.sites.service import add_site
from review_app.translations.sharing import share_parts
from tests.builders import build_page, build_town
from tests.corpus.reading import FOLDERS, SHEETS, read_meta, read_rows
from tests.databases import Backend


def test_the_corpus_comes_back_as_it_went_in(backend: Backend, tmp_path: Path) -> None:
    written = travel(backend, DEMO_CORPUS, tmp_path / "first")
    assert len(written) == len(FOLDERS)
    for folder in FOLDERS:
        there = written[read_meta(folder)["path"]]
        assert (there / "page.html").read_bytes() == (folder / "page.html").read_bytes()
        kept = {name: value for name, value in read_meta(folder).items() if name != "written_for_demo"}
        assert read_meta(there) == kept
    for sheet in SHEETS:
        there = written[read_meta(sheet.folder)["path"]] / f"segments.{sheet.language}.jsonl"
        assert read_rows(there) == sheet.rows


def test_what_was_written_is_a_corpus_again(backend: Backend, tmp_path: Path) -> None:
    first = travel(backend, DEMO_CORPUS, tmp_path / "first")
    second = travel(backend, next(iter(first.values())).parent, tmp_path / "second")
    for path, folder in first.items():
        files = {file.name: file.read_bytes() for file in folder.iterdir()}
        assert files == {file.name: file.read_bytes() for file in second[path].iterdir()}


def travel(backend: Backend, corpus: Path, room: Path) -> dict[str, Path]:
    """Import a corpus into an empty installation and export it; returns the new folders by page path."""
    room.mkdir()
    with backend.database() as database:
        with database.writing() as session:
            site = add_site(session, slug="noise", name="Älvby kommun", base_url="https://www.alvby.example/")
            assert site
            site = add_site(session, slug="overkalix", name="Överkalix kommun", base_url="https://www.overkalix.se/")
            import_corpus(session, COMMAND_LINE, site, corpus)
        with database.reading() as session:
            names = export_corpus(session, COMMAND_LINE, site, room / "out")
    folders = [room / "out" / name for name in names]
    return {read_meta(folder)["path"]: folder for folder in folders}


def test_what_pages_share_goes_out_and_comes_back_in(backend: Backend, tmp_path: Path) -> None:
    menu = "<nav><a href='/skola'>Skola</a></nav>"
    for name in ("first", "second"):
        with backend.database() as database, database.writing() as session:
            town = build_town(session, languages=("en",))
            if name == "first":
                for path in ("bad", "bibliotek"):
                    html = f"<!doctype html><html lang=sv>{menu}<main><h1>{path.title()}</h1></main></html>"
                    build_page(session, town.site_id, html=html, path=path, machine={"Skola": "School"})
                share_parts(session, town.carin, town.site_id)
            else:
                import_corpus(session, town.carin, town.site_id, tmp_path / "first")
            export_corpus(session, town.carin, town.site_id, tmp_path / name)
    first, second = (
        {str(file.relative_to(tmp_path / name)): file.read_bytes() for file in (tmp_path / name).rglob("*.*")}
        for name in ("first", "second")
    )
    assert first == second
    assert b'"School"' in first["_shared/segments.en.jsonl"]
    assert b"Skola" not in first.get("bad/segments.en.jsonl", b"")


def test_what_words_are_called_comes_back_with_the_pages(backend: Backend, tmp_path: Path) -> None:
    written = travel(backend, DEMO_CORPUS, tmp_path / "first")
    glossary = next(iter(written.values())).parent / "glossary.csv"
    assert rows_of(glossary) == rows_of(DEMO_CORPUS / "glossary.csv")


def test_a_term_in_a_language_that_the_site_has_not_stops_the_import(backend: Backend, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    shutil.copytree(DEMO_CORPUS, corpus)
    (corpus / "glossary.csv").write_text("source,language,target\nbygglov,fi,rakennuslupa\n", "utf-8")
    with pytest.raises(BadFile, match=r"glossary\.csv, line 2"):
        travel(backend, corpus, tmp_path / "first")


def rows_of(glossary: Path) -> list[dict[str, str]]:
    rows = csv.DictReader(glossary.read_text("utf-8-sig").splitlines())
    return sorted(rows, key=lambda row: (row["source"], row["language"]))
