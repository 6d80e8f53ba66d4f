"""Signing in elsewhere, by OpenID Connect: where to send somebody, and who came back. Knows no database.

Authorisation code with PKCE (RFC 7636), state, and a nonce in a signed ID token (OpenID Connect Core 1.0, section 3.1).
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from ipaddress import ip_address
from types import ModuleType
from typing import Any
from urllib.parse import urlencode, urlsplit

import requests

from review_app.errors import BadInput, MissingExtra, NotSignedIn
from review_app.locale import N_
from review_app.settings import Settings

SECONDS = 10
"""How long the provider may take for each of its answers."""

SKEW = 60
"""Seconds that its clock may differ from ours."""

NO_EXTRA = N_("Signing in by OpenID Connect needs a package more. Run: pip install 'review-app[oidc]'")
NOT_SAFE = N_("The address {url} of the sign-in service is not https. Set REVIEW_APP_OIDC_ISSUER to one that is.")
SILENT = N_("The sign-in service does not answer as it should. Try again, or sign in with a password.")
OTHER_ISSUER = N_("The sign-in service calls itself by another name than in REVIEW_APP_OIDC_ISSUER.")
NO_PKCE = N_("The sign-in service does not offer PKCE with S256, which signing in here needs.")
STRANGE = N_("This sign-in was not begun in this browser, or too long ago. Begin again.")
DENIED = N_("The sign-in service did not let you in. Try again, or ask whoever runs it.")
NOT_VALID = N_("What the sign-in service answered cannot be trusted ({what}). Try again, or ask whoever runs it.")


@dataclass(frozen=True, slots=True)
class Provider:
    """A service that people sign in at, as the settings name it; the secret is never shown."""

    issuer: str
    client_id: str
    client_secret: str = field(default="", repr=False)
    scopes: str = "openid email profile"


@dataclass(frozen=True, slots=True)
class Errand:
    """What the browser keeps while somebody signs in elsewhere."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who came back: ``subject`` is theirs at the issuer for good; ``claims``: all that the ID token says."""

    issuer: str
    subject: str
    email: str
    email_verified: bool
    name: str
    claims: Mapping[str, Any]


def find_provider(settings: Settings) -> Provider | None:
    """Return the service of the settings, if there is one; raises ``BadInput`` for one that is not https."""
    if not settings.oidc_issuer:
        return None
    _require_safe(settings.oidc_issuer)
    secret = settings.oidc_client_secret.get_secret_value()
    return Provider(settings.oidc_issuer, settings.oidc_client_id, secret, settings.oidc_scopes)


def begin(provider: Provider, back: str) -> tuple[str, Errand]:
    """Return where to send the browser, and what it keeps until it is ``back``."""
    errand = Errand(*(secrets.token_urlsafe(32) for _ in range(3)))
    about = _discovered(provider)
    address = _protocol().address_of(
        provider, back, about["authorization_endpoint"], errand.state, errand.nonce, errand.verifier
    )
    return str(address), errand


def finish(provider: Provider, back: str, errand: Errand | None, answer: Mapping[str, str]) -> Visitor:
    """Return who came back with this answer; raises ``NotSignedIn`` for whatever does not hold."""
    if errand is None or not secrets.compare_digest(answer.get("state", "").encode(), errand.state.encode()):
        raise NotSignedIn(STRANGE)
    if "code" not in answer:
        raise NotSignedIn(DENIED)
    about = _discovered(provider)
    if answer.get("iss", provider.issuer) != provider.issuer:  # RFC 9207: one provider's answer for another's
        raise NotSignedIn(NOT_VALID, what="iss")
    try:
        token = _protocol().exchange(provider, back, about["token_endpoint"], answer["code"], errand.verifier)
    except (requests.RequestException, ValueError) as error:
        raise NotSignedIn(SILENT) from error
    if token is None:
        raise NotSignedIn(DENIED)
    claims, wrong = _protocol().verified(provider, token, _get(about["jwks_uri"]), errand.nonce, SKEW)
    if wrong:
        raise NotSignedIn(NOT_VALID, what=wrong)
    return Visitor(
        issuer=provider.issuer,
        subject=str(claims["sub"]),
        email=str(claims.get("email") or "").strip().lower(),
        email_verified=claims.get("email_verified") in (True, "true"),
        name=str(claims.get("name") or ""),
        claims=claims,
    )


def way_out(provider: Provider, back: str) -> str | None:
    """Return where one signs out of the service itself, if it says so; it leads back from there."""
    end = _discovered(provider).get("end_session_endpoint")
    query = urlencode({"client_id": provider.client_id, "post_logout_redirect_uri": back})
    return f"{end}{'&' if '?' in end else '?'}{query}" if end else None


def _discovered(provider: Provider) -> dict[str, Any]:
    """Return what the service says of itself (OpenID Connect Discovery 1.0)."""
    about = _get(provider.issuer.rstrip("/") + "/.well-known/openid-configuration")
    if about.get("issuer") != provider.issuer:
        raise NotSignedIn(OTHER_ISSUER)
    for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        if not isinstance(about.get(name), str):
            raise NotSignedIn(SILENT)
    for name, url in about.items():
        if name.endswith(("_endpoint", "_uri")) and isinstance(url, str):
            _require_safe(url)
    if "S256" not in about.get("code_challenge_methods_supported", ["S256"]):  # some that have it do not say so
        raise NotSignedIn(NO_PKCE)
    return about


def _get(url: str) -> dict[str, Any]:
    try:
        answer = requests.get(url, timeout=SECONDS, allow_redirects=False)
        answer.raise_for_status()
        found = answer.json()
    except (requests.RequestException, ValueError) as error:
        raise NotSignedIn(SILENT) from error
    if not isinstance(found, dict):
        raise NotSignedIn(SILENT)
    return found


def _protocol() -> ModuleType:
    """Return the module that needs the extra."""
    if find_spec("authlib") is None:
        raise MissingExtra(NO_EXTRA)
    return import_module("review_app.accounts.openid_protocol")


def _require_safe(url: str) -> None:
    """Raise ``BadInput`` for an address that is neither https nor on this machine."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError as error:
        raise BadInput(NOT_SAFE, url=url) from error
    if parts.scheme == "https" and host:
        return
    if parts.scheme != "http" or not _is_here(host):
        raise BadInput(NOT_SAFE, url=url)


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
