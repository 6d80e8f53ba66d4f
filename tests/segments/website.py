"""A small website on loopback, which says what was asked of it."""

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


@dataclass
class Website:
    """Pages by path; ``robots`` is its robots.txt, ``None`` for none; ``asked`` lists what was fetched."""

    pages: dict[str, str | bytes] = field(default_factory=dict)
    robots: str | None = None
    asked: list[str] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    address: str = ""

    def answer(self, path: str, etag: str | None) -> tuple[int, bytes, str]:
        if path == "/robots.txt":
            return (200, self.robots.encode(), "text/plain") if self.robots is not None else (404, b"", "text/plain")
        self.asked.append(path)
        if path in self.broken:
            return 500, b"", "text/html"
        if path not in self.pages:
            return 404, b"", "text/html"
        found = self.pages[path]
        body = found if isinstance(found, bytes) else found.replace("{here}", self.address).encode()
        if etag == self.etag(body):
            return 304, b"", "text/html"
        return 200, body, "application/xml" if path.endswith((".xml", ".gz")) else "text/html; charset=utf-8"

    @staticmethod
    def etag(body: bytes) -> str:
        return f'"{hash(body)}"'


def page(title: str, *links: str) -> str:
    anchors = "".join(f'<a href="{link}">Länk till {link.strip("/")}</a>' for link in links)
    return f"<!doctype html><html lang=sv><title>{title}</title><main><h1>{title}</h1><p>{anchors}</p></main>"


def sitemap(*paths: str, index: bool = False) -> str:
    outer, inner = ("sitemapindex", "sitemap") if index else ("urlset", "url")
    entries = "".join(f"<{inner}><loc>{{here}}{path}</loc></{inner}>" for path in paths)
    return f'<?xml version="1.0"?><{outer} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</{outer}>'


def packed(text: str, address: str) -> bytes:
    return gzip.compress(text.replace("{here}", address).encode())


@contextmanager
def serving(website: Website) -> Iterator[Website]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, body, kind = website.answer(self.path, self.headers.get("If-None-Match"))
            self.send_response(status)
            self.send_header("Content-Type", kind)
            if status == 200 and kind.startswith("text/html"):
                self.send_header("ETag", website.etag(body))
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    website.address = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield website
    finally:
        server.shutdown()
        server.server_close()
