"""Every staff page needs a sign-in: what is open to strangers is listed here."""

from flask import Flask, Response, request, url_for

from review_app.web.context import find_person
from review_app.web.htmx import go, is_htmx
from review_app.web.security import own_path

OPEN = frozenset(
    {
        "accounts.choose_language",
        "accounts.sign_in",
        "health.alive",
        "health.ready",
        "metrics.show",
        "push.push",
        "static",
    }
)
"""Endpoints that strangers may use."""


def init_app(app: Flask) -> None:
    """Ask strangers to sign in before anything else."""
    app.before_request(_ask_to_sign_in)


def _ask_to_sign_in() -> Response | None:
    if request.endpoint in OPEN or request.endpoint is None or find_person() is not None:
        return None
    return go(url_for("accounts.sign_in", next=_way_back()))


def _way_back() -> str | None:
    """Return the page the person was on, to come back to: that of a form is where it was shown."""
    if request.method == "GET" and not is_htmx():
        return own_path(request.full_path.removesuffix("?")) if request.path != "/" else None
    return None
