"""Everything htmx asks of the server, in one place.

htmx-flask stands behind it. It does not know htmx 4's own headers (``HX-Source``, ``HX-Request-Type``), so those are
read here. htmx 4 swaps answers of status 4xx and 5xx too, and follows a redirect inside its request: use ``go`` to send
a person to another page from a form that htmx may have submitted.
"""

from typing import Any

from flask import Flask, Response, make_response, redirect, render_template, request
from htmx_flask import Htmx
from htmx_flask.requests import HtmxHeaders

MESSAGES = "#messages"
"""Where base.html shows what went wrong with a fragment."""


def init_app(app: Flask) -> None:
    """Let answers to htmx and to a browser be cached apart."""
    Htmx(app)
    app.after_request(_vary)
    app.context_processor(lambda: {"wants_fragment": wants_fragment})


def is_htmx() -> bool:
    """Say whether htmx made this request."""
    return bool(_headers())


def wants_fragment() -> bool:
    """Say whether a fragment is asked for: by htmx, for a part of the page, and not to restore history."""
    headers = _headers()
    whole = request.headers.get("HX-Request-Type") == "full" or headers.boosted
    return bool(headers) and not whole and not headers.history_restore_request


def source_id() -> str | None:
    """Return the id of the element that made the request (``HX-Source`` is ``button#save``), if it has one."""
    _, _, found = request.headers.get("HX-Source", "").partition("#")
    return found or None


def fragment_or_page(fragment: str, page: str, /, status: int = 200, **values: Any) -> Response:
    """Render the fragment for htmx, or the page that includes it for a browser; both get the same values."""
    return make_response(render_template(fragment if wants_fragment() else page, **values), status)


def go(address: str) -> Response:
    """Send the person to another of our pages, whether htmx or the browser sent the form."""
    if not is_htmx():
        return make_response(redirect(address, 303))
    response = make_response("", 204)
    response.headers["HX-Redirect"] = address
    return response


def to_messages(response: Response) -> Response:
    """Make htmx show this answer in the page's message area, and leave what was to be swapped alone."""
    response.headers["HX-Retarget"] = MESSAGES
    response.headers["HX-Reswap"] = "innerHTML"
    response.headers["HX-Reselect"] = "[data-error]"
    response.headers["HX-Replace-Url"] = "false"
    return response


def _headers() -> HtmxHeaders:
    return HtmxHeaders(request.headers)


def _vary(response: Response) -> Response:
    response.vary.add("HX-Request")
    return response
