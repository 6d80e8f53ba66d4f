"""Fetching a page: to the address that was checked, within limits, and with one sentence when it fails."""

import gzip
import socket
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from review_app.errors import BadAddress, FetchFailed
from review_app.pages import fetch as module
from review_app.pages.fetch import fetch

PAGE = "<!doctype html><title>Sophämtning</title><p>Vi hämtar på onsdagar.".encode()


class Handler(BaseHTTPRequestHandler):
    """Answers by path; what arrived is kept on the server."""

    def do_GET(self) -> None:
        getattr(self, "get_" + self.path.strip("/").split("?")[0].replace("-", "_"))()

    def answer(self, body: bytes = PAGE, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content_Type": "text/html; charset=utf-8", **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def get_page(self) -> None:
        self.answer(ETag='"1"')

    def get_latin(self) -> None:
        self.answer("<p>åäö".encode("latin-1"), Content_Type="text/html; charset=ISO-8859-1")

    def get_packed(self) -> None:
        self.answer(gzip.compress(PAGE), Content_Encoding="gzip")

    def get_bomb(self) -> None:
        self.answer(gzip.compress(bytes(60_000_000)), Content_Encoding="gzip")

    def get_loop(self) -> None:
        self.answer(b"", 302, Location="/loop")

    def get_moved(self) -> None:
        self.answer(b"", 301, Location="/page")

    def get_inside(self) -> None:
        self.answer(b"", 302, Location="http://169.254.169.254/latest/meta-data/")

    def get_missing(self) -> None:
        self.answer(b"no", 404)

    def get_document(self) -> None:
        self.answer(b"%PDF-1.7", Content_Type="application/pdf")

    def get_drip(self) -> None:
        self.answer(b"<p>")
        while not self.server.over.wait(0.05):  # type: ignore[attr-defined]
            self.wfile.write(b"x")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[Callable[..., module.Fetched]]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.over = threading.Event()  # type: ignore[attr-defined]
    server.handle_error = lambda *_: None  # type: ignore[method-assign, assignment]
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    port = server.server_port
    yield lambda path, **options: fetch(f"http://127.0.0.1:{port}/{path}", allowed_hosts=["127.0.0.1"], **options)
    server.over.set()  # type: ignore[attr-defined]
    server.shutdown()
    server.server_close()


def test_a_page(site) -> None:
    page = site("page")
    assert (page.body, page.charset, page.content_type, page.etag) == (PAGE, "utf-8", "text/html", '"1"')


def test_a_packed_page(site) -> None:
    assert site("packed").body == PAGE


def test_the_charset_of_the_header(site) -> None:
    assert site("latin").charset == "iso-8859-1"


def test_a_page_that_moved(site) -> None:
    page = site("moved")
    assert page.body == PAGE
    assert page.final_url.endswith("/page")


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("missing", "status 404"),
        ("document", "no HTML page but application/pdf"),
        ("loop", "redirects more than 5 times"),
        ("bomb", "larger than 10 MB"),
    ],
)
def test_what_is_no_page_is_refused_in_one_sentence(site, path: str, sentence: str) -> None:
    with pytest.raises(FetchFailed, match=sentence):
        site(path)


def test_a_redirect_into_the_inner_net_is_refused(site) -> None:
    with pytest.raises(BadAddress):
        site("inside")


def test_a_slow_drip_is_given_up_at_the_deadline(site) -> None:
    with pytest.raises(FetchFailed, match="did not answer within"):
        site("drip", seconds=0.4)


def test_a_name_is_resolved_once_and_connected_to_at_that_address() -> None:
    asked: list[str] = []
    connected: list[tuple[str, int]] = []

    def resolver(host: str, _port: int) -> list[str]:
        asked.append(host)
        return ["93.184.216.34"] if len(asked) == 1 else ["127.0.0.1"]  # what a rebinding name server would say

    def connect(address: tuple[str, int], _timeout: float) -> socket.socket:
        connected.append(address)
        raise ConnectionRefusedError(111, "Connection refused")

    with pytest.raises(FetchFailed, match="Connection refused"):
        fetch("http://www.example.se/", resolver=resolver, connect=connect)
    assert asked == ["www.example.se"]
    assert connected == [("93.184.216.34", 80)]


def test_a_name_with_one_private_address_among_public_ones_is_refused() -> None:
    with pytest.raises(BadAddress):
        fetch("http://www.example.se/", resolver=lambda _host, _port: ["93.184.216.34", "10.0.0.1"])


def test_a_host_that_does_not_exist() -> None:
    def resolver(_host: str, _port: int) -> list[str]:
        raise socket.gaierror(-2, "Name or service not known")

    with pytest.raises(FetchFailed, match="no such host"):
        fetch("http://finns-inte.example/", resolver=resolver)
