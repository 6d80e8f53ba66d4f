"""What the reports say of the demonstration's site, word for word, in both languages.

A change of a text or of a figure shows here. If it is meant, write the files anew and read what changed in them:

    UPDATE_GOLDEN=1 python -m pytest tests/reports/test_golden.py; git diff tests/reports/golden
"""

import os
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from flask import Flask

from review_app.app import create_app
from review_app.cli.apps import quiet_installation
from review_app.cli.demo import SITE, prepare
from review_app.cli.installation import Opened
from review_app.db import Database
from review_app.migrations.service import upgrade
from review_app.reports.filters import Filter
from review_app.resources import DEMO_CORPUS
from review_app.settings import Settings
from review_app.web.report_files import Wanted, file_for_command
from review_app.web.report_parts import PARTS

GOLDEN = Path(__file__).parent / "golden"

LASTING = [name for name in (*PARTS, "sentences") if name not in {"reviewing", "errors"}]
"""How reviewing went is told of the last half year, another one every day; error types change with every check."""

BLOCKS = {"p", "li", "h1", "h2", "h3", "tr", "dt", "caption", "summary", "text", "title", "section", "dl"}


class Words(HTMLParser):
    """Collects what is read in a file, a line for each block, cells apart."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.silent = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.silent = tag == "style" or self.silent
        self.pieces.append("\n" if tag in BLOCKS else " | " if tag in {"td", "dd"} else "")

    def handle_endtag(self, tag: str) -> None:
        self.silent = self.silent and tag != "style"

    def handle_data(self, data: str) -> None:
        self.pieces.append("" if self.silent else data.replace("\n", " "))

    def lines(self) -> list[str]:
        """Return the lines that say something."""
        found = (" ".join(line.split()).strip("| ") for line in "".join(self.pieces).split("\n"))
        return [line for line in found if line]


def said(html: str) -> str:
    words = Words()
    words.feed(html.split("<main", 1)[1].partition(">")[2])
    text = "\n".join(words.lines()) + "\n"
    return re.sub(r"^(Made|Skapad)[^\n]*\n[^\n]*$", r"\1 | …", text, count=1, flags=re.MULTILINE)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    data = tmp_path_factory.mktemp("golden")
    settings = Settings(_env_file=None, data_dir=data, recorded_folder=DEMO_CORPUS, log_level="ERROR")
    upgrade(settings.sqlalchemy_url)
    opened = Opened(settings, Database(settings.sqlalchemy_url))
    prepare(opened)
    installation = quiet_installation(opened)
    yield create_app(installation.settings, installation)
    opened.database.dispose()


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("part", LASTING)
def test_a_page_says_what_it_said(demo: Flask, part: str, language: str) -> None:
    wanted = Wanted(SITE, Filter("en"), part, language)
    text = said(file_for_command(demo, wanted, "html").decode())
    golden = GOLDEN / f"{part}.{language}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(text, "utf-8")
    assert text == golden.read_text("utf-8")
