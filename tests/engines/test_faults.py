"""Whatever an engine over HTTP does, a text is translated rightly or refused with a reason; never kept when wrong."""

import json
import socket
import struct
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from time import sleep

import pytest

from review_app.engines.client import ATTEMPTS, LARGEST_ANSWER, LONGEST_PAUSE, NONSENSE, TOO_BUSY, UNREACHABLE
from review_app.engines.contract import EngineConfig, Result
from review_app.engines.isolating import HARMLESS, NOT_TAKEN, TOO_DEAR
from review_app.engines.libretranslate import LibreTranslate
from review_app.engines.metering import Meter
from review_app.errors import BudgetUsedUp, EngineFailed, EngineResting
from tests.engines.faulty_server import Answering, Fault, Server, faulty_server, good
from tests.engines.gates import CountingGate

TEXTS = [
    "Förskolan öppnar klockan 7 varje vardag i kommunen.",
    "Läs <1>om bygglov 12</1> på vår webbplats i dag.",
    "Avgiften är 500 kronor för varje barn i familjen.",
    "Snöröjningen börjar när det har fallit 8 centimeter.",
]
RIGHT = [good(text) for text in TEXTS]


@pytest.fixture
def server() -> Iterator[Server]:
    with faulty_server() as found:
        yield found


class Engine(LibreTranslate):
    """One that waits for nothing, and notes how long it would have waited."""

    def __init__(self, address: str, timeout: float = 5.0) -> None:
        self.pauses: list[float] = []
        config = EngineConfig(addresses={"libretranslate": address}, keys={"libretranslate": "hemlig"}, timeout=timeout)
        super().__init__(config, sleep=self.pauses.append)


def translate(server: Server, timeout: float = 5.0) -> list[Result]:
    return Engine(server.address, timeout).translate(TEXTS, "sv", "en")


def texts(results: list[Result]) -> list[str | None]:
    return [result.text for result in results]


def reset(answering: Answering, _texts: list[str]) -> None:
    answering.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    answering.connection.close()


def status(number: int, **headers: str) -> Fault:
    return lambda answering, _texts: answering.send(number, b"{}", **headers)


def body(content: bytes) -> Fault:
    return lambda answering, _texts: answering.send(200, content)


def flood(answering: Answering, _texts: list[str]) -> None:
    answering.send_response(200)
    answering.end_headers()
    for _ in range(100):
        answering.wfile.write(b" " * 1024 * 1024)


PASSING = {
    "reset": reset,
    "429": status(429),
    "429 with Retry-After": status(429, Retry_After="2"),
    "500": status(500),
    "503 with a date": status(503, Retry_After="Wed, 21 Oct 2026 07:28:00 GMT"),
}
BUSY = {"429", "429 with Retry-After", "503 with a date"}
LASTING = {name: (fault, TOO_BUSY if name in BUSY else UNREACHABLE) for name, fault in PASSING.items()}
NONSENSICAL = {
    "a web page": body(b"<!doctype html><title>Hello</title>"),
    "bad JSON": body(b'{"translatedText": ["a"'),
    "another charset": body('{"translatedText": ["å"]}'.encode("latin-1")),
    "another shape": body(b'{"text": "x"}'),
    "no list": body(b'{"translatedText": {"a": 1}}'),
    "numbers": body(b'{"translatedText": [1, 2, 3, 4]}'),
    "deep nesting": body(b"[" * 100_000),
    "100 MB": flood,
}


@pytest.mark.parametrize("position", range(ATTEMPTS - 1))
@pytest.mark.parametrize("name", PASSING)
def test_what_passes_is_waited_out(server: Server, name: str, position: int) -> None:
    server.faults = dict.fromkeys(range(position + 1), PASSING[name])
    assert texts(translate(server)) == RIGHT
    assert len(server.asked) == position + 2


@pytest.mark.parametrize("name", LASTING)
def test_what_lasts_is_given_up(server: Server, name: str) -> None:
    server.always, reason = LASTING[name]
    with pytest.raises(EngineFailed) as failed:
        translate(server)
    assert failed.value.template == reason
    tries = [] if name in BUSY else [[HARMLESS]]
    assert server.asked == [server.asked[0]] * ATTEMPTS + tries, "a harmless word fails as well: it is no text's fault"


