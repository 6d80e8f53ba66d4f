"""The log of changes says what it is about in words that lead there."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import review_app
from review_app.accounts.administration import change_language
from review_app.accounts.permissions import COMMAND_LINE
from review_app.publishing.service import publish
from review_app.sites.policy import LanguagePolicy
from review_app.web.words import ACTION_NAMES
from tests.builders import say_yes
from tests.databases import Backend
from tests.web.library import LOAN, Library, open_library


@pytest.fixture
def library(backend: Backend, tmp_path: Path) -> Iterator[Library]:
    with open_library(backend, tmp_path) as found:
        yield found


def test_pages_languages_and_engines_are_named_and_lead_there(library: Library) -> None:
    library.save(LOAN, "Loans are for four weeks.")
    submission = library.submit()
    with library.database.writing() as session:
        say_yes(session, library.town, submission)
        edition = publish(session, library.town.bo, library.page.page_id, "en")
        change_language(
            session, COMMAND_LINE, library.town.site_id, "fi", LanguagePolicy.MACHINE_AFTER_REVIEW, "google"
        )
    page = library.browser("carin").get(f"/sites/{library.town.slug}/log").text
    assert f'<a href="/submissions/{submission}">Biblioteket i Älvby</a> <span class="muted">English</span>' in page
    assert f'<a href="/archive/{edition}">Biblioteket i Älvby</a>' in page
    assert f"/en?segment={library.page.key(LOAN)}#s-{library.page.key(LOAN)}" in page
    assert "Finnish" in page
    assert "Google" in page
    for raw in (f"submission {submission}", f"publication {edition}", "segment ", ">google<"):
        assert raw not in page, raw


def test_every_kind_of_change_that_is_recorded_has_a_name() -> None:
    source = "\n".join(path.read_text("utf-8") for path in Path(review_app.__file__).parent.rglob("*.py"))
    recorded = set(re.findall(r'\brecord\(\s*session,\s*actor,\s*"([a-z_]+\.[a-z_]+)"', source))
    assert len(recorded) > 20
    assert recorded - ACTION_NAMES.keys() == set()
