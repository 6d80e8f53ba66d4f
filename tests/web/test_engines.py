"""The page of the engines."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import turbohtml

from review_app.db import utc_now
from review_app.engines import ENGINES
from review_app.engines.apertium_server import KNOWN
from review_app.engines.contract import EngineConfig
from review_app.sites.service import site_by_id
from review_app.translations.budget import set_budget, spend
from review_app.translations.gate import MOST_FAILURES
from review_app.translations.tables import EngineGate
from review_app.web import language, preview
from tests.databases import Backend
from tests.engines.answering_server import Asked, answering, said
from tests.web.library import Library, open_library

ENGINES_PAGE = "/sites/alvby/engines"


@pytest.fixture
def library(backend: Backend, tmp_path: Path) -> Iterator[Library]:
    with open_library(backend, tmp_path) as found:
        yield found


def test_every_engine_with_what_it_lacks_and_where_texts_go(library: Library) -> None:
    page = turbohtml.parse(library.browser("carin").get(ENGINES_PAGE).text)
    rows = {str(row.select("th")[0].text).split()[0]: row.text for row in page.select("tbody tr")}
    assert any("DeepL SE, Germany" in text and "REVIEW_APP_DEEPL_KEY" in text for text in rows.values())
    assert len(page.select("tbody tr")) == len(ENGINES)


def test_it_is_for_administrators(library: Library) -> None:
    assert library.browser("anna").get(ENGINES_PAGE).status_code == 403


@pytest.mark.parametrize("address", [ENGINES_PAGE, "{path}/translate"])
@pytest.mark.parametrize("days_ahead", [0, 1])
def test_an_engine_that_is_left_alone_is_said_to_be_and_until_when(
    library: Library, monkeypatch: pytest.MonkeyPatch, address: str, days_ahead: int
) -> None:
    until = utc_now() + timedelta(minutes=5)
    local = until.astimezone(ZoneInfo("Europe/Stockholm"))
    monkeypatch.setattr(language, "local_today", lambda: local.date() - timedelta(days=days_ahead))
    with library.database.writing() as session:
        session.add(EngineGate(engine="gloss", failures=MOST_FAILURES, closed_until=until))
        session.add(EngineGate(engine="deepl", failures=MOST_FAILURES, closed_until=utc_now()))
    page = turbohtml.parse(library.browser("carin").get(address.format(path=library.path)).text)
    heads = [" ".join(str(head.text).split()) for head in page.select("tbody th")]
    (gloss,) = (head for head in heads if head.startswith("gloss"))
    (tried_again,) = (head for head in heads if head.startswith("deepl"))
    day = rf"{local.day} \w+ " if days_ahead else ""
    assert re.search(rf"left alone until {day}{local:%H:%M}", gloss)
    assert "usable now" not in gloss
    assert "left alone" not in tried_again


def test_a_budget_is_set_shown_and_taken_away(library: Library) -> None:
    carin = library.browser("carin")
    assert carin.post(f"{ENGINES_PAGE}/deepl/budget", {"characters": "500 000"}).status_code == 303
    assert 'value="500000"' in carin.get(ENGINES_PAGE).text
    carin.post(f"{ENGINES_PAGE}/deepl/budget", {"characters": ""})
    assert 'value="500000"' not in carin.get(ENGINES_PAGE).text


def test_what_the_month_has_cost_and_may_cost(library: Library) -> None:
    with library.database.writing() as session:
        site = site_by_id(session, library.town.site_id)
        set_budget(session, library.town.carin, site, "azure", 5_000_000)
        for engine in ("azure", "microsoft"):
            spend(session, site, engine, 250_000, utc_now())
    page = turbohtml.parse(library.browser("carin").get(ENGINES_PAGE).text)
    rows = [" ".join(str(row.text).split()) for row in page.select("tbody tr")]
    (azure,) = (row for row in rows if row.startswith("azure"))
    (microsoft,) = (row for row in rows if row.startswith("microsoft"))
    assert "250,000 characters sent, 2.50 USD" in azure
    assert "at most 50.00 USD by the budget" in azure
    assert "not known here" in microsoft
    assert "250,000 characters sent" in microsoft
    assert "USD" not in microsoft


@pytest.mark.parametrize("typed", ["-1", "mycket", "1,5", "9999999999", "١٢"])
def test_what_is_no_budget_is_refused_in_a_sentence(library: Library, typed: str) -> None:
    answer = library.browser("carin").post(f"{ENGINES_PAGE}/deepl/budget", {"characters": typed})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


def test_who_is_warned_and_when(library: Library) -> None:
    carin = library.browser("carin")
    for characters, told in ((1000, None), (800, "More than 80%"), (700, "The budget is used up")):
        with library.database.writing() as session:
            site = site_by_id(session, library.town.site_id)
            set_budget(session, library.town.carin, site, "deepl", characters)
            if characters == 1000:
                spend(session, site, "deepl", 700, utc_now())
        page = carin.get(ENGINES_PAGE).text
        assert told is None or told in page
        assert ("More than 80%" in page) is (told == "More than 80%")


def test_a_budget_is_for_administrators_and_for_engines_there_are(library: Library) -> None:
    assert library.browser("anna").post(f"{ENGINES_PAGE}/deepl/budget", {"characters": "5"}).status_code == 403
    assert library.browser("carin").post(f"{ENGINES_PAGE}/babel/budget", {"characters": "5"}).status_code == 404


def test_before_a_translation_it_says_what_would_go_where(library: Library) -> None:
    path = f"/sites/alvby/pages/{library.page.page_id}/ar/translate"
    page = turbohtml.parse(library.browser("anna").get(path).text)
    rows = [" ".join(str(row.text).split()) for row in page.select("tbody tr")]
    told = {name: next(row for row in rows if row.startswith(name)) for name in ("google", "deepl", "apertium")}
    assert "8 sentences" in told["google"]
    assert "Google, United States" in told["google"]
    assert "REVIEW_APP_DEEPL_KEY" in told["deepl"]
    assert "does not translate from sv to ar" in told["apertium"] or "not installed" in told["apertium"]


def test_before_a_translation_it_says_that_the_budget_is_nearly_used_up(library: Library) -> None:
    path = f"/sites/alvby/pages/{library.page.page_id}/ar/translate"
    for characters, told in ((799, False), (1, True)):
        with library.database.writing() as session:
            site = site_by_id(session, library.town.site_id)
            set_budget(session, library.town.carin, site, "google", 1000)
            spend(session, site, "google", characters, utc_now())
        assert ("More than 80" in library.browser("anna").get(path).text) is told


def test_no_transaction_waits_for_an_engine_s_server(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[int] = []

    def pairs(asked: Asked) -> tuple[int, str]:
        held.append(library.database.engine.pool.checkedout())
        return said({"responseData": [{"sourceLanguage": "swe", "targetLanguage": "dan"}]})(asked)

    KNOWN.clear()  # by address: that of an earlier test may come again
    with answering(pairs) as server:
        config = EngineConfig(addresses={"apertium": server.address})
        monkeypatch.setattr(preview, "engine_config", lambda _settings: config)
        page = library.browser("anna").get(f"/sites/alvby/pages/{library.page.page_id}/ar/translate").text
    assert "apertium does not translate from sv to ar" in page
    assert held == [0], "it was asked once, with no session open"


def test_approvers_send_nothing_and_see_no_preview(library: Library) -> None:
    path = f"/sites/alvby/pages/{library.page.page_id}/ar/translate"
    assert library.browser("bo").get(path).status_code == 403