def test_an_engine_is_waited_for_as_long_as_it_asks(server: Server) -> None:
    server.faults = {0: status(429, Retry_After="7")}
    engine = Engine(server.address)
    engine.translate(TEXTS, "sv", "en")
    assert 7 <= engine.pauses[0] <= 7 * 1.25
    server.always = status(429, Retry_After=str(int(LONGEST_PAUSE) + 1))
    with pytest.raises(EngineResting) as resting:
        engine.translate(TEXTS, "sv", "en")
    assert len(engine.pauses) == 1, "who wants longer is not waited for here: the job is to wait"
    assert resting.value.wait == timedelta(seconds=LONGEST_PAUSE + 1)


def test_how_long_is_read_as_seconds_or_as_a_date_and_never_as_nonsense(server: Server) -> None:
    soon = datetime.now(UTC) + timedelta(hours=2)
    for header, least, most in (
        (format_datetime(soon, usegmt=True), timedelta(minutes=119), timedelta(minutes=121)),
        ("9" * 40, timedelta(days=30), timedelta(days=30)),
    ):
        server.always = status(503, Retry_After=header)
        with pytest.raises(EngineResting) as resting:
            translate(server)
        assert resting.value.wait is not None
        assert least <= resting.value.wait <= most
    server.always = status(503, Retry_After="soon")
    with pytest.raises(EngineResting):
        translate(server)
    assert len(server.asked) == 2 + ATTEMPTS, "as if it had not said"


@pytest.mark.parametrize("name", NONSENSICAL)
def test_nonsense_is_no_translation(server: Server, name: str) -> None:
    server.always = NONSENSICAL[name]
    with pytest.raises(EngineFailed) as failed:
        translate(server)
    assert failed.value.template == NONSENSE


@pytest.mark.parametrize("name", ["a web page", "bad JSON", "another charset", "deep nesting", "100 MB"])
def test_what_is_no_answer_of_an_engine_at_all_is_an_outage_that_passes(server: Server, name: str) -> None:
    """A page of maintenance comes with status 200: the job waits, as it does behind a status 500."""
    server.always = NONSENSICAL[name]
    with pytest.raises(EngineResting):
        translate(server)


@pytest.mark.parametrize("name", ["another shape", "no list", "numbers"])
def test_an_engine_that_speaks_otherwise_than_it_should_is_not_asked_for_ever(server: Server, name: str) -> None:
    server.always = NONSENSICAL[name]
    with pytest.raises(EngineFailed) as failed:
        translate(server)
    assert not isinstance(failed.value, EngineResting)


POISON = "Avgiften är 500 kronor för varje barn i familjen."
POISONOUS = {
    "400": status(400),
    "413": status(413),
    "500": status(500),
    "reset": reset,
    "a web page": body(b"<!doctype html><title>Blocked</title>"),
}


def poisoned(fault: Fault) -> Fault:
    """Do so for requests that hold one text, and answer all others well."""
    return lambda answering, asked: (
        fault(answering, asked) if POISON in asked else answering.answer([good(text) for text in asked])
    )


@pytest.mark.parametrize("name", POISONOUS)
def test_a_text_that_requests_fail_for_costs_only_itself(server: Server, name: str) -> None:
    server.always = poisoned(POISONOUS[name])
    given = [f"Mening nummer {number} om kommunen." for number in range(19)]
    gate = CountingGate()
    config = EngineConfig(addresses={"libretranslate": server.address}, gate=gate)
    engine = LibreTranslate(config, sleep=lambda _seconds: None)
    results = engine.translate([*given, POISON], "sv", "en")
    assert texts(results) == [good(text) for text in given] + [None]
    assert results[-1].reason == NOT_TAKEN
    assert gate.answers[:2] != 2 * [False], "one failure for a request, however often it was tried"
    rows = "".join("f" if not well else "w" for well in gate.answers).split("w")
    assert max(map(len, rows)) <= 1, "and the engine is never taken for ill"


