"""The engine ``apertium`` where an address is set: a loopback server that speaks as APy does."""

from collections.abc import Callable, Iterator
from time import sleep
from typing import Any

import pytest

from review_app.engines import engine_config
from review_app.engines.apertium import NOT_ON_SERVER, Apertium
from review_app.engines.apertium_server import KNOWN, LONGEST_REQUEST, PAIRS_SECONDS
from review_app.engines.client import ATTEMPTS, NONSENSE, REJECTED, TOO_BUSY, UNREACHABLE, may_be_a_text
from review_app.engines.contract import EngineConfig
from review_app.engines.judging import ECHO, EMPTY, HTML_PAGE
from review_app.errors import EngineFailed
from review_app.settings import Settings
from tests.engines.answering_server import SECRET, Answer, Server, answering, assert_tells_nothing, said, status
from tests.engines.faulty_server import good

PAIRS = said(
    {
        "responseData": [
            {"sourceLanguage": "swe", "targetLanguage": "dan"},
            {"sourceLanguage": "swe", "targetLanguage": "nob"},
        ],
        "responseStatus": 200,
    }
)


def apy(text: Any) -> dict[str, Any]:
    """What the server answers."""
    return {"responseData": {"translatedText": text}, "responseDetails": None, "responseStatus": 200}


def translated(make: Callable[[str], str]) -> Answer:
    return lambda asked: said(apy(make(asked.fields["q"])))(asked)


@pytest.fixture
def server() -> Iterator[Server]:
    KNOWN.clear()  # by address: that of an earlier test may come again
    with answering(PAIRS, translated(str.upper)) as found:
        yield found


@pytest.fixture
def engine(server: Server) -> Apertium:
    return Apertium(
        EngineConfig(addresses={"apertium": f"{server.address}/"}, timeout=5.0), sleep=lambda _seconds: None
    )


def sent(server: Server) -> list[str]:
    return [asked.fields["q"] for asked in server.asked[1:]]


def test_the_address_comes_from_the_settings(monkeypatch: pytest.MonkeyPatch, server: Server) -> None:
    monkeypatch.setenv("REVIEW_APP_APERTIUM_URL", server.address)
    assert Apertium(engine_config(Settings(_env_file=None))).supports("sv", "da")


def test_texts_go_as_forms_and_come_back_in_order(engine: Apertium, server: Server) -> None:
    results = engine.translate(["Hej då.", "Två\nrader."], "sv", "da")
    assert [result.text for result in results] == ["HEJ DÅ.", "TVÅ RADER."]
    assert [(asked.method, asked.path) for asked in server.asked] == [
        ("GET", "/listPairs"),
        ("POST", "/translate"),
        ("POST", "/translate"),
    ]
    assert server.asked[1].fields == {"q": "Hej då.", "langpair": "swe|dan", "format": "txt", "markUnknown": "no"}


def test_the_pairs_are_asked_for_once_and_not_before_they_are_needed(engine: Apertium, server: Server) -> None:
    assert engine.usable() is None
    assert not server.asked
    assert (engine.supports("sv", "da"), engine.supports("sv", "nb"), engine.supports("sv", "en")) == (
        True,
        True,
        False,
    )
    assert len(server.asked) == 1


def test_another_look_at_the_engines_asks_no_more(engine: Apertium, server: Server) -> None:
    engine.supports("sv", "da")
    again = Apertium(EngineConfig(addresses={"apertium": server.address}), sleep=lambda _seconds: None)
    assert again.supports("sv", "nb")
    assert len(server.asked) == 1


def test_whoever_looks_at_a_page_waits_once_and_shortly_for_a_server_that_hangs(server: Server) -> None:
    slept: list[float] = []
    server.answers = [lambda _asked: (sleep(1.0), status(500)(_asked))[1]]
    engine = Apertium(EngineConfig(addresses={"apertium": server.address}, timeout=0.2), sleep=slept.append)
    for _ in range(3):
        with pytest.raises(EngineFailed):
            engine.supports("sv", "da")
    assert (len(server.asked), slept) == (1, [])
    assert PAIRS_SECONDS <= 3


