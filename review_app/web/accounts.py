"""Pages of people: sign in, sign out, one's own account, the interface's language."""

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask import session as cookie
from flask_babel import gettext

from review_app.accounts import signing_in, tries
from review_app.accounts.credentials import change_password as store_password
from review_app.accounts.permissions import ROLE_NAMES
from review_app.accounts.service import choose_language as store_language
from review_app.errors import BadInput, NotSignedIn
from review_app.locale import INTERFACE_LANGUAGES
from review_app.notifications.mail import can_send
from review_app.web.context import SIGN_IN, current_person, db, find_person, installation, looking, my_sites, work
from review_app.web.devices import find_known, remember, this_device
from review_app.web.errors import status_of
from review_app.web.htmx import go
from review_app.web.language import COOKIE, COOKIE_SECONDS
from review_app.web.security import own_path
from review_app.web.throttle import FREE_TRIES, count_try, own_network, seconds_to_wait, told_to_wait
from review_app.web.timing import measuring_sites

blueprint = Blueprint("accounts", __name__)

TRIES_PER_NETWORK = 40
"""Failures from one network address, whoever they are for: a whole office may share one."""

TRIES_PER_ACCOUNT = 20
"""Failures for one account from browsers that never signed in to it, wherever they are."""


@blueprint.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> Response:
    """Ask who it is, and start a sign-in of this browser."""
    target = own_path(request.values.get("next")) or url_for("start.home")
    if request.method == "GET":
        return go(target) if find_person() else sign_in_form(target)
    email, password = request.form.get("email", "").strip()[:320], request.form.get("password", "")[:1000]
    limits = _limits(email.lower())
    with looking() as session:
        wait, known = tries.seconds_to_wait(session, limits), signing_in.known_by(session, email)
    counted = None if wait else count_try(limits)  # whoever has to wait anyway writes nothing
    if counted is None:
        wait = wait or seconds_to_wait(limits) or 1
        response = sign_in_form(target, email, told_to_wait(wait), 429)
        response.headers["Retry-After"] = str(wait)
        return response
    try:
        known = signing_in.checked(known, password)  # takes its time, in which nobody who writes has to wait
        days = installation().settings.session_days
        token = signing_in.begin_known(db(), known, days=days, device=this_device())
    except NotSignedIn as refused:
        work().roll_back()
        return sign_in_form(target, email, refused.render(gettext), 401)
    tries.take_back(db(), counted, next(iter(limits)))
    if old := cookie.get(SIGN_IN):
        signing_in.sign_out(db(), str(old))
    cookie.clear()
    cookie.permanent = True
    cookie[SIGN_IN] = token
    response = go(target)
    remember(response, email)
    return response


def _limits(email: str) -> dict[str, int]:
    """Return what failures are counted for, with how many are free.

    A browser that has signed in to the account before answers for itself alone: whoever guesses from elsewhere, be it
    from the same office, does not keep its owner out.
    """
    network = own_network()
    if known := find_known(email):
        return {f"browser {known}": FREE_TRIES}
    return {
        f"pair {network} {email}": FREE_TRIES,
        f"network {network}": TRIES_PER_NETWORK,
        f"account {email}": TRIES_PER_ACCOUNT,
    }


@blueprint.get("/account")
def account() -> Response:
    """Show who one is here, where one is signed in, and the form that changes one's password."""
    return _account()


@blueprint.post("/account")
def change_password() -> Response:
    """Change one's own password."""
    person = current_person()
    old, new = request.form.get("old", "")[:1000], request.form.get("new", "")[:1000]
    who = f"password {person.email}"
    counted = tries.count_try(db(), {who: FREE_TRIES})
    if counted is None:
        return _account(told_to_wait(tries.seconds_to_wait(db(), {who: FREE_TRIES})), 429)
    try:
        address = request.remote_addr
        store_password(db(), person.actor.person_id or 0, old=old, new=new, keep=_own_token(), address=address)
    except BadInput as error:
        work().commit()  # that it failed is all there is to store
        return _account(error.render(gettext), status_of(error))
    tries.take_back(db(), counted, who)
    return go(url_for("accounts.account", told="password"))


@blueprint.post("/account/sign-ins/end")
def end_sign_in() -> Response:
    """End one of one's own sign-ins."""
    signing_in.end_sign_in(db(), current_person().actor, request.form.get("sign_in", "")[:64])
    return go(url_for("accounts.account", told="sign_in_ended", _anchor="sign-ins"))


@blueprint.post("/account/sign-ins/end-others")
def end_others() -> Response:
    """End every sign-in of one's own but this browser's."""
    signing_in.end_others(db(), current_person().actor, _own_token())
    return go(url_for("accounts.account", told="others_ended", _anchor="sign-ins"))


@blueprint.post("/sign-out")
def sign_out() -> Response:
    """End this browser's sign-in, here and in the database."""
    if token := cookie.get(SIGN_IN):
        signing_in.sign_out(db(), str(token))
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
    me, sites = person.actor, {site.id: site for site in my_sites()}
    roles = [
        (sites[site_id], {role: sorted(me.languages_of(site_id, role) or ()) for role in sorted(held)})
        for site_id, held in me.roles
        if site_id in sites
    ]
    page = render_template(
        "accounts/account.html",
        person=person,
        roles=roles,
        role_names=ROLE_NAMES,
        problem=problem,
        timed=bool(measuring_sites()),
        sign_ins=signing_in.sign_ins_of(db(), person.actor.person_id or 0, _own_token()),
    )
    return make_response(page, status)


def _own_token() -> str:
    return str(cookie.get(SIGN_IN, ""))


def sign_in_form(target: str, email: str = "", error: str | None = None, status: int = 200) -> Response:
    """Show the form that signs one in."""
    settings = installation().settings
    page = render_template(
        "accounts/sign_in.html",
        target=target,
        email=email,
        error=error,
        mails=can_send(settings),
        service=settings.oidc_name if settings.oidc_issuer else None,
        signed_out=request.args.get("told") == "signed_out",
    )
    return make_response(page, status)
