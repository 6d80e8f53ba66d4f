"""The demo corpus goes in and comes out again with the same pages, rows and fields."""

from pathlib import Path

from review_app.accounts.permissions import COMMAND_LINE
from review_app.db import Database
from review_app.exchange.corpus import import_corpus
from review_app.exchange.corpus_export import export_corpus
from review_app.resources import DEMO_CORPUS
from review_app.schema import metadata
from review_app.sites.service import add_site
from tests.corpus.reading import FOLDERS, SHEETS, read_meta, read_rows


def test_the_corpus_comes_back_as_it_went_in(tmp_path: Path) -> None:
    written = travel(DEMO_CORPUS, tmp_path / "first")
    assert len(written) == len(FOLDERS)
    for folder in FOLDERS:
        there = written[read_meta(folder)["path"]]
        assert (there / "page.html").read_bytes() == (folder / "page.html").read_bytes()
        kept = {name: value for name, value in read_meta(folder).items() if name != "written_for_demo"}
        assert read_meta(there) == kept
    for sheet in SHEETS:
        there = written[read_meta(sheet.folder)["path"]] / f"segments.{sheet.language}.jsonl"
        assert read_rows(there) == sheet.rows


def test_what_was_written_is_a_corpus_again(tmp_path: Path) -> None:
    first = travel(DEMO_CORPUS, tmp_path / "first")
    second = travel(next(iter(first.values())).parent, tmp_path / "second")
    for path, folder in first.items():
        files = {file.name: file.read_bytes() for file in folder.iterdir()}
        assert files == {file.name: file.read_bytes() for file in second[path].iterdir()}


def travel(corpus: Path, room: Path) -> dict[str, Path]:
    """Import a corpus into an empty installation and export it; returns the new folders by page path."""
    room.mkdir()
    database = Database(f"sqlite:///{room / 'review.db'}")
    metadata.create_all(database.engine)
    with database.writing() as session:
        site = add_site(session, slug="noise", name="Älvby kommun", base_url="https://www.alvby.example/")
        assert site
        site = add_site(session, slug="overkalix", name="Överkalix kommun", base_url="https://www.overkalix.se/")
        import_corpus(session, COMMAND_LINE, site, corpus)
    with database.reading() as session:
        names = export_corpus(session, COMMAND_LINE, site, room / "out")
    database.dispose()
    folders = [room / "out" / name for name in names]
    return {read_meta(folder)["path"]: folder for folder in folders}