def test_a_pair_that_the_server_lacks_is_not_asked_for(engine: Apertium, server: Server) -> None:
    with pytest.raises(EngineFailed) as failed:
        engine.translate([SECRET], "sv", "nn")
    assert failed.value.template == NOT_ON_SERVER
    assert not sent(server)


def test_placeholders_go_as_tokens_and_come_back(engine: Apertium, server: Server) -> None:
    server.answers = [PAIRS, translated(lambda text: text.replace("mer", "mere"))]
    (result,) = engine.translate(["Läs <1>mer</1> här.<2/>"], "sv", "da")
    assert result.text == "Läs <1>mere</1> här.<2/>"
    assert sent(server) == ["Läs [[1]]mer[[/1]] här.[[2/]]"]


def test_a_placeholder_that_is_lost_is_asked_for_again_in_pieces(engine: Apertium, server: Server) -> None:
    server.answers = [PAIRS, said(apy("Læs mere")), translated(str.upper)]
    (result,) = engine.translate(["Läs <1>mer</1>"], "sv", "da")
    assert result.text == "LÄS <1>MER</1>"


def test_a_long_text_goes_in_portions(engine: Apertium, server: Server) -> None:
    text = ("Detta är en mening om kommunens verksamhet i år. " * 100).strip()
    server.answers = [PAIRS, translated(good)]
    (result,) = engine.translate([text], "sv", "da")
    assert result.text == good(text)
    assert len(sent(server)) == 2
    assert all(len(portion) <= LONGEST_REQUEST and portion.endswith(".") for portion in sent(server))


@pytest.mark.parametrize("number", [429, 500, 503])
def test_what_passes_is_waited_out(engine: Apertium, server: Server, number: int) -> None:
    server.answers = [status(number), PAIRS, status(number), translated(str.upper)]
    assert engine.translate(["Hej då."], "sv", "da")[0].text == "HEJ DÅ."


@pytest.mark.parametrize("before", [[], [PAIRS]], ids=["pairs", "text"])
@pytest.mark.parametrize(
    ("fault", "reason", "times"),
    [
        (status(429), TOO_BUSY, ATTEMPTS),
        (status(500), UNREACHABLE, ATTEMPTS),
        (status(400), REJECTED, 1),
        (status(403), REJECTED, 1),
        (status(302), REJECTED, 1),
        (said("<html>Hello</html>"), NONSENSE, 1),
        (said("[]"), NONSENSE, 1),
        (said({"responseData": None}), NONSENSE, 1),
        (said({"responseData": {"translatedText": 1}}), NONSENSE, 1),
    ],
    ids=["429", "500", "400", "403", "302", "page", "list", "null", "number"],
)
def test_what_lasts_is_given_up_and_tells_nothing(
    engine: Apertium, server: Server, before: list[Answer], fault: Answer, reason: str, times: int
) -> None:
    server.answers = [*before, fault]
    with pytest.raises(EngineFailed) as failed:
        engine.translate([SECRET], "sv", "da")
    harmless = bool(before) and may_be_a_text(failed.value)  # whether the server answers at all is tried by a word
    assert (failed.value.template, len(server.asked)) == (reason, len(before) + times + harmless)
    assert_tells_nothing(failed.value)


@pytest.mark.parametrize(
    ("text", "reason"), [("", EMPTY), (SECRET, ECHO), ("<html><body>Hello</body></html>", HTML_PAGE)]
)
def test_what_is_no_translation_is_rejected_and_the_rest_kept(
    engine: Apertium, server: Server, text: str, reason: str
) -> None:
    server.answers = [PAIRS, said(apy(text)), translated(str.upper)]
    first, second = engine.translate([SECRET, "Hej då."], "sv", "da")
    assert (first.text, first.reason, second.text) == (None, reason, "HEJ DÅ.")
