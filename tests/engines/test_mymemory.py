"""The engine ``mymemory`` against a loopback server that misbehaves: a translation or a reason, never a warning."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from review_app.engines.client import ATTEMPTS, LARGEST_ANSWER, NONSENSE, REJECTED, TOO_BUSY, UNREACHABLE
from review_app.engines.contract import ANY_LANGUAGE, EngineConfig
from review_app.engines.judging import ECHO, EMPTY, HTML_PAGE
from review_app.engines.mymemory import LONGEST_REQUEST, REFUSED, MyMemory
from review_app.engines.unofficial import NO_PAIR
from review_app.errors import EngineFailed
from tests.engines.answering_server import (
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

WARNING = "MYMEMORY WARNING: YOU USED ALL AVAILABLE FREE TRANSLATIONS FOR TODAY. NEXT AVAILABLE IN 11 HOURS"


def memory(text: Any, code: Any = 200, matches: tuple[dict[str, str], ...] = ()) -> dict[str, Any]:
    """What MyMemory answers."""
    return {"responseData": {"translatedText": text, "match": 0.85}, "responseStatus": code, "matches": list(matches)}


def translated(make: Callable[[str], str]) -> Answer:
    return lambda asked: said(memory(make(asked.fields["q"])))(asked)


@pytest.fixture
def server() -> Iterator[Server]:
    with answering(translated(shouted)) as found:
        yield found


@pytest.fixture
def pauses() -> list[float]:
    return []


@pytest.fixture
def engine(server: Server, pauses: list[float]) -> MyMemory:
    return MyMemory(EngineConfig(addresses={"mymemory": server.address}, timeout=5.0), sleep=pauses.append)


def fields(server: Server, name: str) -> list[str]:
    return [asked.fields[name] for asked in server.asked]


def test_every_text_has_its_answer_in_order(engine: MyMemory, server: Server) -> None:
    results = engine.translate(["Hej då.", "Två böcker."], "sv", "en")
    assert [result.text for result in results] == ["HEJ DA.", "TVA BOCKER."]
    assert [(asked.method, asked.path) for asked in server.asked] == [("GET", "/get")] * 2
    assert fields(server, "langpair") == ["sv-SE|en-GB"] * 2


def test_placeholders_go_as_tokens_and_come_back(engine: MyMemory, server: Server) -> None:
    server.answers = [translated(lambda text: text.replace("Läs", "Read").replace("mer", "more"))]
    (result,) = engine.translate(["Läs <1>mer</1>"], "sv", "en")
    assert result.text == "Read <1>more</1>"
    assert fields(server, "q") == ["Läs [[1]]mer[[/1]]"]


def test_a_placeholder_that_is_lost_is_asked_for_again_in_pieces(engine: MyMemory, server: Server) -> None:
    server.answers = [said(memory("Read more")), translated(shouted)]
    (result,) = engine.translate(["Läs <1>mer</1>"], "sv", "en")
    assert result.text == "LAS <1>MER</1>"


def test_entities_of_the_answer_are_characters(engine: MyMemory, server: Server) -> None:
    server.answers = [said(memory("Q&amp;A isn&#39;t here"))]
    assert engine.translate(["Frågor finns inte här."], "sv", "en")[0].text == "Q&A isn't here"


@pytest.mark.parametrize(
    "answer",
    [
        memory(WARNING),
        memory(f" {WARNING.lower()}"),
        memory(WARNING, 429),
        memory(WARNING, "429"),
        memory("", 403),
        memory("INVALID LANGUAGE PAIR SPECIFIED", "403"),
        {"responseStatus": 403, "responseData": ""},
    ],
    ids=["200", "small letters", "429", "text 429", "403", "text 403", "no data"],
)
def test_a_refusal_is_no_text_and_not_tried_again(engine: MyMemory, server: Server, answer: dict[str, Any]) -> None:
    server.answers = [said(answer)]
    with pytest.raises(EngineFailed) as failed:
        engine.translate([SECRET], "sv", "en")
    assert failed.value.template == REFUSED
    assert_tells_nothing(failed.value)
    assert len(server.asked) == 1


@pytest.mark.parametrize("number", [429, 500, 503])
def test_what_passes_is_waited_out(engine: MyMemory, server: Server, pauses: list[float], number: int) -> None:
    server.answers = [status(number), translated(shouted)]
    assert engine.translate(["Hej då."], "sv", "en")[0].text == "HEJ DA."
    assert len(pauses) == 1


@pytest.mark.parametrize(
    ("number", "reason", "times"),
    [(429, TOO_BUSY, ATTEMPTS), (500, UNREACHABLE, ATTEMPTS + 1), (403, REJECTED, 1), (302, REJECTED, 1)],
)
def test_what_lasts_is_given_up(
    engine: MyMemory, server: Server, pauses: list[float], number: int, reason: str, times: int
) -> None:
    server.answers = [status(number)]
    with pytest.raises(EngineFailed) as failed:
        engine.translate([SECRET], "sv", "en")
    assert (failed.value.template, len(server.asked)) == (reason, times)
    assert pauses == sorted(pauses), "each pause is longer than the one before"
    assert_tells_nothing(failed.value)


@pytest.mark.parametrize(
    "content",
    [
        "<html>Hello</html>",
        "[]",
        "null",
        "{}",
        memory(1),
        memory(["a"]),
        json.dumps(memory("Hello.")) + " " * LARGEST_ANSWER,
    ],
    ids=["page", "list", "null", "nothing", "number", "texts", "5 MB"],
)
def test_nonsense_is_no_translation(engine: MyMemory, server: Server, content: Any) -> None:
    server.answers = [said(content)]
    with pytest.raises(EngineFailed) as failed:
        engine.translate([SECRET], "sv", "en")
    assert failed.value.template == NONSENSE
    assert_tells_nothing(failed.value)


@pytest.mark.parametrize(
    ("text", "reason"), [("", EMPTY), (None, EMPTY), (SECRET, ECHO), ("<html><body>Hello</body></html>", HTML_PAGE)]
)
def test_what_is_no_translation_is_rejected_and_the_rest_kept(
    engine: MyMemory, server: Server, text: str | None, reason: str
) -> None:
    server.answers = [said(memory(text)), translated(shouted)]
    first, second = engine.translate([SECRET, "Hej då."], "sv", "en")
    assert (first.text, first.reason, second.text) == (None, reason, "HEJ DA.")


def test_another_sentence_s_translation_is_not_taken_for_one(engine: MyMemory, server: Server) -> None:
    server.answers = [said(memory("", matches=({"segment": "Hej.", "translation": "Hello."},)))]
    assert engine.translate(["Hej då."], "sv", "en")[0].reason == EMPTY


def test_a_long_text_goes_in_portions_that_end_with_sentences(engine: MyMemory, server: Server) -> None:
    sentence = "Detta är en mening på svenska, där åäö är två byte. "
    english = "This is a sentence in English, where åäö are two bytes. "
    server.answers = [translated(lambda text: text.replace(sentence.strip(), english.strip()))]
    (result,) = engine.translate([(sentence * 20).strip()], "sv", "en")
    assert result.text == (english * 20).strip()
    portions = fields(server, "q")
    assert len(portions) == 3
    assert all(len(portion.encode()) <= LONGEST_REQUEST and portion.endswith(".") for portion in portions)


@pytest.mark.parametrize("length", [LONGEST_REQUEST, LONGEST_REQUEST + 1, 2 * LONGEST_REQUEST])
def test_the_limit_itself_is_within_what_deep_translator_takes(engine: MyMemory, server: Server, length: int) -> None:
    engine.translate(["a" * length], "sv", "en")
    assert "".join(fields(server, "q")) == "a" * length


def test_a_long_text_that_lacks_one_portion_is_no_translation(engine: MyMemory, server: Server) -> None:
    server.answers = [translated(shouted), said(memory(""))]
    (result,) = engine.translate(["Detta är en mening på svenska. " * 30], "sv", "en")
    assert (result.text, result.reason) == (None, EMPTY)


@pytest.mark.parametrize(
    ("target", "code"),
    [
        ("ar", "ar-SA"),
        ("de", "de-DE"),
        ("de-AT", "de-AT"),
        ("fr", "fr-FR"),
        ("nb", "nb-NO"),
        ("no", "nb-NO"),
        ("sr", "sr-Cyrl-RS"),
        ("zh-Hant", "zh-TW"),
        ("ckb", "ckb-IQ"),
    ],
)
def test_languages_go_by_mymemory_s_codes(engine: MyMemory, server: Server, target: str, code: str) -> None:
    assert engine.supports("sv", target)
    engine.translate(["Hej då."], "sv", target)
    assert fields(server, "langpair") == [f"sv-SE|{code}"]


@pytest.mark.parametrize(("source", "target"), [("sv", "fit"), ("sv", "sv"), (ANY_LANGUAGE, "en")])
def test_a_pair_that_it_lacks_is_not_asked_for(engine: MyMemory, server: Server, source: str, target: str) -> None:
    assert not engine.supports(source, target)
    with pytest.raises(EngineFailed) as failed:
        engine.translate([SECRET], source, target)
    assert failed.value.template == NO_PAIR
    assert not server.asked


def test_two_engines_ask_each_their_own_server(engine: MyMemory, server: Server) -> None:
    """Though deep-translator has one ``requests`` for all."""
    with answering(translated(str.lower)) as other:
        second = MyMemory(EngineConfig(addresses={"mymemory": other.address}), sleep=lambda _seconds: None)
        assert second.translate(["HEJ"], "sv", "en")[0].text == "hej"
        assert engine.translate(["hej"], "sv", "en")[0].text == "HEJ"
    assert (len(server.asked), len(other.asked)) == (1, 1)


def test_what_is_asked_has_no_key_and_no_address_of_anyone(engine: MyMemory, server: Server) -> None:
    engine.translate(["Hej då."], "sv", "en")
    (asked,) = server.asked
    assert isinstance(asked, Asked)
    assert set(asked.fields) == {"q", "langpair"}
