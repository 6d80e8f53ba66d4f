"""Which error is which HTTP status, and how errors look: a calm page, or one sentence beside what was asked for.

Whatever the request changed is rolled back before the error is shown.
"""

from http import HTTPStatus

import structlog
from flask import Flask, Response, current_app, g, make_response, render_template, request
from flask_babel import gettext
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from review_app.db import AWAY, CLASH, UNFIT, is_away, is_clash, is_unfit
from review_app.errors import (
    BadInput,
    Busy,
    Conflict,
    EngineFailed,
    FetchFailed,
    MailFailed,
    MissingExtra,
    NotAllowed,
    NotFound,
    NotSignedIn,
    ReviewAppError,
)
from review_app.locale import N_
from review_app.web.context import installation, work
from review_app.web.htmx import is_htmx, to_messages

STATUS: dict[type[ReviewAppError], int] = {
    BadInput: 422,
    FetchFailed: 422,
    NotSignedIn: 401,
    NotAllowed: 403,
    NotFound: 404,
    Conflict: 409,
    EngineFailed: 502,
    MailFailed: 502,
    Busy: 503,
    MissingExtra: 501,
}

TITLES = {
    400: N_("This could not be done"),
    401: N_("Sign in first"),
    403: N_("You may not do this"),
    404: N_("Not found"),
    405: N_("This could not be done"),
    409: N_("It changed meanwhile"),
    413: N_("The file is too large"),
    422: N_("This cannot be used as it is"),
    429: N_("Wait a little"),
    500: N_("Something went wrong here"),
    501: N_("Not installed"),
    502: N_("The translation engine did not answer"),
    503: N_("Wait a little"),
}

MESSAGES = {
    404: N_("There is nothing at this address. It may have moved, or the link may be incomplete."),
    405: N_("This address cannot be opened that way. Go back and use the button or the link on the page."),
    413: N_("Files may be at most {megabytes} MB. Choose a smaller one."),
    500: N_("It is a fault of the program, not yours, and nothing was changed. Tell an administrator the number {id}."),
}

FORGED = N_(
    "The form does not belong to your present sign-in: it may have been open since before you signed in. "
    "Go back, reload the page and try again. Copy a text that you wrote first."
)

_log = structlog.get_logger(__name__)


def init_app(app: Flask) -> None:
    """Show every error as a page, or as a message where htmx asked."""
    app.before_request(_refuse_nul)
    app.register_error_handler(ReviewAppError, _show_ours)
    app.register_error_handler(CSRFError, _show_forged)
    app.register_error_handler(HTTPException, _show_http)
    app.register_error_handler(Exception, _show_fault)


def status_of(error: ReviewAppError) -> int:
    """Return the HTTP status of one of our errors: that of its nearest class."""
    return next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), 500)


def error_response(status: int, message: str) -> Response:
    """Return an error as a page, or as a message to htmx. The session is rolled back first."""
    work().roll_back()
    title = gettext(TITLES.get(status) or _phrase(status))
    page = "errors/error.html" if "accounts" in current_app.blueprints else "errors/public.html"
    try:
        if is_htmx():
            return to_messages(make_response(render_template("errors/_error.html", message=message), status))
        return make_response(render_template(page, status=status, title=title, message=message), status)
    except Exception:
        _log.exception("error_page_failed", status=status)
        return make_response(f"{status} {title}. {message}", status, {"Content-Type": "text/plain; charset=utf-8"})


def _refuse_nul() -> Response | None:
    """Refuse the one character that PostgreSQL cannot store; texts, and what readers report, only lose it."""
    values = [request.path, *request.args, *request.args.values()]
    if "accounts" in current_app.blueprints:
        values += [value for name, found in request.form.lists() if name != "text" for value in found]
        values += [file.filename or "" for file in request.files.values()]
    return error_response(400, gettext(UNFIT)) if any("\x00" in value for value in values) else None


def _show_ours(error: ReviewAppError) -> Response:
    work().roll_back()
    status = status_of(error)
    if status >= 500:
        _log.warning("failed", error=error.template, status=status)
    return error_response(status, error.render(gettext))


def _show_forged(_error: CSRFError) -> Response:
    work().roll_back()
    return error_response(400, gettext(FORGED))


def _show_http(error: HTTPException) -> Response:
    if error.response is not None or (error.code or 500) < 400:
        return make_response(error.get_response())
    work().roll_back()
    status = error.code or 500
    template = gettext(MESSAGES.get(status) or N_("The request could not be understood. Go back and try again."))
    message = template.format(megabytes=installation().settings.max_upload_mb, id=g.get("request_id", ""))
    response = error_response(status, message)
    if isinstance(error, RequestEntityTooLarge):
        response.headers["Connection"] = "close"
    for name, value in error.get_headers():
        if name in {"Allow", "Retry-After"}:
            response.headers[name] = value
    return response


def _show_fault(error: Exception) -> Response:
    if is_away(error):
        g.person = None  # the page is to ask the database nothing more
    g.setdefault("person", None)  # nor where it may be what is broken
    if is_away(error) or is_clash(error):
        return _show_passing(error)
    if is_unfit(error):
        return error_response(400, gettext(UNFIT))
    _log.error("fault", path=request.path, exc_info=error)
    work().roll_back()
    message = gettext(MESSAGES[500]).format(id=g.get("request_id", ""))
    return error_response(500, message)


def _show_passing(error: Exception) -> Response:
    """Show a failure of the database that is over in a moment; readers are told no more than to wait."""
    status, message = (503, AWAY) if is_away(error) else (409, CLASH)
    state = getattr(getattr(error, "orig", None), "sqlstate", None)  # the server's own words may hold people's texts
    what = "database away" if status == 503 else "clash"
    _log.warning(what, path=request.path, error=type(error).__name__, sqlstate=state)
    for_staff = "accounts" in current_app.blueprints
    response = error_response(status, gettext(message if for_staff else TITLES[503]))
    if status == 503:
        response.headers["Retry-After"] = "5"
    return response


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return str(status)
