"""A request of which not all was sent is billed by nobody: it is tried again, and does not count."""

import socket
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from threading import Thread

import pytest

from review_app.engines.client import ATTEMPTS, EngineClient, directly
from review_app.engines.contract import EngineConfig
from review_app.engines.libretranslate import LibreTranslate
from review_app.engines.machines import way_to
from review_app.errors import EngineResting

TEXT = "Hemligt är namnet Åsa Öberg."
Way = Callable[[str], dict[str, str]]
MORE_THAN_A_SOCKET_HOLDS = 20_000_000  # characters


class Silent:
    """Lets everybody connect, and neither reads nor says anything."""

    def __init__(self) -> None:
        self.connected: list[socket.socket] = []
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self._listening.getsockname()[1]}"
        self._thread = Thread(target=self._accept)
        self._thread.start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                self.connected.append(self._listening.accept()[0])

    def close(self) -> None:
        self._listening.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        for one in (self._listening, *self.connected):
            one.close()


@pytest.fixture
def silent() -> Iterator[Silent]:
    found = Silent()
    yield found
    found.close()


def asked(address: str, text: str = TEXT, way: Way = directly) -> tuple[int, int]:
    """Return how often a request was sent that fails, and how many of its answers came too late."""
    pauses: list[float] = []
    client = EngineClient("deepl", 0.2, sleep=pauses.append, way=way)
    with pytest.raises(EngineResting):
        client.ask(address, {"q": text})
    return len(pauses) + 1, client.late


def test_a_request_that_was_sent_and_not_answered_counts_and_is_sent_once(silent: Silent) -> None:
    assert asked(f"http://{silent.address}") == (1, 1)


def test_a_body_that_the_engine_does_not_read_to_its_end_does_not_count(silent: Silent) -> None:
    assert asked(f"http://{silent.address}", "x" * MORE_THAN_A_SOCKET_HOLDS) == (ATTEMPTS, 0)


def test_a_handshake_that_takes_too_long_does_not_count(silent: Silent) -> None:
    assert asked(f"https://{silent.address}") == (ATTEMPTS, 0)


def test_a_tunnel_that_the_proxy_does_not_make_in_time_does_not_count(silent: Silent) -> None:
    way = partial(way_to, EngineConfig(proxy=f"http://{silent.address}"))
    assert asked("https://engine.example/translate", way=way) == (ATTEMPTS, 0)


def test_what_was_never_sent_is_not_charged(silent: Silent) -> None:
    config = EngineConfig(addresses={"libretranslate": f"https://{silent.address}"}, timeout=0.2)
    engine = LibreTranslate(config, sleep=lambda _seconds: None)
    with pytest.raises(EngineResting):
        engine.translate([TEXT], "sv", "en")
    assert engine.meter.answered == 0
