"""Twenty faults at four places, for each engine over HTTP: each ends as specified, and no wrong text is kept.

A fault meets the requests that hold one of four texts. Engines that are asked for one text at a time have no batch that
could be short, long or in another order.
"""

import socket
import struct
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

import pytest

from review_app.engines.contract import Result
from review_app.errors import EngineFailed
from tests.engines.answering_server import assert_tells_nothing
from tests.engines.dialects import DIALECTS, Answering, Server, engine_at, speaking
from tests.engines.faulty_server import good

TEXTS = [
    "Förskolan Öberg öppnar klockan 7 varje vardag i kommunen.",
    "Läs mer <1>om bygglov 12</1> på vår webbplats i dag.",
    "Avgiften är 500 kronor för varje barn i familjen.",
    "Snöröjningen börjar när det har fallit 8 centimeter.",
]
RIGHT = [good(text) for text in TEXTS]


class End(Enum):
    """How it may end: all texts right; that one rejected and the others right; or a failure in one clear sentence."""

    RIGHT = auto()
    REJECTED = auto()
    FAILED = auto()


@dataclass(frozen=True)
class Fault:
    """What goes wrong with a request; ``once``: how it ends if it happens but once, ``always``: if it goes on."""

    does: Callable[[Answering, list[str]], None]
    once: End
    always: End
    batch: bool = False


def status(number: int, **headers: str) -> Callable[[Answering, list[str]], None]:
    return lambda answering, _texts: answering.send(number, b"{}", **headers)


def body(content: bytes) -> Callable[[Answering, list[str]], None]:
    return lambda answering, _texts: answering.send(200, content)


def reset(answering: Answering, _texts: list[str]) -> None:
    answering.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    answering.connection.close()


def hang_up(answering: Answering, _texts: list[str]) -> None:
    """What a refused connection is to whoever asks: nothing at all."""
    answering.close_connection = True


def drip(answering: Answering, _texts: list[str]) -> None:
    answering.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while not answering.said.stopped.wait(0.01):
        answering.wfile.write(b"a")


def flood(answering: Answering, _texts: list[str]) -> None:
    answering.send_response(200)
    answering.end_headers()
    for _ in range(100):
        answering.wfile.write(b" " * 1024 * 1024)


def texts(make: Callable[[str], str | None]) -> Callable[[Answering, list[str]], None]:
    """Answer well, but for what is made of the text that the fault is about, or of a piece of it."""
    return lambda answering, asked: answering.answer([make(text) if is_met(text) else good(text) for text in asked])


def is_met(text: str) -> bool:
    bare = text.replace("[[1]]", "").replace("[[/1]]", "")
    return bare in place.replace("<1>", "").replace("</1>", "")


place = ""
"""The text that the fault is about."""


def short(answering: Answering, asked: list[str]) -> None:
    answering.answer([good(text) for text in asked if not is_met(text)])


def long(answering: Answering, asked: list[str]) -> None:
    answering.answer([answer for text in asked for answer in ([good(text), "EXTRA"] if is_met(text) else [good(text)])])


def reordered(answering: Answering, asked: list[str]) -> None:
    at = next(index for index, text in enumerate(asked) if is_met(text))
    turned = asked[at:] + asked[:at]
    answering.answer([good(text) for text in turned])


