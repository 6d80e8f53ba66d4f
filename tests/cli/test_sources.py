"""Where pages come in from: lists, sitemaps, crawls, zip files; and looking at a website again."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.administrator import Administrator
from tests.segments.website import Website, page, serving, sitemap


@pytest.fixture
def website() -> Iterator[Website]:
    with serving(Website({"/a": page("A", "/b"), "/b": page("B", "/c"), "/c": page("C")})) as found:
        yield found


HOSTS = {"FETCH_HOSTS": "127.0.0.1"}


def paths(admin: Administrator) -> list[str]:
    return sorted({line[0] for line in admin.lines("pages", "--site", "alvby")})


def test_a_list_of_addresses(admin: Administrator, website: Website, tmp_path: Path) -> None:
    file = tmp_path / "list.txt"
    file.write_text(f"# sidor\n{website.address}/a\n\n{website.address}/c\n", "utf-8")
    assert admin.does("import", file, "--list", "--site", "alvby", **HOSTS) == "taken: 2\n"
    assert paths(admin) == ["a", "c"]


def test_a_sitemap_by_its_address_and_as_a_file(admin: Administrator, website: Website, tmp_path: Path) -> None:
    website.pages["/sitemap.xml"] = sitemap("/a", "/b")
    assert admin.does("import", f"{website.address}/sitemap.xml", "--site", "alvby", **HOSTS) == "taken: 2\n"
    file = tmp_path / "sitemap.xml"
    file.write_text(sitemap("/b", "/c").replace("{here}", website.address), "utf-8")
    assert admin.does("import", file, "--site", "alvby", **HOSTS) == "taken: 1\tunchanged: 1\n"
    assert paths(admin) == ["a", "b", "c"]


def test_a_crawl(admin: Administrator, website: Website) -> None:
    command = ("import", f"{website.address}/a", "--crawl", "--depth", "1", "--site", "alvby")
    assert admin.does(*command, **HOSTS) == "taken: 2\n"
    assert paths(admin) == ["a", "b"]


def test_addresses_that_fail_are_told_and_the_others_come_in(
    admin: Administrator, website: Website, tmp_path: Path
) -> None:
    file = tmp_path / "list.txt"
    file.write_text(f"{website.address}/a\n{website.address}/borta\n", "utf-8")
    result = admin.run("import", file, "--list", "--site", "alvby", **HOSTS)
    assert (result.exit_code, result.stdout) == (1, "failed: 1\ttaken: 1\n")
    assert "/borta" in result.stderr
    assert "404" in result.stderr


def test_a_zip_file_comes_in_whole(admin: Administrator, tmp_path: Path) -> None:
    file = tmp_path / "sidor.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("omsorg/index.html", page("Omsorg"))
        archive.writestr("skola.htm", page("Skola"))
        archive.writestr("bild.png", b"\x89PNG")
    admin.does("import", file, "--site", "alvby")
    assert paths(admin) == ["omsorg/index", "skola"]


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (["../ut.html"], "cannot be a page's path"),
        (["bild.png"], "holds no HTML files"),
        (["a.html", "a.htm"], "two of its files would be the page a"),
        (["a.html", "tom.html"], "empty"),
    ],
)
def test_a_zip_file_that_will_not_do_is_refused_whole(
    admin: Administrator, tmp_path: Path, names: list[str], told: str
) -> None:
    file = tmp_path / "sidor.zip"
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "" if name == "tom.html" else page("Sida"))
    assert told in admin.fails("import", file, "--site", "alvby")


def test_a_zip_bomb_is_refused(admin: Administrator, tmp_path: Path) -> None:
    file = tmp_path / "sidor.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.html", b"<p>" + b"x" * 30_000_000)
    assert "larger than 10 MB" in admin.fails("import", file, "--site", "alvby")


def test_what_is_no_zip_file_is_told(admin: Administrator, tmp_path: Path) -> None:
    file = tmp_path / "sidor.zip"
    file.write_bytes(b"PK\x03\x04 not really")
    assert "no usable zip file" in admin.fails("import", file, "--site", "alvby")


def test_looking_again_tells_what_changed_and_what_is_gone(admin: Administrator, website: Website) -> None:
    admin.does("import", f"{website.address}/a", "--crawl", "--site", "alvby", **HOSTS)
    assert admin.does("sync", "--site", "alvby", **HOSTS) == "pages: 3\n"
    website.pages["/b"] = page("B är ändrad")
    del website.pages["/c"]
    assert admin.does("sync", "--site", "alvby", **HOSTS) == "b\tchanged\nc\tvanished\npages: 3\n"


def test_looking_again_at_nothing_is_told(admin: Administrator) -> None:
    assert "came from its website" in admin.fails("sync", "--site", "alvby")
