"""Pages of signing in elsewhere, by OpenID Connect: go there, come back, sign out there too.

What the browser keeps meanwhile is in its signed cookie. The service is asked before anything is written.
"""

from dataclasses import astuple

from flask import Blueprint, Response, make_response, redirect, request, url_for
from flask import session as cookie
from flask_babel import gettext

from review_app.accounts import openid
from review_app.accounts.linking import recognise
from review_app.accounts.role_claims import read_rules
from review_app.accounts.signing_in import begin as begin_sign_in
from review_app.errors import NotFound, ReviewAppError
from review_app.locale import N_
from review_app.web.accounts import sign_in_form
from review_app.web.context import SIGN_IN, installation
from review_app.web.devices import this_device
from review_app.web.errors import status_of
from review_app.web.htmx import go
from review_app.web.security import own_path

blueprint = Blueprint("openid", __name__)

KEPT = "openid"
"""The cookie's key for what is kept while somebody signs in elsewhere: the errand, and where they wanted to go."""


@blueprint.get("/sign-in/openid")
def leave() -> Response:
    """Send the browser to the sign-in service."""
    target = own_path(request.args.get("next")) or url_for("start.home")
    try:
        address, errand = openid.begin(_provider(), _back("openid.back"))
    except ReviewAppError as error:
        return _refused(error, target)
    cookie[KEPT] = [*astuple(errand), target]
    return _away(address)


@blueprint.get("/sign-in/openid/back")
def back() -> Response:
    """Sign in whoever comes back from the sign-in service."""
    kept = cookie.pop(KEPT, None)
    *parts, target = kept if isinstance(kept, list) and len(kept) == 4 else ("", "", "", url_for("start.home"))
    errand = openid.Errand(*parts) if parts[0] else None
    settings, device = installation().settings, this_device()
    try:
        visitor = openid.finish(_provider(), _back("openid.back"), errand, request.args)
        rules, trusted = read_rules(settings.oidc_roles), settings.oidc_trust_email
        with installation().database.writing() as session:
            person_id = recognise(session, visitor, rules, trusted=trusted, address=device.address)
            token = begin_sign_in(session, person_id, days=settings.session_days, device=device, way="openid")
    except ReviewAppError as error:
        return _refused(error, target)
    cookie.clear()
    cookie.permanent = True
    cookie[SIGN_IN] = token
    return go(own_path(target) or url_for("start.home"))


@blueprint.get("/sign-in/openid/out")
def out() -> Response:
    """Send a browser that is signed out here to sign out of the service itself."""
    try:
        address = openid.way_out(_provider(), _back("accounts.sign_in"))
    except ReviewAppError as error:
        return _refused(error, url_for("start.home"))
    return _away(address) if address else go(url_for("accounts.sign_in"))


def _provider() -> openid.Provider:
    found = openid.find_provider(installation().settings)
    if found is None:
        raise NotFound(N_("This installation has no sign-in service. Sign in with a password."))
    return found


def _back(endpoint: str) -> str:
    return installation().settings.base_url.rstrip("/") + url_for(endpoint)


def _away(address: str) -> Response:
    return make_response(redirect(address, 303))


def _refused(error: ReviewAppError, target: str) -> Response:
    return sign_in_form(target, error=error.render(gettext), status=status_of(error))