FAULTS = {
    "refused": Fault(hang_up, End.RIGHT, End.FAILED),
    "reset": Fault(reset, End.RIGHT, End.FAILED),
    "slow drip": Fault(drip, End.RIGHT, End.FAILED),
    "429": Fault(status(429), End.RIGHT, End.FAILED),
    "429 with Retry-After": Fault(status(429, Retry_After="1"), End.RIGHT, End.FAILED),
    "500": Fault(status(500), End.RIGHT, End.FAILED),
    "a web page": Fault(body(b"<!doctype html><title>Hello</title>"), End.FAILED, End.FAILED),
    "bad JSON": Fault(body(b'{"translatedText": ["a"'), End.FAILED, End.FAILED),
    "another charset": Fault(body("blåbär".encode("latin-1")), End.FAILED, End.FAILED),
    "100 MB": Fault(flood, End.FAILED, End.FAILED),
    "short": Fault(short, End.RIGHT, End.REJECTED, batch=True),
    "long": Fault(long, End.RIGHT, End.REJECTED, batch=True),
    "reordered": Fault(reordered, End.RIGHT, End.RIGHT, batch=True),
    "empty": Fault(texts(lambda _text: ""), End.REJECTED, End.REJECTED),
    "echo": Fault(texts(lambda text: text), End.REJECTED, End.REJECTED),
    "truncated": Fault(texts(lambda text: good(text)[:2]), End.REJECTED, End.REJECTED),
    "repetition": Fault(texts(lambda _text: "again and again " * 12), End.REJECTED, End.REJECTED),
    "lost placeholder": Fault(texts(lambda text: good(text).replace("[[/1]]", "")), End.RIGHT, End.RIGHT),
    "script": Fault(texts(lambda text: good(text) + "<script>alert(1)</script>"), End.REJECTED, End.REJECTED),
    "NUL and bidi": Fault(texts(lambda text: "\u202e" + good(text) + "\x00"), End.REJECTED, End.REJECTED),
}
CASES = [
    (name, fault)
    for name, dialect in DIALECTS.items()
    for fault in FAULTS
    if dialect.several or not FAULTS[fault].batch
]

ON_A_PAGE = {"a web page", "bad JSON"}
"""The page that ``google`` reads holds no translation then: the text is rejected, the others are right."""

IN_PIECES = {"empty", "echo", "truncated", "repetition", "script", "NUL and bidi"}
"""A text with placeholders that came back broken is asked for again in pieces, which may be well."""


def ends(name: str, fault: str, *, always: bool) -> set[End]:
    """Return how it may end."""
    on_a_page = name == "google" and fault in ON_A_PAGE
    wanted = {End.REJECTED if on_a_page else FAULTS[fault].always if always else FAULTS[fault].once}
    in_pieces = (on_a_page or fault in IN_PIECES) and "<1>" in place and not always
    return wanted | {End.RIGHT} if in_pieces else wanted


def end_of(results: list[Result] | EngineFailed, position: int) -> End:
    """Say how it ended; there must be no wrong text among the results, and a reason wherever there is none."""
    if isinstance(results, EngineFailed):
        assert_tells_nothing(results)
        return End.FAILED
    assert [result.text for index, result in enumerate(results) if index != position] == [
        text for index, text in enumerate(RIGHT) if index != position
    ]
    assert results[position].text in {None, RIGHT[position]}
    assert (results[position].text is None) == bool(results[position].reason)
    return End.REJECTED if results[position].text is None else End.RIGHT


def meet(server: Server, fault: Fault, *, always: bool) -> None:
    """Let the fault meet the first request that holds the text, or each of them."""
    met: list[list[str]] = []

    def does(answering: Answering, asked: list[str]) -> bool:
        if not any(map(is_met, asked)) or (met and not always):
            return False
        met.append(asked)
        fault.does(answering, asked)
        return True

    server.fault = does


@pytest.mark.parametrize("position", range(4))
@pytest.mark.parametrize("always", [False, True], ids=["once", "always"])
@pytest.mark.parametrize(("name", "fault"), CASES)
def test_it_ends_as_specified(
    monkeypatch: pytest.MonkeyPatch, name: str, fault: str, position: int, *, always: bool
) -> None:
    monkeypatch.setitem(globals(), "place", TEXTS[position])
    with speaking(DIALECTS[name]) as server:
        meet(server, FAULTS[fault], always=always)
        engine = engine_at(name, server.address, timeout=0.05 if fault == "slow drip" else 5.0)
        results: list[Result] | EngineFailed
        try:
            results = engine.translate(TEXTS, "sv", "da")
        except EngineFailed as failed:
            results = failed
    assert end_of(results, position) in ends(name, fault, always=always)


@pytest.mark.parametrize("name", DIALECTS)
def test_nobody_there(name: str) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        engine = engine_at(name, f"http://127.0.0.1:{unused.getsockname()[1]}", timeout=1.0)
        with pytest.raises(EngineFailed) as failed:
            engine.translate(TEXTS, "sv", "da")
    assert_tells_nothing(failed.value)


@pytest.mark.parametrize("name", DIALECTS)
def test_without_a_fault_all_is_right(name: str) -> None:
    with speaking(DIALECTS[name]) as server:
        results = engine_at(name, server.address, timeout=5.0).translate(TEXTS, "sv", "da")
    assert [result.text for result in results] == RIGHT
