"""Pages of people: sign in, sign out, choose the interface's language."""

from datetime import timedelta
from typing import cast

from flask import Blueprint, Response, current_app, make_response, redirect, render_template, request, url_for
from flask import session as cookie
from flask_babel import gettext

from review_app.accounts.permissions import ROLE_NAMES
from review_app.accounts.service import change_password as store_password
from review_app.accounts.service import choose_language as store_language
from review_app.accounts.service import sign_in as start_sign_in
from review_app.accounts.service import sign_out as end_sign_in
from review_app.db import utc_now
from review_app.errors import BadInput, NotSignedIn
from review_app.locale import INTERFACE_LANGUAGES, N_
from review_app.web.context import SIGN_IN, current_person, db, find_person, installation, my_sites
from review_app.web.errors import status_of
from review_app.web.htmx import go
from review_app.web.language import COOKIE, COOKIE_SECONDS, clock
from review_app.web.security import own_path
from review_app.web.throttle import Throttle

blueprint = Blueprint("accounts", __name__)

TRIES_PER_ADDRESS = 40
"""Failures from one network address, whoever they are for: a whole office may share one."""

TOO_OFTEN = N_("That was wrong too many times. Try again at {time}.")


@blueprint.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> Response:
    """Ask who it is, and start a sign-in of this browser."""
    target = own_path(request.values.get("next")) or url_for("start.home")
    if request.method == "GET":
        return go(target) if find_person() else _form(target)
    email, password = request.form.get("email", "").strip()[:320], request.form.get("password", "")[:1000]
    throttle = _throttle()
    both, network = f"{email.lower()} {request.remote_addr}", str(request.remote_addr)
    wait = max(throttle.seconds_to_wait(both), throttle.seconds_to_wait(network, TRIES_PER_ADDRESS))
    if wait:
        until = clock(utc_now() + timedelta(seconds=wait + 59))
        response = _form(target, email, gettext(TOO_OFTEN).format(time=until.striptags()), 429)
        response.headers["Retry-After"] = str(wait)
        return response
    try:
        days = installation().settings.session_days
        token = start_sign_in(db(), email=email, password=password, days=days, address=request.remote_addr)
    except NotSignedIn as refused:
        throttle.failed(both)
        throttle.failed(network)
        return _form(target, email, refused.render(gettext), 401)
    throttle.succeeded(both)
    if old := cookie.get(SIGN_IN):
        end_sign_in(db(), str(old))
    cookie.clear()
    cookie.permanent = True
    cookie[SIGN_IN] = token
    return go(target)


@blueprint.get("/account")
def account() -> Response:
    """Show who one is here, with the form that changes one's password."""
    return _account()


@blueprint.post("/account")
def change_password() -> Response:
    """Change one's own password."""
    person = current_person()
    old, new = request.form.get("old", "")[:1000], request.form.get("new", "")[:1000]
    throttle, who = _throttle(), f"password {person.email}"
    if throttle.seconds_to_wait(who):
        until = clock(utc_now() + timedelta(seconds=throttle.seconds_to_wait(who) + 59))
        return _account(gettext(TOO_OFTEN).format(time=until.striptags()), 429)
    try:
        keep, address = str(cookie.get(SIGN_IN)), request.remote_addr
        store_password(db(), person.actor.person_id or 0, old=old, new=new, keep=keep, address=address)
    except BadInput as error:
        throttle.failed(who)
        return _account(error.render(gettext), status_of(error))
    throttle.succeeded(who)
    return go(url_for("accounts.account", told="password"))


@blueprint.post("/sign-out")
def sign_out() -> Response:
    """End this browser's sign-in, here and in the database."""
    if token := cookie.get(SIGN_IN):
        end_sign_in(db(), str(token))
    cookie.clear()
    return go(url_for("accounts.sign_in", told="signed_out"))


@blueprint.post("/language")
def choose_language() -> Response:
    """Remember the interface's language and come back to the same page."""
    target = own_path(request.form.get("next")) or url_for("start.home")
    response = make_response(redirect(target, 303))
    language = request.form.get("language")
    if language in INTERFACE_LANGUAGES:
        person = find_person()
        if person is not None and person.actor.person_id is not None:
            store_language(db(), person.actor.person_id, language)
        secure = installation().settings.secure_cookies
        response.set_cookie(
            COOKIE, language, max_age=COOKIE_SECONDS, secure=secure, httponly=True, samesite="Lax", path="/"
        )
    return response


def _account(problem: str | None = None, status: int = 200) -> Response:
    person = current_person()
    roles = [
        (site, [gettext(ROLE_NAMES[role]) for role in sorted(held)])
        for site_id, held in person.actor.roles
        for site in my_sites()
        if site.id == site_id
    ]
    return make_response(render_template("accounts/account.html", person=person, roles=roles, problem=problem), status)


def _form(target: str, email: str = "", error: str | None = None, status: int = 200) -> Response:
    page = render_template("accounts/sign_in.html", target=target, email=email, error=error)
    return make_response(page, status)


def _throttle() -> Throttle:
    return cast(Throttle, current_app.extensions.setdefault("review_app.throttle", Throttle()))
