"""What a save asks of the database: Anna waits for it hundreds of times a day."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import build_page
from tests.counting import counted
from tests.databases import Backend
from tests.web.library import HTMX, Library, open_library

MOST = 33
"""Statements of a save: to look things up, store the text with its flags, risk and log row, and show what is next."""


@pytest.fixture
def library(backend: Backend, tmp_path: Path) -> Iterator[Library]:
    with open_library(backend, tmp_path) as found:
        yield found


def statements(library: Library, sentences: int) -> list[str]:
    """Return the statements that a save on a page with so many machine-translated sentences takes."""
    texts = {f"På sida {sentences} står mening {n}.": f"On page {sentences} is sentence {n}." for n in range(sentences)}
    html = f"<!doctype html><html lang=sv><title>S</title><main>{''.join(f'<p>{one}</p>' for one in texts)}</main>"
    with library.database.writing() as session:
        page = build_page(session, library.town.site_id, html=html, path=f"sida/{sentences}", machine=texts)
    anna = library.browser("anna")
    headers = {name.replace("_", "-"): value for name, value in HTMX.items()}
    form = {"csrf_token": anna.token(), "text": "Anna wrote this.", "based_on": 1, "next": "1"}
    path = f"/sites/{library.town.slug}/pages/{page.page_id}/en/segments/{page.key('På sida')}/save"
    with counted(library.database) as sent:
        answer = anna.client.post(path, data=form, headers=headers)
    assert answer.status_code == 200, answer.text
    return sent


def test_a_save_asks_as_little_on_a_long_page_as_on_a_short_one(library: Library) -> None:
    statements(library, 3)  # the first of all begins what there is one of for a site
    short, long = statements(library, 4), statements(library, 90)
    assert len(short) == len(long)
    assert len(long) <= MOST, "\n".join(long)


def test_a_save_looks_its_page_and_its_site_up_once(library: Library) -> None:
    sent = statements(library, 5)
    assert sum("FROM page JOIN page_version" in one for one in sent) == 1
    assert sum("FROM site LEFT OUTER JOIN" in one for one in sent) == 1
