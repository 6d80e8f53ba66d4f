"""How each engine over HTTP is asked, and what is taken out of its answer; and Apertium, which is real."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from types import MappingProxyType
from typing import Any

import pytest

from review_app.engines import ENGINES, EngineConfig, engine_config, get_engine
from review_app.engines.apertium import pairs
from review_app.engines.azure import Azure
from review_app.engines.client import LARGEST_ANSWER
from review_app.engines.contract import ANY_LANGUAGE
from review_app.engines.deepl import DeepL
from review_app.engines.google_cloud import GoogleCloud
from review_app.engines.libretranslate import LibreTranslate
from review_app.engines.remote import Remote
from review_app.errors import EngineFailed
from review_app.settings import Settings
from tests.engines.faulty_server import Answering, Server, faulty_server, good
from tests.engines.gates import CountingGate

TEXTS = ["Läs <1>om bygglov</1> här.", "Förskolan är öppen i dag."]

SHAPES: dict[type[Remote], Callable[[list[str]], Any]] = {
    Azure: lambda texts: [{"translations": [{"text": text, "to": "en"}]} for text in texts],
    DeepL: lambda texts: {"translations": [{"detected_source_language": "SV", "text": text} for text in texts]},
    GoogleCloud: lambda texts: {"data": {"translations": [{"translatedText": text} for text in texts]}},
    LibreTranslate: lambda texts: {"translatedText": texts},
}


@pytest.fixture
def server() -> Iterator[Server]:
    with faulty_server() as found:
        yield found


def engine(kind: type[Remote], server: Server, **options: str) -> Remote:
    config = EngineConfig(addresses={kind.name: server.address}, keys={kind.name: "hemlig:fx"}, options=options)
    return kind(config, sleep=lambda _seconds: None)


@pytest.mark.parametrize("kind", SHAPES, ids=lambda kind: kind.name)
def test_texts_come_back_in_order_with_their_placeholders(server: Server, kind: type[Remote]) -> None:
    def answer(answering: Answering, texts: list[str]) -> None:
        answering.send(200, json.dumps(SHAPES[kind]([good(text) for text in texts])).encode())

    server.always = answer
    results = engine(kind, server).translate(TEXTS, "sv", "en")
    assert [result.text for result in results] == [good(text) for text in TEXTS]
    assert len(server.asked) == 1
    for source in ("sv", ANY_LANGUAGE):
        assert engine(kind, server).translate(TEXTS, source, "en")[0].text


@pytest.mark.parametrize(
    ("kind", "header", "value"),
    [
        (Azure, "Ocp-Apim-Subscription-Key", "hemlig:fx"),
        (DeepL, "Authorization", "DeepL-Auth-Key hemlig:fx"),
        (GoogleCloud, "X-Goog-Api-Key", "hemlig:fx"),
    ],
    ids=["azure", "deepl", "google-cloud"],
)
def test_the_key_goes_in_a_header(server: Server, kind: type[Remote], header: str, value: str) -> None:
    server.always = lambda answering, texts: answering.send(200, json.dumps(SHAPES[kind](texts)).encode())
    engine(kind, server).translate(TEXTS, "sv", "en")
    assert {name.lower(): told for name, told in server.headers[0].items()}[header.lower()] == value


@pytest.mark.parametrize("kind", SHAPES, ids=lambda kind: kind.name)
def test_without_a_key_or_an_address_an_engine_says_what_to_set(kind: type[Remote]) -> None:
    bare = kind(EngineConfig())
    reason = bare.usable()
    assert reason is not None
    assert "REVIEW_APP_" in reason
    with pytest.raises(EngineFailed):
        bare.translate(TEXTS, "sv", "en")


@pytest.mark.parametrize(
    ("kind", "target", "known"),
    [
        (DeepL, "en", True),
        (DeepL, "nb", True),
        (DeepL, "so", False),
        (Azure, "ckb", True),
        (Azure, "se", False),
        (GoogleCloud, "so", True),
        (GoogleCloud, "zh-Hant", True),
        (GoogleCloud, "sr-Latn", False),
        (DeepL, "zh-Hant", True),
        (DeepL, "uk-Latn", False),
        (Azure, "sr-Latn", True),
        (Azure, "uz-Cyrl", False),
        (Azure, "pa-Arab", False),
        (GoogleCloud, "fit", False),
    ],
)
def test_which_languages(kind: type[Remote], target: str, known: bool) -> None:
    assert kind(EngineConfig()).supports("sv", target) is known


def test_keys_come_from_the_environment_or_a_file_and_are_not_shown(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "azure"
    file.write_text("ur-filen\n", "utf-8")
    monkeypatch.setenv("REVIEW_APP_DEEPL_KEY", "ur-miljo")
    monkeypatch.setenv("REVIEW_APP_AZURE_KEY", f"file:{file}")
    settings = Settings(_env_file=None)
    config = engine_config(settings)
    assert (config.keys["deepl"], config.keys["azure"]) == ("ur-miljo", "ur-filen")
    assert "ur-" not in repr(settings) + repr(config)
    for broken in ("nyckel-日本", "nyckel\nHost: example.com", "n\u200byckel"):
        monkeypatch.setenv("REVIEW_APP_AZURE_KEY", broken)
        with pytest.raises(ValueError, match="copy it again") as refused:
            Settings(_env_file=None)
        assert broken not in str(refused.value)
    monkeypatch.setenv("REVIEW_APP_AZURE_KEY", " ett \n")
    assert engine_config(Settings(_env_file=None)).keys["azure"] == "ett"
    monkeypatch.setenv("REVIEW_APP_AZURE_KEY", f"file:{tmp_path / 'nowhere'}")
    with pytest.raises(ValueError, match="name a file"):
        Settings(_env_file=None)


def test_every_engine_says_where_texts_go() -> None:
    for name in ENGINES:
        terms = get_engine(name, EngineConfig()).terms
        assert terms.provider
        assert terms.retention
        assert terms.local or terms.country != "–"


needs_apertium = pytest.mark.skipif("swe-dan" not in pairs(), reason="Apertium's Swedish to Danish is not installed")


@needs_apertium
def test_apertium_translates_to_danish() -> None:
    apertium = get_engine("apertium", EngineConfig())
    texts = ["Kommunen är öppen i dag.", "Läs <1>mer</1> här.<2/>", "Rad ett.\nRad två."]
    results = apertium.translate(texts, "sv", "da")
    assert [result.reason for result in results] == [None, None, None]
    assert results[0].text == "Kommunen er åben i dag."
    assert "<1>mere</1>" in (results[1].text or "")
    assert (results[1].text or "").endswith("<2/>")


@needs_apertium
def test_apertium_refuses_a_pair_that_is_not_installed() -> None:
    assert not get_engine("apertium", EngineConfig()).supports("sv", "en")
    with pytest.raises(EngineFailed):
        get_engine("apertium", EngineConfig()).translate(["Hej."], "sv", "en")


def test_every_attempt_passes_the_gate_and_every_request_tells_how_it_went() -> None:
    with faulty_server() as server:
        server.faults = dict.fromkeys(range(2), lambda answering, _texts: answering.send(503, b"{}"))
        gate = asked(server)
        assert gate.passed == [("libretranslate", 0)] * 3
        assert gate.answers == [True]
        server.always = lambda answering, _texts: answering.send(503, b"{}")
        assert asked(server).answers == [False]


def test_an_installation_sets_how_often_an_engine_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REVIEW_APP_ENGINE_PER_MINUTE", "libretranslate=30, deepl = 60")
    assert engine_config(Settings(_env_file=None)).per_minute == {"libretranslate": 30, "deepl": 60}
    with faulty_server() as server:
        assert asked(server, {"libretranslate": 30}).passed == [("libretranslate", 30)]
    for wrong in ("deepl", "deepl=many", "deepl=0"):
        monkeypatch.setenv("REVIEW_APP_ENGINE_PER_MINUTE", wrong)
        with pytest.raises(ValueError, match="write it as deepl=60"):
            Settings(_env_file=None)


def test_an_installation_says_what_it_pays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REVIEW_APP_ENGINE_PRICES", "azure=9.50 EUR, microsoft = 12 SEK,llm=0.8 USD")
    monkeypatch.setenv("REVIEW_APP_LLM_URL", "https://llm.example.com/v1")
    config = engine_config(Settings(_env_file=None))
    prices = {name: (terms.price, terms.currency) for name in ENGINES for terms in [get_engine(name, config).terms]}
    assert prices["azure"] == (9.5, "EUR")
    assert prices["microsoft"] == (12.0, "SEK")
    assert prices["llm"] == (0.8, "USD")
    assert prices["deepl"] == (20.0, "EUR"), "as its provider lists it"
    for wrong in ("azure", "azure=much", "azure=10", "azure=-1 USD", "azure=1 USD, azure=2 USD"):
        monkeypatch.setenv("REVIEW_APP_ENGINE_PRICES", wrong)
        with pytest.raises(ValueError, match="write it as azure="):
            Settings(_env_file=None)


@pytest.mark.parametrize("answer", [b"<!doctype html>", b'{"error": "x"}', b" " * (LARGEST_ANSWER + 1)])
def test_an_answer_that_is_none_is_a_failure(answer: bytes) -> None:
    with faulty_server() as server:
        server.always = lambda answering, _texts: answering.send(200, answer)
        assert set(asked(server).answers) == {False}


def asked(server: Server, per_minute: Mapping[str, int] = MappingProxyType({})) -> CountingGate:
    gate = CountingGate()
    config = EngineConfig(addresses={"libretranslate": server.address}, gate=gate, per_minute=per_minute)
    with suppress(EngineFailed):
        LibreTranslate(config, sleep=lambda _seconds: None).translate(["Hej på dig."], "sv", "en")
    return gate
