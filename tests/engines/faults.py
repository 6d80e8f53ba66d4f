"""Twenty things that go wrong between us and an engine, and how each is to end."""

import socket
import struct
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from tests.engines.dialects import Answering, Server
from tests.engines.faulty_server import good

TEXTS = [
    "Förskolan Öberg öppnar tidigt varje vardag i kommunen.",
    "Läs mer <1>om bygglov</1> på vår webbplats i dag.",
    "Avgiften är densamma för varje barn i familjen.",
    "Snöröjningen börjar när det har fallit åtta centimeter.",
]
"""Without numbers, so that nothing but the rule for a fault can tell that an answer is wrong."""

TOLD_APART = [
    "Förskolan Öberg öppnar klockan 7 varje vardag i kommunen.",
    "Läs mer <1>om bygglov</1> på vår webbplats i dag.",
    "Avgiften till SMHI är densamma för varje barn i familjen.",
    "Snöröjningen i ÖREBRO börjar när det har snöat länge.",
]
"""A number, a link or a name in each: that tells answers in another order, where an engine only promises the order."""

Does = Callable[[Answering, list[str], list[bool]], None]
"""Answers a request for some texts; told which of them are, or belong to, the text that the fault is about."""


class End(Enum):
    """How it may end: all texts right; that one rejected and the others right; or a failure in one clear sentence."""

    RIGHT = auto()
    REJECTED = auto()
    FAILED = auto()


@dataclass(frozen=True)
class Fault:
    """What goes wrong; ``once``: how it ends if it happens but once, ``always``: if it goes on.

    ``batch``: it takes a request for several texts. ``in_pieces``: a text with placeholders is asked for again in
    pieces, and may come out right.
    """

    does: Does
    once: End
    always: End
    batch: bool = False
    in_pieces: bool = False


def status(number: int, **headers: str) -> Does:
    return lambda answering, _asked, _met: answering.send(number, b"{}", **headers)


def body(content: bytes) -> Does:
    return lambda answering, _asked, _met: answering.send(200, content)


def reset(answering: Answering, _asked: list[str], _met: list[bool]) -> None:
    answering.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    answering.connection.close()


def hang_up(answering: Answering, _asked: list[str], _met: list[bool]) -> None:
    """What a refused connection is to whoever asks: nothing at all."""
    answering.close_connection = True


def drip(answering: Answering, _asked: list[str], _met: list[bool]) -> None:
    answering.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while not answering.said.stopped.wait(0.01):
        answering.wfile.write(b"a")


def flood(answering: Answering, _asked: list[str], _met: list[bool]) -> None:
    answering.send_response(200)
    answering.end_headers()
    for _ in range(100):
        answering.wfile.write(b" " * 1024 * 1024)


def spoilt(make: Callable[[str], str]) -> Does:
    """Answer well, but for what is made of the text that the fault is about."""
    return lambda answering, asked, met: answering.answer(
        [make(text) if is_met else good(text) for text, is_met in zip(asked, met, strict=True)]
    )


def short(answering: Answering, asked: list[str], met: list[bool]) -> None:
    answering.answer([good(text) for text, is_met in zip(asked, met, strict=True) if not is_met])


def long(answering: Answering, asked: list[str], met: list[bool]) -> None:
    answering.answer(
        [one for text, is_met in zip(asked, met, strict=True) for one in [good(text)] + ["EXTRA"] * is_met]
    )


def reordered(answering: Answering, asked: list[str], met: list[bool]) -> None:
    """Let the text that the fault is about and the next one change places; one alone has none to change with."""
    at = met.index(True)
    answers, other = [good(text) for text in asked], (at + 1) % len(asked)
    answers[at], answers[other] = answers[other], answers[at]
    answering.answer(answers)


def rejected(make: Callable[[str], str]) -> Fault:
    return Fault(spoilt(make), End.REJECTED, End.REJECTED, in_pieces=True)


def busy(does: Does) -> Fault:
    return Fault(does, End.RIGHT, End.FAILED)


def of_the_text(does: Does) -> Fault:
    """What happens for one text again and again while others are answered is that text's fault."""
    return Fault(does, End.RIGHT, End.REJECTED)


FAULTS = {
    "refused": of_the_text(hang_up),
    "reset": of_the_text(reset),
    "slow drip": of_the_text(drip),
    "429": busy(status(429)),
    "429 with Retry-After": busy(status(429, Retry_After="1")),
    "500": of_the_text(status(500)),
    "a web page": of_the_text(body(b"<!doctype html><title>Hello</title>")),
    "bad JSON": of_the_text(body(b'{"translatedText": ["a"')),
    "another charset": of_the_text(body("blåbär".encode("latin-1"))),
    "100 MB": of_the_text(flood),
    "short": Fault(short, End.RIGHT, End.REJECTED, batch=True),
    "long": Fault(long, End.RIGHT, End.REJECTED, batch=True),
    "reordered": Fault(reordered, End.RIGHT, End.RIGHT, batch=True),
    "empty": rejected(lambda _text: ""),
    "echo": rejected(lambda text: text),
    "truncated": rejected(lambda text: good(text)[:2]),
    "repetition": rejected(lambda _text: "again and again " * 12),
    "lost placeholder": Fault(spoilt(lambda text: good(text).replace("[[/1]]", "")), End.RIGHT, End.RIGHT),
    "script": rejected(lambda text: good(text) + "<script>alert(1)</script>"),
    "NUL and bidi": rejected(lambda text: "\u202e" + good(text) + "\x00"),
}


def meet(server: Server, fault: Fault, place: str, *, always: bool) -> None:
    """Let the fault meet the first request that holds a text, or a piece of it; or each of them."""
    whole = place.replace("<1>", "").replace("</1>", "")
    before: list[list[str]] = []

    def does(answering: Answering, asked: list[str]) -> bool:
        met = [text.replace("[[1]]", "").replace("[[/1]]", "") in whole for text in asked]
        if not any(met) or (before and not always):
            return False
        before.append(asked)
        fault.does(answering, asked, met)
        return True

    server.fault = does
