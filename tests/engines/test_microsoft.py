"""The engine ``microsoft`` against a loopback server: one request a text, and what goes wrong tells nothing."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from review_app.engines import engine_config
from review_app.engines.client import (
    ATTEMPTS,
    LARGEST_ANSWER,
    NONSENSE,
    REFUSED,
    REJECTED,
    TOO_BUSY,
    UNREACHABLE,
)
from review_app.engines.contract import ANY_LANGUAGE, EngineConfig
from review_app.engines.judging import ECHO, EMPTY, HTML_PAGE
from review_app.engines.microsoft import Microsoft
from review_app.engines.remote import TOO_LONG
from review_app.engines.unofficial import NO_PAIR
from review_app.errors import EngineFailed
from review_app.settings import Settings
from tests.engines.answering_server import (
    KEY,
    SECRET,
    Answer,
    Asked,
    Server,
    answering,
    assert_tells_nothing,
    said,
    status,
)
from tests.engines.shouting import shouted


def text_of(asked: Asked) -> str:
    (one,) = json.loads(asked.body)
    return one["text"]


def translation(text: Any) -> list[Any]:
    """What Microsoft answers."""
    return [{"translations": [{"text": text, "to": "en"}]}]


def translated(make: Callable[[str], str]) -> Answer:
    return lambda asked: said(translation(make(text_of(asked))))(asked)


@pytest.fixture
def server() -> Iterator[Server]:
    with answering(translated(shouted)) as found:
        yield found


@pytest.fixture
def pauses() -> list[float]:
    return []


@pytest.fixture
def engine(server: Server, pauses: list[float]) -> Microsoft:
    config = EngineConfig(
        addresses={"microsoft": server.address},
        keys={"azure": KEY},
        options={"azure.region": "swedencentral"},
        timeout=5.0,
    )
    return Microsoft(config, sleep=pauses.append)


def test_every_text_has_its_answer_and_nothing_else_is_asked_for(engine: Microsoft, server: Server) -> None:
    results = engine.translate(["Hej då.", "Två böcker."], "sv", "zh")
    assert [result.text for result in results] == ["HEJ DA.", "TVA BOCKER."]
    assert [(asked.method, asked.path) for asked in server.asked] == [("POST", "/translate")] * 2
    assert server.asked[0].fields == {"api-version": "3.0", "from": "sv", "to": "zh-Hans"}


def test_the_key_and_the_region_go_in_headers(engine: Microsoft, server: Server) -> None:
    engine.translate(["Hej då."], "sv", "en")
    headers = {name.lower(): value for name, value in server.asked[0].headers.items()}
    assert headers["ocp-apim-subscription-key"] == KEY
    assert headers["ocp-apim-subscription-region"] == "swedencentral"


def test_the_key_is_the_one_that_is_set_for_azure(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "REVIEW_APP_AZURE_KEY" in (Microsoft(EngineConfig()).usable() or "")
    with pytest.raises(EngineFailed):
        Microsoft(EngineConfig()).translate(["Hej då."], "sv", "en")
    monkeypatch.setenv("REVIEW_APP_AZURE_KEY", KEY)
    assert Microsoft(engine_config(Settings(_env_file=None))).usable() is None


def test_placeholders_go_as_tokens_and_come_back(engine: Microsoft, server: Server) -> None:
    server.answers = [translated(lambda text: text.replace("Läs", "Read").replace("mer", "more"))]
    (result,) = engine.translate(["Läs <1>mer</1>"], "sv", "en")
    assert result.text == "Read <1>more</1>"
    assert text_of(server.asked[0]) == "Läs [[1]]mer[[/1]]"


@pytest.mark.parametrize("number", [429, 500, 503])
def test_what_passes_is_waited_out(engine: Microsoft, server: Server, pauses: list[float], number: int) -> None:
    server.answers = [status(number), translated(shouted)]
    assert engine.translate(["Hej då."], "sv", "en")[0].text == "HEJ DA."
    assert len(pauses) == 1


@pytest.mark.parametrize(
    ("number", "reason", "times"),
    [
        (429, TOO_BUSY, ATTEMPTS),
        (500, UNREACHABLE, ATTEMPTS + 1),
        (401, REFUSED, 1),
        (403, REFUSED, 1),
        (302, REJECTED, 1),
    ],
)
def test_what_lasts_is_given_up(engine: Microsoft, server: Server, number: int, reason: str, times: int) -> None:
    server.answers = [status(number)]
    with pytest.raises(EngineFailed) as failed:
        engine.translate([SECRET], "sv", "en")
    assert (failed.value.template, len(server.asked)) == (reason, times)
    assert_tells_nothing(failed.value)


def test_a_server_that_is_not_there_is_given_up() -> None:
    config = EngineConfig(addresses={"microsoft": "http://127.0.0.1:9"}, keys={"azure": KEY}, timeout=1.0)
    with pytest.raises(EngineFailed) as failed:
        Microsoft(config, sleep=lambda _seconds: None).translate([SECRET], "sv", "en")
    assert failed.value.template == UNREACHABLE
    assert_tells_nothing(failed.value)


@pytest.mark.parametrize(
    "content",
    [
        "<html>Hello</html>",
        {"error": {"code": 400036, "message": f"{SECRET} {KEY}"}},
        "{}",
        "[]",
        translation(None),
        translation(1),
        json.dumps(translation("Hello.")) + " " * LARGEST_ANSWER,
    ],
    ids=["page", "error", "nothing", "no text", "null", "number", "5 MB"],
)
def test_nonsense_is_no_translation(engine: Microsoft, server: Server, content: Any) -> None:
    server.answers = [said(content)]
    with pytest.raises(EngineFailed) as failed:
        engine.translate([SECRET], "sv", "en")
    assert failed.value.template == NONSENSE
    assert_tells_nothing(failed.value)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (translation(""), EMPTY),
        ("null", EMPTY),
        (translation(SECRET), ECHO),
        (translation("<html><body>Hello</body></html>"), HTML_PAGE),
    ],
)
def test_what_is_no_translation_is_rejected_and_the_rest_kept(
    engine: Microsoft, server: Server, content: Any, reason: str
) -> None:
    server.answers = [said(content), translated(shouted)]
    first, second = engine.translate([SECRET, "Hej då."], "sv", "en")
    assert (first.text, first.reason, second.text) == (None, reason, "HEJ DA.")


def test_what_is_too_long_is_not_sent(engine: Microsoft, server: Server) -> None:
    (result,) = engine.translate(["a" * 10_001], "sv", "en")
    assert result.reason == TOO_LONG
    assert not server.asked


@pytest.mark.parametrize(("source", "target"), [("sv", "se"), (ANY_LANGUAGE, "en")])
def test_a_pair_that_it_lacks_is_not_asked_for(engine: Microsoft, server: Server, source: str, target: str) -> None:
    assert not engine.supports(source, target)
    with pytest.raises(EngineFailed) as failed:
        engine.translate([SECRET], source, target)
    assert failed.value.template == NO_PAIR
    assert not server.asked


@pytest.mark.parametrize("target", ["en", "nb", "no", "zh", "zh-Hant", "sr", "mn", "ckb", "so"])
def test_which_languages(target: str) -> None:
    assert Microsoft(EngineConfig()).supports("sv", target)
