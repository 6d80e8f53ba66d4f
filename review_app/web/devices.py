"""Which browsers have signed in before: they are not held up when somebody else guesses at the same account.

A browser that signed in keeps a signed cookie that names the account and itself. Guesses from elsewhere are counted for
the account, those of such a browser for itself alone (the “device cookies” of OWASP).
"""

import hashlib
import secrets

from flask import Response, current_app, request
from itsdangerous import BadData, URLSafeTimedSerializer

from review_app.accounts.devices import device_name
from review_app.accounts.signing_in import Device
from review_app.web.context import installation

COOKIE = "known"
SECONDS = 180 * 24 * 3600


def this_device() -> Device:
    """Return the browser that asks, as its owner is to know it again."""
    return Device(device_name(request.headers.get("User-Agent", "")), request.remote_addr)


def find_known(email: str) -> str | None:
    """Return the number of this browser if it has signed in to the account before."""
    try:
        account, number = _signer().loads(request.cookies.get(COOKIE, ""), max_age=SECONDS)
    except (BadData, ValueError, TypeError):
        return None
    return str(number) if account == _account(email) else None


def remember(response: Response, email: str) -> None:
    """Let the browser prove from now on that it has signed in to the account."""
    value = _signer().dumps([_account(email), find_known(email) or secrets.token_hex(8)])
    secure = installation().settings.secure_cookies
    response.set_cookie(COOKIE, value, max_age=SECONDS, secure=secure, httponly=True, samesite="Lax", path="/")


def _account(email: str) -> str:
    return hashlib.sha256(email.strip().lower().encode()).hexdigest()[:32]


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt="known device")
