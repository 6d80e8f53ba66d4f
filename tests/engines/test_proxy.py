"""Engines of others are asked through the proxy that is set, those of one's own are not, and it learns no text."""

import json
import threading
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from pydantic import ValidationError

from review_app.engines import EngineConfig, engine_config
from review_app.engines.client import EngineClient
from review_app.engines.deepl import DeepL
from review_app.engines.libretranslate import LibreTranslate
from review_app.engines.machines import way_to
from review_app.errors import EngineResting
from review_app.settings import Settings

TEXT = "Hemligt är namnet Åsa Öberg."
KEY = "nyckel-nummer-ett"


class Proxy(BaseHTTPRequestHandler):
    """Answers what it is asked for by itself; of a tunnel it keeps the first bytes, and ends it."""

    asked: list[str]
    seen: list[bytes]

    def do_CONNECT(self) -> None:
        self.asked.append(f"CONNECT {self.path} {self.headers.get('Proxy-Authorization', '')}".strip())
        if "full" in self.path:
            self.send_error(407)
            return
        self.send_response(200)
        self.end_headers()
        self.seen.append(self.connection.recv(65_536))
        self.close_connection = True

    def do_POST(self) -> None:
        self.asked.append(f"POST {self.path}")
        self.rfile.read(int(self.headers["Content-Length"]))
        answer = json.dumps({"translatedText": ["A text."]}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_args: object) -> None:
        pass


@pytest.fixture
def proxy() -> Iterator[tuple[str, type[Proxy]]]:
    kind = type("Proxy", (Proxy,), {"asked": [], "seen": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), kind)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"127.0.0.1:{server.server_address[1]}", kind
    server.shutdown()
    server.server_close()


def config(proxy: str, **addresses: str) -> EngineConfig:
    return EngineConfig(proxy=f"http://{proxy}", keys={"deepl": KEY}, addresses=addresses, timeout=5.0)


def test_an_engine_of_others_is_asked_through_a_tunnel_in_which_nothing_can_be_read(
    proxy: tuple[str, type[Proxy]],
) -> None:
    address, noted = proxy
    with pytest.raises(EngineResting) as failed:
        DeepL(config(f"anna:lösen@{address}"), sleep=lambda _seconds: None).translate([TEXT], "sv", "en")
    assert noted.asked[0].startswith("CONNECT api.deepl.com:443 Basic ")
    assert noted.seen[0][0] == 0x16  # a TLS handshake: RFC 8446, 5.1
    assert TEXT.encode() not in b"".join(noted.seen)
    assert KEY.encode() not in b"".join(noted.seen)
    assert "anna" not in str(failed.value)


def test_a_proxy_that_refuses_is_told_as_an_engine_that_does_not_answer(proxy: tuple[str, type[Proxy]]) -> None:
    address, noted = proxy
    client = EngineClient("deepl", 5.0, sleep=lambda _seconds: None, way=partial(way_to, config(address)))
    with pytest.raises(EngineResting) as failed:
        client.ask("https://full.example/translate", {"q": TEXT})
    assert noted.asked[0] == "CONNECT full.example:443"
    assert address not in str(failed.value)


def test_the_answer_comes_back_through_the_proxy(proxy: tuple[str, type[Proxy]]) -> None:
    address, noted = proxy
    client = EngineClient("deepl", 5.0, way=partial(way_to, config(address)))
    assert client.ask("http://engine.example/translate", {"q": TEXT}) == {"translatedText": ["A text."]}
    assert noted.asked == ["POST http://engine.example/translate"]


def test_an_engine_of_ones_own_is_asked_directly(proxy: tuple[str, type[Proxy]]) -> None:
    address, noted = proxy
    engine = LibreTranslate(config("127.0.0.1:9", libretranslate=f"http://{address}"))
    assert [one.text for one in engine.translate(["En text."], "sv", "en")] == ["A text."]
    assert noted.asked == ["POST /translate"]  # no absolute address: it was asked as a server, not as a proxy


def test_what_the_environment_says_is_not_used(proxy: tuple[str, type[Proxy]], monkeypatch: pytest.MonkeyPatch) -> None:
    address, noted = proxy
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    assert EngineClient("deepl", 5.0).ask(f"http://{address}/translate", {}) == {"translatedText": ["A text."]}
    assert noted.asked == ["POST /translate"]


def test_the_setting_names_a_proxy_and_is_never_shown() -> None:
    settings = Settings(_env_file=None, engine_proxy="http://anna:hemlig@proxy.kommun.example:3128")
    assert engine_config(settings).proxy.endswith("@proxy.kommun.example:3128")
    assert "hemlig" not in repr(settings) + repr(engine_config(settings))
    with pytest.raises(ValidationError, match="http://host:port"):
        Settings(_env_file=None, engine_proxy="proxy.kommun.example:3128")
