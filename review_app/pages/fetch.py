"""Fetches one public page. Each hop is resolved once, checked, and connected to at exactly that address."""

import http.client
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urljoin

from review_app import __version__
from review_app.db import utc_now
from review_app.errors import FetchFailed, Gone
from review_app.locale import N_
from review_app.pages.addresses import Target, read_url, refuse_unless_public
from review_app.pages.document import LARGEST_BYTES

SECONDS = 30.0
"""For everything: all hops, the slowest drip included."""

CONNECT_SECONDS = 10.0
MOST_REDIRECTS = 5
REDIRECTS = frozenset({301, 302, 303, 307, 308})
GONE = frozenset({404, 410})
HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
CHUNK = 65_536

UNREACHABLE = N_("{url} cannot be reached: {reason}. Check the address and try again.")
TOO_SLOW = N_("{url} did not answer within {seconds} seconds. Try again later.")
TOO_LARGE = N_("{url} is larger than {megabytes} MB. Import a smaller page.")

Resolve = Callable[[str, int], list[str]]
Connect = Callable[[tuple[str, int], float], socket.socket]


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as it came over the network; ``charset`` is the HTTP header's.

    ``unchanged`` says that the website still has what was known of it; the body is empty then.
    """

    url: str
    final_url: str
    body: bytes
    charset: str | None
    content_type: str
    etag: str | None
    last_modified: str | None
    fetched_at: datetime = field(default_factory=utc_now)
    unchanged: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What a website said of a page when it was last fetched, for asking whether it has changed."""

    etag: str | None = None
    last_modified: str | None = None


NEVER_SEEN = Known()