def test_where_the_engine_itself_is_ill_no_text_is_blamed(server: Server) -> None:
    server.always = body(b"<!doctype html><title>Login</title>")
    with pytest.raises(EngineFailed):
        translate(server)
    assert [len(asked) for asked in server.asked] == [4, 1]


def test_a_slow_engine_is_asked_for_less_at_a_time_and_for_nothing_twice(server: Server) -> None:
    def slow(answering: Answering, asked: list[str]) -> None:
        if len(asked) <= 2 or answering.said.stopped.wait(5):
            answering.answer([good(text) for text in asked])

    server.always = slow
    given = [f"Mening nummer {number} om kommunen." for number in range(10)]
    engine = Engine(server.address, timeout=0.5)
    assert texts(engine.translate(given, "sv", "en")) == [good(text) for text in given]
    requests = [tuple(asked) for asked in server.asked if asked != [HARMLESS]]
    assert len(requests) == len(set(requests))
    server.asked.clear()
    assert texts(engine.translate(given, "sv", "en")) == [good(text) for text in given]
    assert [len(asked) for asked in server.asked] == [2] * 5


def test_what_passes_while_a_text_is_asked_for_alone_is_not_its_fault(server: Server) -> None:
    server.faults = {0: body(b"{}"), 2: body(b"{}")}
    assert texts(translate(server)) == RIGHT
    server.asked.clear()
    server.faults = {0: body(b"{}")}
    assert texts(Engine(server.address).translate(TEXTS[:1], "sv", "en")) == RIGHT[:1]


def test_the_limit_is_on_what_is_read_not_on_what_is_announced(server: Server) -> None:
    server.always = body(b" " * (LARGEST_ANSWER + 1))
    with pytest.raises(EngineFailed):
        translate(server)


