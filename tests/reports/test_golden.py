"""What the reports say of the demonstration's site, word for word, in both languages.

A change of a text or of a figure shows here. If it is meant, write the files anew and read what changed in them:

    UPDATE_GOLDEN=1 python -m pytest tests/reports/test_golden.py; git diff tests/reports/golden
"""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, update

from review_app.accounts.service import person_actor
from review_app.accounts.tables import Person
from review_app.app import create_app
from review_app.cli.apps import quiet_installation
from review_app.cli.demo import SITE, prepare
from review_app.cli.installation import Opened
from review_app.db import Database
from review_app.migrations.service import upgrade
from review_app.pages.service import pages_of
from review_app.reports.filters import Filter
from review_app.resources import DEMO_CORPUS
from review_app.review.decisions import send_back, submit
from review_app.review.service import save
from review_app.review.tables import Decision, Submission
from review_app.segments.service import placed_segments
from review_app.settings import Settings
from review_app.sites.service import get_site
from review_app.translations.origin import Origin
from review_app.translations.service import newest_revisions
from review_app.translations.tables import Revision
from review_app.web.report_files import Wanted, file_for_command
from review_app.web.report_parts import PARTS

GOLDEN = Path(__file__).parent / "golden"

LASTING = [name for name in (*PARTS, "sentences") if name != "reviewing"]
"""The pages that say the same every day."""

SINCE, UNTIL = date(2026, 9, 14), date(2026, 11, 29)
"""How reviewing went is told between these days; else it is told of the last half year, another one every day."""

READ = "bygglov"
"""What the path of the page ends with that is read in part."""

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


def read_some(opened: Opened) -> None:
    """Let Anna read, and Bo answer, on some days of October: in the demonstration nobody has read anything yet."""
    with opened.database.writing() as session:
        anna, bo = (
            person_actor(session, id_) for id_ in session.scalars(select(Person.id).order_by(Person.id).limit(2))
        )
        site = get_site(session, SITE)
        page = next(one for one in pages_of(session, site.id) if one.path.endswith(READ))
        placed = placed_segments(session, [page.version_id])[page.version_id]
        heads = newest_revisions(session, [one.segment_id for one in placed], "en")
        unread = [one for one in placed if not heads[one.segment_id].origin.read_by_person][:6]
        for place, one in enumerate(unread):
            head = heads[one.segment_id]
            text = head.text if place % 2 else f"{head.text} (read)"
            save(session, anna, page.id, "en", one.key, text=text, based_on=head.number)
        send_back(session, bo, submit(session, anna, page.id, "en"), comment="Once more")
        days = [datetime(2026, 10, 5 + 4 * place, 12, tzinfo=UTC) for place in range(6)]
        read = select(Revision.id).where(Revision.origin == Origin.HUMAN).order_by(Revision.id)
        for id_, day in zip(session.scalars(read).all(), days, strict=True):
            session.execute(update(Revision).where(Revision.id == id_).values(created_at=day))
        session.execute(update(Submission).where(~Submission.imported).values(submitted_at=days[0]))
        session.execute(update(Decision).where(Decision.verdict == "returned").values(decided_at=days[1]))


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a demonstration."""
    settings = settings_in(tmp_path_factory.mktemp("golden"))
    upgrade(settings.sqlalchemy_url)
    opened = Opened(settings, Database(settings.sqlalchemy_url))
    prepare(opened)
    opened.database.dispose()
    return settings.data_dir


def settings_in(folder: Path) -> Settings:
    return Settings(_env_file=None, data_dir=folder, recorded_folder=DEMO_CORPUS, log_level="ERROR")


@pytest.fixture(scope="module")
def demo(prepared: Path) -> Iterator[Flask]:
    with opened_app(prepared) as app:
        yield app


@pytest.fixture(scope="module")
def read_demo(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """Yield a copy in which people have read something."""
    folder = tmp_path_factory.mktemp("read")
    shutil.copytree(prepared, folder, dirs_exist_ok=True)
    with opened_app(folder, read_some) as app:
        yield app


@contextmanager
def opened_app(folder: Path, before: Callable[[Opened], None] = lambda _opened: None) -> Iterator[Flask]:
    settings = settings_in(folder)
    opened = Opened(settings, Database(settings.sqlalchemy_url))
    before(opened)
    installation = quiet_installation(opened)
    yield create_app(installation.settings, installation)
    opened.database.dispose()


@pytest.mark.parametrize("language", ["sv", "en"])
def test_reviewing_says_what_it_said(read_demo: Flask, language: str) -> None:
    compare(read_demo, Wanted(SITE, Filter("en", since=SINCE, until=UNTIL), "reviewing", language))


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("part", LASTING)
def test_a_page_says_what_it_said(demo: Flask, part: str, language: str) -> None:
    compare(demo, Wanted(SITE, Filter("en"), part, language))


def compare(app: Flask, wanted: Wanted) -> None:
    """Compare what a page says with what it said, or write that anew."""
    text = said(file_for_command(app, wanted, "html").decode())
    golden = GOLDEN / f"{wanted.part}.{wanted.language}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(text, "utf-8")
    assert text == golden.read_text("utf-8")
