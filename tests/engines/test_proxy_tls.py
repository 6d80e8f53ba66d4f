"""An engine's answer comes back, encrypted, through the proxy; neither a false certificate nor a slow drip gets by."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from ssl import PROTOCOL_TLS_SERVER, SSLContext

import pytest
import trustme

from review_app.engines.contract import EngineConfig
from review_app.engines.deepl import DeepL
from review_app.errors import EngineResting

TEXT, KEY = "Hemligt är namnet Åsa Öberg.", "nyckel-nummer-ett"
HOST = "api.deepl.com"


class Engine(BaseHTTPRequestHandler):
    """Speaks DeepL's protocol, over TLS; what it was asked is kept."""

    asked: list[tuple[str, str]]
    pause = 0.0

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.asked.append((self.headers["Authorization"], body.decode()))
        answer = json.dumps({"translations": [{"text": "Secret is the name."}]}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        for byte in answer:
            time.sleep(self.pause)
            self.wfile.write(bytes([byte]))

    def log_message(self, *_args: object) -> None:
        pass


class Proxy(BaseHTTPRequestHandler):
    """Makes a tunnel to the engine, whatever host is asked for, and keeps what went through it."""

    engine: tuple[str, int]
    asked: list[str]
    seen: list[bytes]

    def do_CONNECT(self) -> None:
        self.asked.append(self.path)
        with socket.create_connection(self.engine) as outside:
            self.send_response(200)
            self.end_headers()
            back = threading.Thread(target=self._carry, args=(outside, self.connection), daemon=True)
            back.start()
            self._carry(self.connection, outside)
            back.join()
        self.close_connection = True

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while data := one.recv(65_536):
                self.seen.append(data)
                other.sendall(data)
            other.shutdown(socket.SHUT_WR)

    def log_message(self, *_args: object) -> None:
        pass


class Quiet(ThreadingHTTPServer):
    """Prints nothing of who hung up."""

    daemon_threads = True

    def handle_error(self, *_args: object) -> None:
        pass


Way = Callable[..., tuple[DeepL, type[Engine], type[Proxy]]]
"""Makes an engine whose certificate is for a host, asked through the proxy, and what engine and proxy have seen."""


@pytest.fixture
def way(tmp_path: Path) -> Iterator[Way]:
    authority, running = trustme.CA(), []

    def serve(kind: type[BaseHTTPRequestHandler], context: SSLContext | None = None) -> tuple[str, int]:
        server = Quiet(("127.0.0.1", 0), kind)
        if context is not None:
            server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        running.append(server)
        return "127.0.0.1", server.server_address[1]

    def make(host: str, timeout: float = 10.0) -> tuple[DeepL, type[Engine], type[Proxy]]:
        context = SSLContext(PROTOCOL_TLS_SERVER)
        authority.issue_cert(host).configure_cert(context)
        answering = type("Engine", (Engine,), {"asked": []})
        carrying = type("Proxy", (Proxy,), {"engine": serve(answering, context), "asked": [], "seen": []})
        address, port = serve(carrying)
        config = EngineConfig(proxy=f"http://{address}:{port}", keys={"deepl": KEY}, timeout=timeout)
        engine = DeepL(config, sleep=lambda _seconds: None)
        authority.cert_pem.write_to_path(tmp_path / "authority.pem")
        engine._client._session.verify = str(tmp_path / "authority.pem")
        return engine, answering, carrying

    yield make
    for server in running:
        server.shutdown()
        server.server_close()


def test_the_answer_comes_back_encrypted_and_the_proxy_learns_the_host_alone(way: Way) -> None:
    engine, answering, carrying = way(HOST)
    assert [one.text for one in engine.translate([TEXT], "sv", "en")] == ["Secret is the name."]
    assert carrying.asked == [f"{HOST}:443"]
    ((authorization, body),) = answering.asked
    assert (KEY in authorization, TEXT in json.loads(body)["text"][0]) == (True, True)
    through = b"".join(carrying.seen)
    assert through
    assert not any(secret.encode() in through for secret in (TEXT, KEY, "Secret is the name."))


def test_an_engine_that_shows_another_hosts_certificate_is_told_nothing(way: Way) -> None:
    engine, answering, carrying = way("api.deepl.example")
    with pytest.raises(EngineResting):
        engine.translate([TEXT], "sv", "en")
    assert answering.asked == []
    assert not any(secret.encode() in b"".join(carrying.seen) for secret in (TEXT, KEY))


def test_a_slow_drip_through_the_tunnel_ends_at_the_deadline(way: Way) -> None:
    engine, answering, _ = way(HOST, timeout=1.0)
    answering.pause = 0.2
    with pytest.raises(EngineResting):  # all of the answer would have taken ten seconds
        engine.translate([TEXT], "sv", "en")
    assert answering.asked
