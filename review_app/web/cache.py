"""Keeps finished public pages in memory, and gives each again only while nothing public has changed.

Before every answer the database is asked whether anything was committed, so what is withdrawn is gone with the next
request, in every process.
"""

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from werkzeug.http import parse_etags

from review_app.db import Database, is_away
from review_app.publishing.public import public_state

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

MOST_BYTES = 64 * 1024 * 1024
"""Of all pages kept; when there are more, all are forgotten."""

_NEVER_KEPT = ("/static/", "/healthz", "/readyz", "/metrics")
"""Beginnings of paths that are answered anew each time."""

_OWN_HEADERS = frozenset({"x-request-id", "date", "content-length"})


@dataclass(frozen=True, slots=True)
class _Kept:
    """A finished answer; ``etag`` as it stands in its header."""

    headers: tuple[tuple[str, str], ...]
    body: bytes
    etag: str


class PublicCache:
    """Stands before an app that serves public pages."""

    def __init__(self, app: "WSGIApplication", database: Database, proxies: int) -> None:
        self._app, self._database = app, database
        self._by_header = proxies > 0
        self._lock = threading.Lock()
        self._kept: dict[tuple[str, ...], _Kept] = {}
        self._bytes = 0
        self._changes: int | str | None = None
        self._state: tuple[object, ...] | None = None

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer from memory if it is still true, else from the app."""
        path = environ["PATH_INFO"]
        if environ["REQUEST_METHOD"] != "GET" or environ.get("QUERY_STRING") or path.startswith(_NEVER_KEPT):
            return self._app(environ, start_response)
        try:
            state = self._look()
        except Exception as error:
            if not is_away(error):
                raise
            return self._app(environ, start_response)  # which says so, and writes it down
        key = self._key(environ)
        kept = self._kept.get(key)
        if kept is None:
            return self._ask(environ, start_response, key, state)
        asked = environ.get("HTTP_IF_NONE_MATCH")
        if asked and parse_etags(asked).contains_weak(kept.etag.strip('"')):
            start_response("304 Not Modified", [*kept.headers])
            return [b""]
        start_response("200 OK", [*kept.headers, ("Content-Length", str(len(kept.body)))])
        return [kept.body]

    def _look(self) -> tuple[object, ...] | None:
        """Forget everything if anything public has changed; returns the state that holds now."""
        changes = self._database.changes()
        if changes == self._changes:
            return self._state
        with self._database.reading() as session:
            state = public_state(session)
        with self._lock:
            if state != self._state:
                self._forget()
                self._state = state
            self._changes = changes
        return state

    def _ask(
        self, environ: "WSGIEnvironment", start_response: "StartResponse", key: tuple[str, ...], state: object
    ) -> Iterable[bytes]:
        told: list[Any] = []

        def remember(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Callable[[bytes], object]:
            told[:] = [status, headers]
            return start_response(status, headers, exc_info) if exc_info else start_response(status, headers)

        answer = self._app(environ, remember)
        body = b"".join(answer)
        if hasattr(answer, "close"):
            answer.close()
        self._keep(key, told[0], told[1], body, state)
        return [body]

    def _keep(
        self, key: tuple[str, ...], status: str, headers: list[tuple[str, str]], body: bytes, state: object
    ) -> None:
        named = {name.lower(): value for name, value in headers}
        may = named.get("cache-control", "").startswith("public") and "set-cookie" not in named
        if not status.startswith("200") or not may or "etag" not in named:
            return
        kept = tuple((name, value) for name, value in headers if name.lower() not in _OWN_HEADERS)
        with self._lock:
            if state != self._state:
                return  # something was published or withdrawn while this page was made
            if self._bytes + len(body) > MOST_BYTES:
                self._forget()
            self._kept[key] = _Kept(kept, body, named["etag"])
            self._bytes += len(body)

    def _forget(self) -> None:
        self._kept, self._bytes = {}, 0

    def _key(self, environ: "WSGIEnvironment") -> tuple[str, ...]:
        """Return what an answer depends on: its address, as seen from outside."""
        names = ["HTTP_HOST", "wsgi.url_scheme", "SCRIPT_NAME", "PATH_INFO"]
        if self._by_header:
            names += ["HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_PORT"]
        return tuple(str(environ.get(name, "")) for name in names)
