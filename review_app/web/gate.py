"""Every staff page needs a sign-in, but for what the table of access opens to strangers."""

from urllib.parse import urlsplit

from flask import Flask, Response, make_response, render_template, request, url_for

from review_app.errors import NotSignedIn
from review_app.locale import N_
from review_app.web.access import OPEN
from review_app.web.box import box_text
from review_app.web.context import find_person
from review_app.web.htmx import go, is_htmx
from review_app.web.security import own_path

HERE = "X-Sign-In"
"""A header by which a page says that it asks for a sign-in itself, so that it need not be left."""


def init_app(app: Flask) -> None:
    """Ask strangers to sign in before anything else."""
    app.before_request(_ask_to_sign_in)


def _ask_to_sign_in() -> Response | None:
    if request.endpoint in OPEN or request.endpoint is None or find_person() is not None:
        return None
    if request.headers.get(HERE):
        raise NotSignedIn(N_("Sign in to go on."))
    text = box_text()
    if text and not is_htmx():
        return make_response(render_template("accounts/kept.html", text=text, target=_way_back()), 401)
    return go(url_for("accounts.sign_in", next=_way_back()))


def _way_back() -> str | None:
    """Return the page the person was on, to come back to: that of a form is where it was shown."""
    if request.method == "GET" and not is_htmx():
        return own_path(request.full_path.removesuffix("?")) if request.path != "/" else None
    return own_path(urlsplit(request.headers.get("Referer", ""))._replace(scheme="", netloc="", fragment="").geturl())
