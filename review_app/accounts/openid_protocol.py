"""What Authlib does of OpenID Connect: the address, the exchange of the code, the check of the ID token.

Imported by ``openid.py`` alone, when it is needed: Authlib is an extra.
"""

from collections.abc import Mapping
from typing import Any

from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from review_app.accounts.openid import Provider

SECONDS = 10
"""How long the provider may take for the exchange."""

ALGORITHMS = ["RS256", "PS256", "ES256"]
"""Signatures that are taken: with public keys only, and never none."""


def address_of(provider: Provider, back: str, endpoint: str, state: str, nonce: str, verifier: str) -> str:
    """Return where to send the browser, with the challenge of PKCE."""
    with _session(provider, back) as session:
        return str(session.create_authorization_url(endpoint, state=state, nonce=nonce, code_verifier=verifier)[0])


def exchange(provider: Provider, back: str, endpoint: str, code: str, verifier: str) -> Mapping[str, Any] | None:
    """Return the tokens for a code; ``None`` when the service refuses it."""
    with _session(provider, back) as session:
        try:
            token = session.fetch_token(
                endpoint, code=code, code_verifier=verifier, timeout=SECONDS, allow_redirects=False
            )
        except OAuthError:
            return None
    return token if isinstance(token, Mapping) and isinstance(token.get("id_token"), str) else None


def verified(
    provider: Provider, token: Mapping[str, Any], keys: Any, nonce: str, skew: int
) -> tuple[dict[str, Any], str | None]:
    """Return what the ID token claims, and what of signature, issuer, audience, times and nonce does not hold."""
    asked: Any = {
        "iss": {"essential": True, "value": provider.issuer},
        "aud": {"essential": True, "value": provider.client_id},
    }
    params = {"nonce": nonce, "client_id": provider.client_id, "access_token": token.get("access_token")}
    try:
        decoded = jwt.decode(token["id_token"], KeySet.import_key_set(keys), algorithms=ALGORITHMS)
        claims = CodeIDToken(decoded.claims, decoded.header, asked, params)
        claims.validate(leeway=skew)
    except JoseError as error:
        return {}, str(getattr(error, "claim", None) or error.error or type(error).__name__)
    except (ValueError, TypeError, KeyError, AttributeError):
        return {}, "ID token"
    return dict(claims), None


def _session(provider: Provider, back: str) -> OAuth2Session:
    return OAuth2Session(
        provider.client_id,
        provider.client_secret or None,
        scope=provider.scopes,
        redirect_uri=back,
        code_challenge_method="S256",
        token_endpoint_auth_method="client_secret_basic" if provider.client_secret else "none",
    )
