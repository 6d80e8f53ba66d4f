"""A loopback server that speaks like LibreTranslate and misbehaves when told to."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

VOWELS = str.maketrans("aeiouyåäö", "eioauuoea")

Fault = Callable[["Answering", list[str]], None]


@dataclass
class Server:
    """What it was asked, and what it does at the request of a number (from 0); past those it answers well."""

    address: str = ""
    asked: list[list[str]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    faults: dict[int, Fault] = field(default_factory=dict)
    always: Fault | None = None
    stopped: threading.Event = field(default_factory=threading.Event)


def good(text: str) -> str:
    """What a faultless answer is: the sentence with other vowels, tokens as they are."""
    return text.translate(VOWELS)


class Answering(BaseHTTPRequestHandler):
    """One request."""

    protocol_version = "HTTP/1.0"
    said: Server

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.body, texts = body, texts_of(body)
        number = len(self.said.asked)
        self.said.asked.append(texts)
        self.said.headers.append(dict(self.headers.items()))
        fault = self.said.faults.get(number, self.said.always)
        if fault is not None:
            fault(self, texts)
        else:
            self.answer([good(text) for text in texts])

    def answer(self, texts: list[Any]) -> None:
        self.send(200, json.dumps({"translatedText": texts}).encode())

    def send(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Stay silent."""


def texts_of(body: Any) -> list[str]:
    """Return the texts of a request, whichever engine's it is."""
    if isinstance(body, list):
        return [one["Text"] for one in body]
    return list(body.get("q") or body.get("text") or body.get("messages"))


@contextmanager
def faulty_server() -> Iterator[Server]:
    said = Server()
    handler = type("Handler", (Answering,), {"said": said})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
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