def resolve(host: str, port: int) -> list[str]:
    """Return the IP addresses of a host; raises ``OSError`` when there are none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def fetch(
    url: str,
    *,
    allowed_hosts: Collection[str] = (),
    resolver: Resolve = resolve,
    connect: Connect = socket.create_connection,
    seconds: float = SECONDS,
    known: Known = NEVER_SEEN,
    types: Collection[str] | None = HTML_TYPES,
    largest: int = LARGEST_BYTES,
) -> Fetched:
    """Fetch a page, or a file of other types (any, if ``None``), of at most so many bytes.

    Raises ``BadAddress`` for what may not be fetched, ``Gone`` for what is not there any more, and ``FetchFailed`` for
    what does not answer.
    """
    deadline = time.monotonic() + seconds
    address = url
    for _ in range(MOST_REDIRECTS + 1):
        target = read_url(address, allowed_hosts)
        with _Exchange(target, resolver, connect, deadline, seconds, known) as exchange:
            response = exchange.response
            location = response.getheader("Location")
            if response.status in REDIRECTS and location:
                address = urljoin(target.url, location)
                continue
            return _page(url, target, response, exchange, types, largest)
    raise FetchFailed(N_("{url} redirects more than {most} times. Check the address."), url=url, most=MOST_REDIRECTS)


class _Exchange:
    """One request to one address, given up at the deadline whatever the other side does."""

    def __init__(
        self, target: Target, resolver: Resolve, connect: Connect, deadline: float, seconds: float, known: Known
    ) -> None:
        self.target = target
        self._known = known
        self._deadline = deadline
        self._seconds = seconds
        self._late = False
        address = self._resolved(resolver)
        self._socket = self._connected(connect, address)
        self._timer = threading.Timer(max(0.0, deadline - time.monotonic()), self._give_up)
        self._timer.daemon = True
        self._timer.start()
        self._response: http.client.HTTPResponse | None = None
        try:
            self.response = self._response = self._request()
        except BaseException:
            self.__exit__()
            raise

    def __enter__(self) -> "_Exchange":
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        if self._response is not None:
            self._response.close()
        self._socket.close()

    def read(self) -> bytes:
        """Return some bytes of the body, none at its end."""
        try:
            data = self.response.read1(CHUNK)
        except (OSError, http.client.HTTPException) as error:
            raise self._failed(error) from error
        if self._late:
            raise self._too_slow()
        return data

    def _resolved(self, resolver: Resolve) -> str:
        try:
            addresses = resolver(self.target.host, self.target.port)
        except OSError as error:
            raise FetchFailed(UNREACHABLE, url=self.target.url, reason="there is no such host") from error
        if not addresses:
            raise FetchFailed(UNREACHABLE, url=self.target.url, reason="there is no such host")
        refuse_unless_public(self.target, addresses)
        return addresses[0]

    def _connected(self, connect: Connect, address: str) -> socket.socket:
        left = min(CONNECT_SECONDS, self._deadline - time.monotonic())
        if left <= 0:
            raise self._too_slow()
        try:
            plain = connect((address, self.target.port), left)
            if self.target.scheme != "https":
                return plain
            try:
                return ssl.create_default_context().wrap_socket(plain, server_hostname=self.target.host)
            except BaseException:
                plain.close()
                raise
        except OSError as error:
            raise self._failed(error) from error

    def _request(self) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection(self.target.host, self.target.port, timeout=CONNECT_SECONDS)
        connection.sock = self._socket  # already connected to the address that was checked
        port = "" if self.target.port in {80, 443} else f":{self.target.port}"
        host = f"[{self.target.host}]" if ":" in self.target.host else self.target.host
        try:
            connection.putrequest("GET", self.target.path, skip_host=True, skip_accept_encoding=True)
            for name, value in (
                ("Host", host + port),
                ("User-Agent", f"review-app/{__version__}"),
                ("Accept", "text/html,application/xhtml+xml"),
                ("Accept-Encoding", "gzip, identity"),
                ("Connection", "close"),
                ("If-None-Match", self._known.etag),
                ("If-Modified-Since", self._known.last_modified),
            ):
                if value is not None:
                    connection.putheader(name, value)
            connection.endheaders()
            return connection.getresponse()  # which takes the socket over
        except (OSError, http.client.HTTPException) as error:
            raise self._failed(error) from error

    def _give_up(self) -> None:
        self._late = True
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)

    def _failed(self, error: Exception) -> FetchFailed:
        if self._late or isinstance(error, TimeoutError):
            return self._too_slow()
        reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
        return FetchFailed(UNREACHABLE, url=self.target.url, reason=reason)

    def _too_slow(self) -> FetchFailed:
        return FetchFailed(TOO_SLOW, url=self.target.url, seconds=round(self._seconds))


def _page(
    url: str,
    target: Target,
    response: http.client.HTTPResponse,
    exchange: _Exchange,
    types: Collection[str] | None,
    largest: int,
) -> Fetched:
    content_type = response.headers.get_content_type()
    if response.status == 304:
        return Fetched(
            url, target.url, b"", None, content_type, response.getheader("ETag"), response.getheader("Last-Modified"),
            unchanged=True,
        )  # fmt: skip
    if response.status in GONE:
        raise Gone(N_("{url} is not there any more (status {status})."), url=target.url, status=response.status)
    if response.status != 200:
        raise FetchFailed(
            N_("{url} answered with status {status}. Check the address."), url=target.url, status=response.status
        )
    if types is not None and content_type not in types:
        raise FetchFailed(
            N_("{url} is no HTML page but {type}. Give the address of a web page."), url=target.url, type=content_type
        )
    return Fetched(
        url=url,
        final_url=target.url,
        body=_body(target, response, exchange, largest),
        charset=response.headers.get_content_charset(),
        content_type=content_type,
        etag=response.getheader("ETag"),
        last_modified=response.getheader("Last-Modified"),
    )


def _body(target: Target, response: http.client.HTTPResponse, exchange: _Exchange, largest: int) -> bytes:
    """Read the body, unpacked, up to the largest page there may be."""
    encoding = (response.getheader("Content-Encoding") or "identity").strip().lower()
    if encoding not in {"identity", "gzip", "x-gzip", ""}:
        raise FetchFailed(UNREACHABLE, url=target.url, reason=f"it is packed as {encoding}")
    unpack = zlib.decompressobj(zlib.MAX_WBITS | 16) if "gzip" in encoding else None
    body = bytearray()
    while chunk := exchange.read():
        try:
            body += unpack.decompress(chunk, largest + 1 - len(body)) if unpack else chunk
        except zlib.error as error:
            raise FetchFailed(UNREACHABLE, url=target.url, reason="it is packed wrongly") from error
        if len(body) > largest:
            raise FetchFailed(TOO_LARGE, url=target.url, megabytes=largest // 1024**2)
    return bytes(body)
