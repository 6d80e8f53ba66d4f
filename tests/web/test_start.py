from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import update

from review_app.accounts.permissions import COMMAND_LINE
from review_app.pages.service import find_page, note_vanished
from review_app.pages.tables import PageVersion
from review_app.review.states import PageState, Verdict
from review_app.review.views import DecisionView
from review_app.segments.service import import_page
from review_app.web.start import plan
from tests.web.conftest import Browser, House, main_of
from tests.web.test_matrix import head

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_the_plan_sums_up_and_begins_with_the_most_urgent() -> None:
    heads = [
        head("Otolkad", translated=0, minutes_left=0),
        head("Bygglov", risky=3, spot_checks=1, minutes_left=9),
        head("Bygglov", "ar", risky=1, minutes_left=4),
    ]
    made = plan(heads)
    assert (made.passages, made.spot_checks, made.minutes, made.pages) == (4, 1, 13, 3)
    assert made.near == 3, "in English, as the first page"
    assert made.first is heads[1]
    assert plan([]).first is None


@pytest.fixture
def busy(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    mine = [head("Bygglov", risky=2, spot_checks=1, minutes_left=9), head("Avfall", open_flags={}, translated=0)]
    back = DecisionView(Verdict.RETURNED, None, "Vi säger <recycling centre>.", "Bo", NOW)
    offered = head("Skola", state=PageState.SUBMITTED, submission_id=7)
    monkeypatch.setattr("review_app.web.start.today", lambda _session, _actor: mine)
    monkeypatch.setattr("review_app.web.start.returned", lambda _session, _actor: [(mine[0], back)])
    monkeypatch.setattr("review_app.web.start.waiting", lambda _session, _actor: [offered])
    monkeypatch.setattr("review_app.web.navigation.waiting", lambda _session, _actor: [offered])
    return app


def test_anna_sees_her_day_with_one_primary_action(busy: Flask, browser: Browser) -> None:
    browser.sign_in("anna")
    browser.post("/language", {"language": "en"})
    page = browser.get("/").text
    assert "Today: 2 passages at risk; reading all that is left takes about 9 minutes" in page
    assert "Passage by passage, riskiest first: 2 in English" in page
    assert "1 more is a spot check." in page
    assert main_of(page).count("button primary") == 1
    assert "Begin with Bygglov" in page
    assert "Vi säger &lt;recycling centre&gt;." in page
    assert "1 page is not translated yet." in page


def test_what_changed_on_the_website_is_told_in_a_line(app: Flask, house: House, browser: Browser) -> None:
    first, second = (
        "<title>Bad</title><main><p>Öppet i dag.</p></main>",
        "<title>Bad</title><main><p>Stängt.</p></main>",
    )
    with house.installation.database.writing() as session:
        for html, path in ((first, "bad"), (first, "sim"), (second, "bad")):
            import_page(session, COMMAND_LINE, house.site, body=html.encode(), path=path, origin="test")
        session.execute(update(PageVersion).where(PageVersion.number == 1).values(taken_at=NOW))
        sim = find_page(session, house.site, "sim")
        assert sim is not None
        note_vanished(session, COMMAND_LINE, sim.id)
    browser.sign_in("anna")
    browser.post("/language", {"language": "en"})
    page = browser.get("/").text
    assert "1 page changed. 1 page is gone." in page
    assert "gone from the website" in page


def test_the_quality_is_a_line_that_says_when_too_little_was_read(app: Flask, browser: Browser) -> None:
    browser.sign_in("anna")
    browser.post("/language", {"language": "en"})
    assert "/sites/alvby/lately?language=en" in browser.get("/").text
    line = browser.get("/sites/alvby/lately?language=en").text
    assert "Too few sentences were read" in line
    assert "<html" not in line


def test_only_who_may_approve_is_offered_it(busy: Flask, browser: Browser) -> None:
    browser.sign_in("anna")
    assert "/approvals" not in browser.get("/").text
    bo = Browser(busy)
    bo.sign_in("bo")
    assert '<span class="count tabular">1</span>' in bo.get("/").text
    assert "Skola" in bo.get("/approvals").text


def test_nothing_to_do_teaches(app: Flask, carin: Browser) -> None:
    page = carin.get("/").text
    assert 'class="empty"' in page
    assert main_of(page).count("button primary") == 1
    assert "/sites/alvby/import" in page
    assert 'class="empty"' in carin.get("/approvals").text
