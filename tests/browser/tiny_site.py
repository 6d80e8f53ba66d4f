"""A site of a few fixed answers under the product's content security policy, for tests that need no product."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the site says at one path; a callable text gets the request's headers."""

    text: str | Callable[[Mapping[str, str]], str]
    status: int = 200
    kind: str = "text/html; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)


NOWHERE = Answer("<!doctype html><title>Nowhere</title>", status=404)


@contextmanager
def tiny_site(answers: Mapping[str, Answer]) -> Iterator[str]:
    """Serve these answers on a free port, and yield the site's address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer = answers.get(self.path.partition("?")[0], NOWHERE)
            text = answer.text if isinstance(answer.text, str) else answer.text(dict(self.headers.items()))
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.kind)
            for name, value in {"Content-Security-Policy": POLICY, **answer.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(text.encode())

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.do_GET()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the parameter's given name
            """Stay silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
