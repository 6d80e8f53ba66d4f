"""What is sent is counted as the provider bills it: of a language model's requests all that it is shown."""

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest

from review_app.db import utc_now
from review_app.engines import Engine
from review_app.engines.contract import EngineConfig
from review_app.engines.isolating import TOO_DEAR
from review_app.engines.libretranslate import LibreTranslate
from review_app.engines.llm import Llm
from review_app.errors import BudgetUsedUp, EngineFailed
from review_app.glossary.service import set_term
from review_app.sites.policy import LanguagePolicy
from review_app.sites.service import set_language, site_by_id
from review_app.translations.budget import budget_of, set_budget
from review_app.translations.drafting import draft
from review_app.translations.offers import Offer, offer
from review_app.translations.planning import plan
from review_app.translations.service import machine_translations
from tests.builders import BuiltPage, build_page
from tests.engines.dialects import numbered
from tests.engines.faulty_server import Answering, Server, faulty_server, good
from tests.houses import House
from tests.jobs.fake_engine import keeping

SENTENCES = [f"Förskolan i {place} är öppen varje vardag." for place in ("Vännäs", "Jock", "Nybyn", "Svartbyn")]
HTML = f"<html lang=sv><title>Förskolor</title><main>{''.join(f'<p>{one}</p>' for one in SENTENCES)}</main></html>"


@pytest.fixture
def server() -> Iterator[Server]:
    with faulty_server() as found:
        yield found


@pytest.fixture
def page(house: House) -> BuiltPage:
    with house.database.writing() as session:
        set_language(session, house.town.site_id, "en", LanguagePolicy.MACHINE_AFTER_REVIEW, "fake")
        set_term(session, house.town.anna, site_by_id(session, house.town.site_id), "förskola", "en", "preschool")
        return build_page(session, house.town.site_id, html=HTML, path="skolor", machine={})


def offered(house: House, page: BuiltPage, engine: Engine) -> Offer:
    with house.database.reading() as session:
        site = site_by_id(session, house.town.site_id)
        return offer(session, house.town.anna, site, [page.page_id], "en", engine)


def drafted(house: House, page: BuiltPage, engine: Engine) -> None:
    with house.database.reading() as session:
        planned = plan(session, house.town.anna, page.page_id, "en", engine)
    draft(house.database, planned, engine, keeping(house.database), lambda: house.town.anna)


def used(house: House, engine: str) -> int:
    with house.database.reading() as session:
        return budget_of(session, site_by_id(session, house.town.site_id), engine, utc_now()).used


def test_all_that_a_model_is_shown_counts_before_and_after(house: House, page: BuiltPage, server: Server) -> None:
    shown: list[int] = []

    def answer(answering: Answering, _texts: list[str]) -> None:
        messages = answering.body["messages"]
        shown.append(sum(len(message["content"]) for message in messages))
        texts = json.loads(messages[1]["content"])["translate"].values()
        content = json.dumps({"translations": numbered([good(text) for text in texts])})
        answering.send(200, json.dumps({"choices": [{"message": {"content": content}}]}).encode())

    server.always = answer
    engine = Llm(EngineConfig(addresses={"llm": f"{server.address}/v1"}, options={"llm.model": "m"}))
    before = offered(house, page, engine)
    drafted(house, page, engine)
    assert (before.asked, before.characters) == (5, sum(shown))
    assert before.characters > sum(map(len, SENTENCES)) + len("preschool"), "the instruction, the title, the terms"
    assert used(house, "llm") == sum(shown)


def test_an_answer_that_is_chatter_was_billed_all_the_same(house: House, page: BuiltPage, server: Server) -> None:
    shown: list[int] = []

    def chat(answering: Answering, _texts: list[str]) -> None:
        shown.append(sum(len(message["content"]) for message in answering.body["messages"]))
        answering.send(200, json.dumps({"choices": [{"message": {"content": "What a nice page!"}}]}).encode())

    server.always = chat
    engine = Llm(EngineConfig(addresses={"llm": f"{server.address}/v1"}, options={"llm.model": "m"}))
    with pytest.raises(EngineFailed, match="no translation"):
        drafted(house, page, engine)
    assert used(house, "llm") == sum(shown) > 0


def test_where_the_budget_ends_nothing_is_asked_again_and_what_was_answered_is_kept(
    house: House, page: BuiltPage, server: Server
) -> None:
    """A batch came back too short: each text would be asked for by itself, and the budget reaches for two of them."""
    server.faults = {0: lambda answering, asked: answering.answer([good(text) for text in asked[1:]])}
    engine = LibreTranslate(EngineConfig(addresses={"libretranslate": server.address}))
    once = offered(house, page, engine).characters
    with house.database.writing() as session:
        site = site_by_id(session, house.town.site_id)
        set_budget(session, house.town.carin, site, engine.name, once + len("Förskolor") + len(SENTENCES[0]))
    with pytest.raises(BudgetUsedUp, match=f"to ask again for {len(SENTENCES) - 1} of the sentences"):
        drafted(house, page, engine)
    assert server.asked[1:] == [["Förskolor"], SENTENCES[:1]]
    assert used(house, engine.name) == sum(len(text) for asked in server.asked for text in asked)
    with house.database.reading() as session:
        kept = machine_translations(session, [segment.segment_id for segment in page.segments], "en")
    said = {segment.source: kept[segment.segment_id][0] for segment in page.segments}
    assert [said[text].text for text in ("Förskolor", SENTENCES[0])] == [good("Förskolor"), good(SENTENCES[0])]
    assert {said[text].rejection for text in SENTENCES[1:]} == {TOO_DEAR}


@pytest.mark.parametrize("limits", [{"most_texts": 100, "most_characters": 90}, {"most_texts": 1}])
def test_what_was_answered_and_billed_is_kept_before_the_next_request_is_sent(
    house: House, page: BuiltPage, server: Server, limits: dict[str, int]
) -> None:
    engine = LibreTranslate(EngineConfig(addresses={"libretranslate": server.address}))
    engine.terms = replace(engine.terms, local=False, **limits)
    server.faults = {1: lambda answering, _asked: answering.send(402, b"{}")}
    with pytest.raises(EngineFailed):
        drafted(house, page, engine)
    drafted(house, page, engine)
    answered = [text for number, asked in enumerate(server.asked) if number != 1 for text in asked]
    assert sorted(answered) == sorted(["Förskolor", *SENTENCES])


def test_a_request_whose_answer_comes_too_late_counts_each_time_it_was_sent(
    house: House, page: BuiltPage, server: Server
) -> None:
    def late(answering: Answering, _asked: list[str]) -> None:
        answering.said.stopped.wait(5)

    server.faults = {0: late, 2: late}
    engine = LibreTranslate(EngineConfig(addresses={"libretranslate": server.address}, timeout=0.5))
    drafted(house, page, engine)
    assert len(server.asked[0]) == len(page.segments), "then a harmless word, and half of them"
    assert used(house, engine.name) == sum(len(text) for asked in server.asked for text in asked)


def test_an_engine_that_says_it_failed_has_billed_nothing(house: House, page: BuiltPage, server: Server) -> None:
    server.always = lambda answering, _asked: answering.send(500, b"{}")
    engine = LibreTranslate(EngineConfig(addresses={"libretranslate": server.address}), sleep=lambda _seconds: None)
    with pytest.raises(EngineFailed):
        drafted(house, page, engine)
    assert used(house, engine.name) == 0
