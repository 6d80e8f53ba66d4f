"""How each engine over HTTP speaks, and a loopback server that speaks all of their languages, well or badly."""

import json
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from review_app.engines import Engine, EngineConfig
from review_app.engines.apertium import Apertium
from review_app.engines.azure import Azure
from review_app.engines.deepl import DeepL
from review_app.engines.google import Google
from review_app.engines.google_cloud import GoogleCloud
from review_app.engines.libretranslate import LibreTranslate
from review_app.engines.llm import Llm
from review_app.engines.microsoft import Microsoft
from review_app.engines.mymemory import MyMemory
from tests.engines.faulty_server import good

KEY = "nyckel-nummer-ett"
LIST_PAIRS = {"responseData": [{"sourceLanguage": "swe", "targetLanguage": "dan"}]}


@dataclass(frozen=True)
class Dialect:
    """An engine's protocol: which texts a request holds, and what an answer with these texts is.

    ``several``: whether a request may hold more than one.
    """

    engine: Callable[..., Engine]
    asked: Callable[[Any, dict[str, str]], list[str]]
    answer: Callable[[list[Any]], Any]
    several: bool = True


def _one(texts: Sequence[Any]) -> Any:
    return texts[0]


def _azure(texts: Sequence[Any]) -> Any:
    return [{"translations": [{"text": text, "to": "da"}]} for text in texts]


def numbered(texts: Sequence[Any]) -> dict[str, Any]:
    """Return texts as a language model is given them and gives them back."""
    return {str(number): text for number, text in enumerate(texts, start=1)}


DIALECTS = {
    "apertium": Dialect(
        Apertium,
        lambda _body, fields: [fields["q"]],
        lambda texts: {"responseData": {"translatedText": _one(texts)}, "responseStatus": 200},
        several=False,
    ),
    "azure": Dialect(Azure, lambda body, _fields: [one["Text"] for one in body], _azure),
    "deepl": Dialect(
        DeepL, lambda body, _fields: body["text"], lambda texts: {"translations": [{"text": text} for text in texts]}
    ),
    "google": Dialect(
        Google,
        lambda _body, fields: [fields["q"]],
        lambda texts: f'<html><div class="result-container">{escape(_one(texts) or "")}</div></html>',
        several=False,
    ),
    "google-cloud": Dialect(
        GoogleCloud,
        lambda body, _fields: body["q"],
        lambda texts: {"data": {"translations": [{"translatedText": text} for text in texts]}},
    ),
    "libretranslate": Dialect(LibreTranslate, lambda body, _fields: body["q"], lambda texts: {"translatedText": texts}),
    "llm": Dialect(
        Llm,
        lambda body, _fields: list(json.loads(body["messages"][1]["content"])["translate"].values()),
        lambda texts: {"choices": [{"message": {"content": json.dumps({"translations": numbered(texts)})}}]},
    ),
    "microsoft": Dialect(Microsoft, lambda body, _fields: [one["text"] for one in body], _azure, several=False),
    "mymemory": Dialect(
        MyMemory,
        lambda _body, fields: [fields["q"]],
        lambda texts: {"responseStatus": 200, "responseData": {"translatedText": _one(texts)}, "matches": []},
        several=False,
    ),
}


@dataclass
class Server:
    """What it was asked, and how it answers a request for some texts; without a fault, well."""

    dialect: Dialect
    address: str = ""
    asked: list[list[str]] = field(default_factory=list)
    fault: Callable[["Answering", list[str]], bool] | None = None
    stopped: threading.Event = field(default_factory=threading.Event)


class Answering(BaseHTTPRequestHandler):
    """One request. A fault says whether it has answered."""

    protocol_version = "HTTP/1.0"
    said: Server

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        if address.path == "/listPairs":
            return self.send(200, json.dumps(LIST_PAIRS).encode())
        content = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        is_form = "form" in self.headers.get("Content-Type", "")
        body = json.loads(content) if content and not is_form else None
        texts = self.said.dialect.asked(
            body, dict(parse_qsl(address.query)) | dict(parse_qsl(content if is_form else ""))
        )
        self.said.asked.append(texts)
        if self.said.fault is None or not self.said.fault(self, texts):
            self.answer([good(text) for text in texts])
        return None

    def do_POST(self) -> None:
        self.do_GET()

    def answer(self, texts: list[Any]) -> None:
        content = self.said.dialect.answer(texts)
        self.send(200, (content if isinstance(content, str) else json.dumps(content)).encode())

    def send(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Stay silent."""


class _Listening(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_args: object) -> None:
        """Stay silent, too, when the other side hangs up."""


@contextmanager
def speaking(dialect: Dialect) -> Iterator[Server]:
    said = Server(dialect)
    server = _Listening(("127.0.0.1", 0), type("One", (Answering,), {"said": said}))
    said.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield said
    finally:
        said.stopped.set()
        server.shutdown()
        thread.join()
        server.server_close()


def engine_at(name: str, address: str, timeout: float) -> Engine:
    """Return an engine that asks at an address, and waits for nothing between its attempts."""
    keys = dict.fromkeys(DIALECTS, KEY)
    config = EngineConfig(addresses={name: address}, keys=keys, options={"llm.model": "m"}, timeout=timeout)
    return DIALECTS[name].engine(config, sleep=lambda _seconds: None)
