"""Pages that are opened by a link from a mail: an invitation, a new password. Nobody has to be signed in for them.

The link's token is in the query, which no log has, and goes on in the form; it is good for one use.
"""

from flask import Blueprint, Response, make_response, render_template, request, url_for
from flask import session as cookie
from flask_babel import get_locale, gettext

from review_app.accounts import credentials, invitations
from review_app.accounts.permissions import ROLE_NAMES
from review_app.accounts.signing_in import begin
from review_app.errors import BadInput, NotFound, ReviewAppError
from review_app.notifications.mail import can_send
from review_app.web.context import SIGN_IN, db, installation, work
from review_app.web.devices import remember, this_device
from review_app.web.errors import status_of
from review_app.web.htmx import go
from review_app.web.throttle import ASKED_TOO_OFTEN, count_asked, own_network, seconds_to_wait, told_to_wait

blueprint = Blueprint("links", __name__)

MOST_LETTERS = 3
"""Links for a new password that an address is sent in an hour; more is answered the same, and not sent."""


MOST_ASKED = 20
"""Links that are asked for from one network address, whoever they are for, before it has to wait."""


@blueprint.get("/invitation")
def invitation() -> Response:
    """Show what somebody is invited to, with the form that accepts it."""
    return _invitation()


@blueprint.post("/invitation")
def accept() -> Response:
    """Accept an invitation; who is new here chooses a password and is signed in."""
    name, password = request.form.get("name", "").strip()[:200], request.form.get("password", "")[:1000]
    try:
        email = invitations.offer_of(db(), _token()).email
        person_id, new = invitations.accept(db(), _token(), name=name, password=password, address=request.remote_addr)
    except NotFound as error:
        return _over(error)
    except BadInput as error:
        work().roll_back()
        return _invitation(error.render(gettext), status_of(error))
    if not new:
        return go(url_for("accounts.sign_in", told="accepted"))
    return _signed_in(person_id, email)


@blueprint.get("/forgot")
def forgot() -> Response:
    """Show the form that asks for a link."""
    sends = can_send(installation().settings)
    return make_response(render_template("accounts/forgot.html", sends=sends, problem=None))


@blueprint.post("/forgot")
def ask() -> Response:
    """Have a link sent. The answer, and the work until it, are the same whether or not there is such a person."""
    email = request.form.get("email", "").strip().lower()[:320]
    network, account = f"letters to {own_network()}", f"letters for {email}"
    sends, wait = can_send(installation().settings), seconds_to_wait({network: MOST_ASKED})
    if wait or not sends:
        problem = told_to_wait(wait, ASKED_TOO_OFTEN) if wait else None
        return make_response(
            render_template("accounts/forgot.html", sends=sends, problem=problem), 429 if wait else 422
        )
    enough = seconds_to_wait({account: MOST_LETTERS})
    count_asked(network, account)
    if not enough:
        credentials.ask_for_letter(db(), email, str(get_locale()))
    return make_response(render_template("accounts/asked.html", email=email, hours=credentials.HOURS))


@blueprint.get("/new-password")
def new_password() -> Response:
    """Show the form that sets a new password."""
    return _new_password()


@blueprint.post("/new-password")
def set_password() -> Response:
    """Set a new password and sign this browser in; all others are signed out."""
    try:
        person_id, email = credentials.set_password(
            db(), _token(), request.form.get("password", "")[:1000], request.remote_addr
        )
    except NotFound as error:
        return _over(error)
    except BadInput as error:
        work().roll_back()
        return _new_password(error.render(gettext), status_of(error))
    return _signed_in(person_id, email)


def _signed_in(person_id: int, email: str) -> Response:
    days = installation().settings.session_days
    cookie.clear()
    cookie.permanent = True
    cookie[SIGN_IN] = begin(db(), person_id, days=days, device=this_device(), way="link")
    response = go(url_for("start.home", told="welcome"))
    remember(response, email)
    return response


def _invitation(problem: str | None = None, status: int = 200) -> Response:
    try:
        offer = invitations.offer_of(db(), _token())
    except NotFound as error:
        return _over(error)
    page = render_template(
        "accounts/invitation.html",
        offer=offer,
        token=_token(),
        role_names=ROLE_NAMES,
        problem=problem,
        name=request.form.get("name", offer.name),
    )
    return make_response(page, status)


def _new_password(problem: str | None = None, status: int = 200) -> Response:
    try:
        email = credentials.owner_of(db(), _token())
    except NotFound as error:
        return _over(error)
    page = render_template("accounts/new_password.html", email=email, token=_token(), problem=problem)
    return make_response(page, status)


def _over(error: ReviewAppError) -> Response:
    """Say that a link holds no longer, and what to do."""
    return make_response(render_template("accounts/over.html", problem=error.render(gettext)), 404)


def _token() -> str:
    return request.values.get("token", "")[:200]
