"""The log of changes says what it is about in words that lead there."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask_babel import gettext

import review_app
from review_app.accounts.administration import change_language
from review_app.accounts.permissions import COMMAND_LINE, Action
from review_app.accounts.redacting import redact_before
from review_app.accounts.sealing import seal_batch
from review_app.accounts.service import record
from review_app.db import utc_now
from review_app.jobs.service import add_job
from review_app.publishing.service import publish
from review_app.reports.filters import FIELDS, read_filter
from review_app.reports.ordered import MAKE
from review_app.sites.policy import LanguagePolicy
from review_app.web.log import in_words
from review_app.web.report_parts import PARTS, SENTENCES
from review_app.web.words import ACTION_NAMES, shorten
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


def test_a_jobs_page_is_named_and_its_other_numbers_are_not_shown(library: Library) -> None:
    page_id, site_id = library.page.page_id, library.town.site_id
    with library.database.writing() as session:
        for number in (page_id, 987_654):
            payload = {"page_id": number, "language": "en", "flag_id": 876_543}
            add_job(session, library.town.carin, "translate_page", site_id, payload, needs=Action.READ)
    page = library.browser("carin").get(f"/sites/{library.town.slug}/log").text
    assert "Biblioteket i Älvby" in page
    assert "a page that is gone" in page
    assert "Translate a page" in page
    for raw in ("987654", "876543", f"page:</span> {page_id}<", "translate_page"):
        assert raw not in page.split("<tbody>")[1], raw


def test_what_the_programs_own_jobs_are_asked_for_is_said_in_words(library: Library) -> None:
    payload = {"language": "en", "signature": "checks-1/shipped-1"}
    with library.database.writing() as session:
        add_job(session, COMMAND_LINE, "assess_language", library.town.site_id, payload, needs=Action.READ)
    page = library.browser("carin").get(f"/sites/{library.town.slug}/log").text
    assert "by these checks and this model:</span> checks-1/shipped-1" in page
    assert "Check texts anew and estimate their risk" in page


def test_the_filter_of_a_report_that_was_made_a_file_is_said_in_words(library: Library) -> None:
    payload = {"filter": {"language": "en", "engine": "fake"}, "ending": "pdf", "interface": "sv", "asked": {}}
    with library.database.writing() as session:
        add_job(session, COMMAND_LINE, MAKE, library.town.site_id, payload, needs=Action.READ)
        record(session, library.town.carin, "annotation.close", "annotation_round:7", site_id=library.town.site_id)
    log = library.browser("carin").get(f"/sites/{library.town.slug}/log", Accept_Language="en").text.split("<tbody>")[1]
    assert "filter:</span> language English, engine Fake" in log
    assert "language of the interface:</span> Swedish" in log
    for raw in ("{", "}", "what is asked of the page", "annotation_round"):
        assert raw not in log, raw


@pytest.mark.parametrize(
    ("tongue", "told"),
    [
        (
            "en",
            "language English, page rights, section news/, engine Fake, read from 2026-01-01, until 2026-05-31,"
            " at stake rights and duties, why it was read spot checks",
        ),
        (
            "sv",
            "språk engelska, sida rights, avdelning news/, motor Fake, läst från 2026-01-01, till 2026-05-31,"
            " det som står på spel rättigheter och skyldigheter, varför det lästes stickprov",
        ),
    ],
)
def test_every_field_of_a_report_s_filter_is_said_in_words(library: Library, tongue: str, told: str) -> None:
    days = {"from": "2026-01-01", "to": "2026-05-31"}
    chosen = {"language": "en", "page": "rights", "section": "news/", "engine": "fake", "class": "rights"}
    query = read_filter({**chosen, **days, "sample": "audit"}, "en").query()
    assert list(query) == list(FIELDS), "one value for each"
    with library.app.test_request_context(headers={"Accept-Language": tongue}):
        library.app.preprocess_request()
        found = in_words("filter", query, {})
    assert isinstance(found, list)
    assert shorten(found) == told, "and nothing is cut off"


@pytest.mark.parametrize("part", [*PARTS, "sentences"])
def test_a_page_of_the_reports_has_the_name_of_the_menu(library: Library, part: str) -> None:
    with library.app.test_request_context(headers={"Accept-Language": "sv"}):
        library.app.preprocess_request()
        assert in_words("part", part, {}) == gettext(PARTS.get(part, SENTENCES).label) != part
        assert in_words("path", part, {}) == part, "elsewhere the word is somebody's own"


def test_what_somebody_is_invited_to_is_said_in_words(library: Library) -> None:
    roles = {"translator": ["en", "fi"], "administrator": [""]}
    with library.database.writing() as session:
        after = {"email": "x@example.se", "roles": roles}
        record(session, library.town.carin, "invitation.send", "invitation", site_id=library.town.site_id, after=after)
    log = library.browser("carin").get(f"/sites/{library.town.slug}/log", Accept_Language="sv").text
    assert "roller:</span> översättare (engelska, finska), administratör" in log


def test_every_kind_of_change_that_is_recorded_has_a_name() -> None:
    source = "\n".join(path.read_text("utf-8") for path in Path(review_app.__file__).parent.rglob("*.py"))
    recorded = set(re.findall(r'\brecord\(\s*session,\s*actor,\s*"([a-z_]+\.[a-z_]+)"', source))
    assert len(recorded) > 20
    assert recorded - ACTION_NAMES.keys() == set()


def test_the_log_is_read_when_people_were_redacted(library: Library) -> None:
    with library.database.writing() as session:
        seal_batch(session, b"key")
        assert redact_before(session, b"key", utc_now() + timedelta(days=1))
    page = library.browser("carin").get(f"/sites/{library.town.slug}/log")
    assert page.status_code == 200
    assert "(removed)" in page.text