@pytest.mark.parametrize(
    ("begun", "drop"),
    [
        (b"", b"H"),
        (b"HTTP/1.1 ", b"2"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        (b"HTTP/1.1 200 OK\r\nX-Slow: ", b"a"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n", b" "),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n"),
    ],
    ids=["first line", "status", "endless 100", "headers", "body", "chunks"],
)
def test_a_slow_drip_is_given_up_at_the_deadline_wherever_it_drips(server: Server, begun: bytes, drop: bytes) -> None:
    dripped: list[int] = []

    def drip(answering: Answering, _texts: list[str]) -> None:
        answering.wfile.write(begun)
        for number in range(500):  # ten seconds: the test is over long before, or the deadline does not hold
            dripped.append(number)
            answering.wfile.write(drop)
            if answering.said.stopped.wait(0.02):
                return

    server.always = drip
    with pytest.raises(EngineFailed) as failed:
        translate(server, timeout=0.1)
    assert failed.value.template == UNREACHABLE
    assert max(dripped) < 499, "no answer was waited for to its end"


def test_the_deadline_of_one_answer_is_not_that_of_the_next_on_the_same_connection(server: Server) -> None:
    ports: set[int] = set()

    def slowly(answering: Answering, asked: list[str]) -> None:
        ports.add(answering.client_address[1])
        sleep(0.3)
        content = json.dumps({"translatedText": [good(text) for text in asked]}).encode()
        answering.send(200, content, Content_Length=str(len(content)), Connection="keep-alive")

    server.always = slowly
    engine = Engine(server.address, timeout=0.5)
    for _ in range(2):
        assert texts(engine.translate(TEXTS, "sv", "en")) == RIGHT
    assert (len(server.asked), len(ports)) == (2, 1)


def test_nobody_there() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{unused.getsockname()[1]}"
        with pytest.raises(EngineFailed):
            Engine(address).translate(TEXTS, "sv", "en")


@pytest.mark.parametrize("status_code", [400, 401, 402, 403, 404, 456])
def test_a_refusal_is_not_tried_again(server: Server, status_code: int) -> None:
    server.always = status(status_code)
    with pytest.raises(EngineFailed):
        translate(server)
    assert server.asked[1:] == ([[HARMLESS]] if status_code == 400 else [])


def test_a_redirect_is_not_followed(server: Server) -> None:
    server.always = status(302, Location=server.address)
    with pytest.raises(EngineFailed):
        translate(server)
    assert len(server.asked) == 1


@pytest.mark.parametrize("fault", [*LASTING, *NONSENSICAL])
def test_no_error_holds_the_text_the_key_or_the_address(server: Server, fault: str) -> None:
    server.always = {**PASSING, **NONSENSICAL}[fault]
    with pytest.raises(EngineFailed) as failed:
        translate(server)
    told = repr(failed.value) + str(failed.value.__cause__)
    assert not any(secret in told for secret in ("hemlig", "Förskolan", server.address))
    assert failed.value.__suppress_context__ or failed.value.__context__ is None


@pytest.mark.parametrize("position", range(4))
@pytest.mark.parametrize("kind", ["short", "long", "reordered"])
def test_a_batch_that_came_back_wrong_is_asked_for_one_by_one(server: Server, kind: str, position: int) -> None:
    def fault(answering: Answering, asked: list[str]) -> None:
        answers = [good(text) for text in asked]
        if kind == "short":
            del answers[position]
        elif kind == "long":
            answers.insert(position, "EXTRA")
        else:
            other = (position + 1) % len(answers)
            answers[position], answers[other] = answers[other], answers[position]
        answering.answer(answers)

    server.faults = {0: fault}
    assert texts(translate(server)) == RIGHT
    assert [len(asked) for asked in server.asked] == [4, 1, 1, 1, 1]


def test_what_is_asked_twice_is_counted_twice(server: Server) -> None:
    engine = Engine(server.address)
    engine.translate(TEXTS, "sv", "en")
    sent = sum(map(len, server.asked[0]))
    assert engine.meter.answered == sent == engine.weigh(TEXTS, "sv", "en"), "placeholders as they are sent"
    server.always = lose_a_token
    engine.translate(["Läs <1>mer</1> här."], "sv", "en")
    sent += len("Läs [[1]]mer[[/1]] här.") + len("Läs" + "mer" + "här.")
    assert engine.meter.answered == sent
    server.always = status(400)
    with pytest.raises(EngineFailed):
        engine.translate(TEXTS, "sv", "en")
    assert engine.meter.answered == sent


def lose_a_token(answering: Answering, asked: list[str]) -> None:
    answering.answer([good(text).replace("[[/1]]", "") for text in asked])


def test_what_the_budget_does_not_reach_for_is_not_asked_again_and_the_rest_is_kept(server: Server) -> None:
    def no_more(_characters: int) -> None:
        raise BudgetUsedUp("There is no more.")

    engine, given = Engine(server.address), ["Badet är stängt i dag.", "Läs <1>mer</1> här."]
    engine.meter = Meter(engine.weigh(given, "sv", "en"), no_more)
    server.always = lose_a_token
    kept, lost = engine.translate(given, "sv", "en")
    assert (kept.text, lost.text, lost.reason) == (good(given[0]), None, TOO_DEAR)
    assert len(server.asked) == 1, "the pieces of the second were not asked for"


def test_batches_keep_to_the_engine_s_limits(server: Server) -> None:
    given = [f"Mening nummer {number} om kommunen." for number in range(60)]
    assert texts(Engine(server.address).translate(given, "sv", "en")) == [good(text) for text in given]
    assert [len(asked) for asked in server.asked] == [25, 25, 10]
    (long,) = Engine(server.address).translate(["a" * 5_001], "sv", "en")
    assert long.text is None
    assert len(server.asked) == 3, "what is too long is not sent"


def test_the_key_goes_along_and_nowhere_else(server: Server) -> None:
    engine = Engine(server.address)
    engine.translate(TEXTS[:1], "sv", "en")
    assert "hemlig" not in repr(EngineConfig(keys={"libretranslate": "hemlig"}))
    assert "hemlig" not in json.dumps(server.headers)


def test_what_was_late_but_no_translation_makes_no_request_smaller(server: Server) -> None:
    engine = Engine(server.address)
    engine._client.late += 1  # as a list of languages that was asked for
    assert texts(engine.translate(TEXTS, "sv", "en")) == RIGHT
    assert len(server.asked) == 1
