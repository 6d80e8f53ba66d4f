"""``review-app import``: a file, a folder or a public address in; what is no page is told in one sentence."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from review_app.cli import intake
from review_app.segments.service import Imported
from tests.builders import HTML
from tests.cli.administrator import Administrator

PAGE = HTML.encode()
OTHER = "<!doctype html><title>Bad</title><p>Badhuset är öppet. Välkommen!</p>".encode()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "bibliotek.html"
    path.write_bytes(PAGE)
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "pages"
    (root / "fritid").mkdir(parents=True)
    (root / "bibliotek.html").write_bytes(PAGE)
    (root / "fritid" / "bad.htm").write_bytes(OTHER)
    (root / "readme.txt").write_text("no page")
    return root


def test_a_file_comes_in_under_its_name_and_twice_is_once(admin: Administrator, file: Path) -> None:
    assert admin.does("import", file, "--site", "alvby") == "bibliotek\tsegments: 8\tversion 1\n"
    assert admin.does("import", file, "--site", "alvby") == "bibliotek\tsegments: 8\tunchanged\n"
    file.write_bytes(PAGE.replace(b"20", b"30"))
    assert admin.does("import", file, "--site", "alvby") == "bibliotek\tsegments: 8\tversion 2\n"
    assert [line[:3] for line in admin.lines("pages", "--site", "alvby")] == [
        ["bibliotek", "ar", "8"],
        ["bibliotek", "en", "8"],
    ]


def test_path_and_address_can_be_said(admin: Administrator, file: Path) -> None:
    url = "https://www.alvby.example/kultur/bibliotek/"
    told = admin.does("import", file, "--site", "alvby", "--path", "/kultur/bibliotek/", "--url", url)
    assert told.startswith("kultur/bibliotek\t")
    admin.does("corpus", "export", file.parent / "out", "--site", "alvby")
    assert f'url = "{url}"' in (file.parent / "out" / "kultur--bibliotek" / "meta.toml").read_text("utf-8")


@pytest.mark.parametrize(
    ("option", "value", "told"),
    [
        ("--path", "../bibliotek", "“../bibliotek” cannot be a page's path."),
        ("--path", "a" * 501, "cannot be a page's path."),
        ("--url", "javascript:alert(1)", "“javascript:alert(1)” is not a web address."),
        ("--url", "https://x.se/" + "a" * 2000, "is not a web address."),
        ("--site", "norrby", "There is no site with the short name norrby."),
    ],
)
def test_path_address_and_site_must_be_usable(
    admin: Administrator, file: Path, option: str, value: str, told: str
) -> None:
    assert told in admin.fails("import", file, "--site", "alvby", option, value)


def test_a_folder_comes_in_by_its_files_places(admin: Administrator, folder: Path) -> None:
    assert admin.lines("import", folder, "--site", "alvby") == [
        ["bibliotek", "segments: 8", "version 1"],
        ["fritid/bad", "segments: 3", "version 1"],
    ]
    assert {line[0] for line in admin.lines("pages", "--site", "alvby")} == {"bibliotek", "fritid/bad"}


def test_a_folder_comes_in_whole_or_not_at_all(admin: Administrator, folder: Path) -> None:
    (folder / "zz.html").write_bytes(b"")
    assert admin.fails("import", folder, "--site", "alvby").startswith(f"{folder / 'zz.html'}: The page is empty.")
    assert admin.contents()["page"] == 0


def test_a_folder_with_a_page_where_what_is_shared_stands_stays_out(admin: Administrator, folder: Path) -> None:
    (folder / "_shared.html").write_bytes(OTHER)
    assert "“_shared” is used for what the pages share" in admin.fails("import", folder, "--site", "alvby")


def test_two_files_that_would_be_one_page_are_refused(admin: Administrator, folder: Path) -> None:
    (folder / "bibliotek.htm").write_bytes(OTHER)
    told = admin.fails("import", folder, "--site", "alvby")
    assert "would both be the page bibliotek. Rename one of them." in told


@pytest.mark.parametrize("option", ["--path", "--url"])
def test_a_folder_has_no_path_of_its_own(admin: Administrator, folder: Path, option: str) -> None:
    told = admin.fails("import", folder, "--site", "alvby", option, "https://www.alvby.example/")
    assert told == f"--path and --url are about one file; {folder} is a folder."


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"", "The page is empty."),
        (b" \n\t ", "The page is empty."),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "This is no HTML page but some other kind of file."),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "This is no HTML page but some other kind of file."),
        (b'{"a": 1}', "This is no HTML page: it has no markup."),
        ("Bara text, å ä ö.".encode(), "This is no HTML page: it has no markup."),
        ('<meta charset="utf-8"><p>Älvby'.encode("latin-1"), "The page is said to be utf-8, but byte 25 is not."),
        ('<meta charset="latin1"><p>Älvby'.encode(), "The page is said to be ISO-8859-1, but its bytes are UTF-8."),
    ],
)
def test_what_is_no_page_is_named_with_the_reason(admin: Administrator, file: Path, body: bytes, told: str) -> None:
    file.write_bytes(body)
    assert admin.fails("import", file, "--site", "alvby").startswith(f"{file}: {told}")


def test_a_page_in_another_charset_comes_in(admin: Administrator, file: Path) -> None:
    file.write_bytes(HTML.replace("utf-8", "iso-8859-1").replace("–", "-").encode("latin-1"))
    assert admin.does("import", file, "--site", "alvby") == "bibliotek\tsegments: 8\tversion 1\n"


def test_what_is_not_there_is_named(admin: Administrator, tmp_path: Path) -> None:
    told = admin.fails("import", tmp_path / "gone.html", "--site", "alvby")
    assert told == f"{tmp_path / 'gone.html'} cannot be read: No such file or directory. Check the name and the rights."
    (tmp_path / "empty").mkdir()
    assert "holds no HTML files" in admin.fails("import", tmp_path / "empty", "--site", "alvby")


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://169.254.169.254/latest/meta-data/",
        "http://192.168.0.1/bibliotek",
        "http://0x7f000001/",
        "http://localhost/",
    ],
)
def test_a_private_address_is_not_fetched(admin: Administrator, url: str) -> None:
    assert "public" in admin.fails("import", url, "--site", "alvby")


@pytest.mark.parametrize("url", ["file:///etc/hostname", "ftp://alvby.example/a", "http://", "http://anna:hemlig@/"])
def test_what_is_no_web_address_is_told_so_without_secrets(admin: Administrator, url: str) -> None:
    told = admin.fails("import", url, "--site", "alvby")
    assert "is not a web address." in told
    assert "hemlig" not in told


def test_while_a_folder_comes_in_others_save(
    admin: Administrator, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between two pages a writer gets in, who would otherwise wait for the whole folder."""
    take_in, database = intake.import_page, admin.database
    saved = []

    def taken_while_somebody_saves(session: Session, *arguments: Any, **options: Any) -> Imported:
        with database.writing() as other:
            other.execute(text("UPDATE site SET name = name || '+'"))
        saved.append(options["path"])
        return take_in(session, *arguments, **options)

    monkeypatch.setattr(intake, "import_page", taken_while_somebody_saves)
    admin.lines("import", folder, "--site", "alvby")
    database.dispose()
    assert saved == ["bibliotek", "fritid/bad"]
