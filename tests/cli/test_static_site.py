"""A site as plain files: every public page, links that work from anywhere, replaced as a whole."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from review_app.cli.demo import prepare
from review_app.cli.installation import Opened
from review_app.resources import DEMO_CORPUS
from review_app.settings import Settings
from tests.cli.administrator import Administrator
from tests.databases import Backend, migrate


@pytest.fixture(scope="module")
def demo(backend: Backend, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Administrator]:
    data = tmp_path_factory.mktemp("demo")
    with backend.database(backend.keep(migrate)) as database:
        settings = Settings(data_dir=data, database_url=database.url, recorded_folder=DEMO_CORPUS, log_level="ERROR")
        prepare(Opened(settings, database))
        yield Administrator(data, database.url)


def test_every_link_to_the_site_leads_to_a_file(demo: Administrator, tmp_path: Path) -> None:
    folder = tmp_path / "public"
    assert demo.does("export-site", folder, "--site", "overkalix") == f"{folder}: 6 pages\n"
    files = sorted(folder.rglob("*.html"))
    assert len(files) == 6
    for file in files:
        html = file.read_text("utf-8")
        links = re.findall(r'(?:href|src)="([^":#?]+)["#]', html)
        assert links
        for link in links:
            assert not link.startswith("/"), (file, link)
            assert (file.parent / link).resolve().is_file(), (file, link)
    english = (folder / "en" / "kommun" / "vision-strategi" / "index.html").read_text("utf-8")
    assert '<html lang="en" dir="ltr"' in english
    assert "Translated from Swedish by machine" in english


def test_an_earlier_export_is_replaced_and_other_folders_are_not(demo: Administrator, tmp_path: Path) -> None:
    folder = tmp_path / "public"
    demo.does("export-site", folder, "--site", "overkalix")
    (folder / "old.html").write_text("old", "utf-8")
    demo.does("export-site", folder, "--site", "overkalix")
    assert not (folder / "old.html").exists()
    other = tmp_path / "other"
    other.mkdir()
    (other / "precious.txt").write_text("mine", "utf-8")
    assert "holds other files" in demo.fails("export-site", other, "--site", "overkalix")
    assert (other / "precious.txt").read_text("utf-8") == "mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["other", "public"]


def test_a_site_without_anything_public_is_told(admin: Administrator, tmp_path: Path) -> None:
    assert "is public yet" in admin.fails("export-site", tmp_path / "public", "--site", "alvby")
    assert not (tmp_path / "public").exists()
