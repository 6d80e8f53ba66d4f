"""A loopback server that notes each request and gives the answers it was told to, the last one again and again."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from traceback import format_exception
from typing import Any
from urllib.parse import parse_qsl, quote, quote_plus, urlsplit

from review_app.errors import EngineFailed

SECRET = "Hemligt är namnet Åsa Öberg, som bor i Överkalix sedan länge."
KEY = "nyckel-nummer-ett"


@dataclass
class Asked:
    """One request: ``fields`` are those of its address, and of its form if it has one."""

    method: str
    path: str
    fields: dict[str, str]
    headers: dict[str, str]
    body: str


Answer = Callable[[Asked], tuple[int, str]]


@dataclass
class Server:
    """What it was asked, and what it answers."""

    answers: list[Answer]
    address: str = ""
    asked: list[Asked] = field(default_factory=list)

    def next_answer(self) -> Answer:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


class Handler(BaseHTTPRequestHandler):
    """One request."""

    protocol_version = "HTTP/1.0"
    said: Server

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        form = body if "form" in self.headers.get("Content-Type", "") else ""
        fields = dict(parse_qsl(address.query)) | dict(parse_qsl(form))
        asked = Asked(self.command, address.path, fields, dict(self.headers.items()), body)
        self.said.asked.append(asked)
        status, content = self.said.next_answer()(asked)
        self.send_response(status)
        if status == 302:
            self.send_header("Location", self.said.address)
        self.end_headers()
        self.wfile.write(content.encode())

    def do_POST(self) -> None:
        self.do_GET()

    def log_message(self, *_args: object) -> None:
        """Stay silent."""


def status(number: int) -> Answer:
    return lambda _asked: (number, "")


def said(content: Any) -> Answer:
    """Answer with a value as JSON, or with a text as it is."""
    return lambda _asked: (200, content if isinstance(content, str) else json.dumps(content))


@contextmanager
def answering(*answers: Answer) -> Iterator[Server]:
    found = Server(list(answers))
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("One", (Handler,), {"said": found}))
    server.daemon_threads = True
    found.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def assert_tells_nothing(error: EngineFailed) -> None:
    """Neither the text, however it is written, nor the key or the address; not even in a log's traceback."""
    whole = "".join(format_exception(error)) + repr(error.values)
    for secret in ("Öberg", quote("Öberg"), quote_plus(SECRET), json.dumps("Öberg")[1:-1], KEY, "127.0.0.1"):
        assert secret not in whole
