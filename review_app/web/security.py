"""What a browser may do with our pages: headers, forged requests, where a redirect may lead.

Nothing inline runs: scripts and styles are files of our own. A view that needs more says so for its own answer:
``loosen("frame-src", "'self'")``.
"""

from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import urlsplit

from flask import Flask, Response, g
from flask_wtf.csrf import CSRFProtect

POLICY: Mapping[str, str] = MappingProxyType(
    {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "connect-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }
)
"""The content security policy, directive by directive."""

HEADERS: Mapping[str, str] = MappingProxyType(
    {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
)
HSTS = "max-age=31536000"

csrf = CSRFProtect()


def init_app(app: Flask, *, staff: bool, https: bool) -> None:
    """Set the headers of every answer; staff pages are never stored, and their forms carry a token."""
    if staff:
        csrf.init_app(app)

    @app.after_request
    def add_headers(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Content-Security-Policy", policy(g.get("loosened", {})))
        if https:
            response.headers.setdefault("Strict-Transport-Security", HSTS)
        if staff:
            response.headers.setdefault("Cache-Control", "no-store")
        return response


def loosen(directive: str, sources: str) -> None:
    """Give one directive other sources, for the answer to this request only."""
    g.setdefault("loosened", {})[directive] = sources


def allow_images_of(*addresses: str | None) -> None:
    """Let the answer show images of the websites of these addresses, and of no other."""
    hosts = {urlsplit(address).netloc for address in addresses if address}
    loosen("img-src", " ".join(["'self'", *sorted(f"https://{host}" for host in hosts if host)]))


def policy(changes: Mapping[str, str]) -> str:
    """Return the content security policy with some directives changed."""
    return "; ".join(f"{directive} {sources}" for directive, sources in {**POLICY, **changes}.items())


def own_path(address: str | None) -> str | None:
    """Return an address if it is a path of this very site, so that nobody is sent elsewhere.

    ``//host``, ``/\\host`` and control characters, which browsers drop, would all lead away.
    """
    if not address or not address.startswith("/") or address[1:2] in {"/", "\\"}:
        return None
    if any(ord(character) < 32 or character == "\x7f" for character in address):
        return None
    parts = urlsplit(address)
    return address if not parts.scheme and not parts.netloc else None
