"""A sign-in service on loopback, with a real key, which can be told to answer wrongly."""

import hashlib
import json
import threading
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "review-app", "hemligt"


@cache
def key(name: str) -> RSAKey:
    """Return a key of the service, or of somebody else."""
    return RSAKey.generate_key(2048, {"kid": "1", "use": "sig"}, private=True)


@dataclass
class SignInService:
    """Who is signed in there, and what is wrong with what it says."""

    issuer: str = ""
    person: dict[str, Any] = field(default_factory=lambda: {"sub": "a-1", "email": "anna@example.se"})
    claims: dict[str, Any] = field(default_factory=dict)
    about: dict[str, Any] = field(default_factory=dict)
    signed_by: str = "the service"
    algorithm: str = "RS256"
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def discovery(self) -> dict[str, Any]:
        """Return what it says of itself."""
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "end_session_endpoint": f"{self.issuer}/out",
            "code_challenge_methods_supported": ["S256"],
            **self.about,
        }

    def authorize(self, address: str) -> str:
        """Let the person in whose browser comes to this address, and return where it is sent back to."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert asked["client_id"] == CLIENT
        assert asked["response_type"] == "code"
        assert (asked["code_challenge_method"], len(asked["code_challenge"])) == ("S256", 43)
        code = f"code {len(self.codes)}"
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state'], 'iss': self.issuer})}"

    def exchange(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """Return the tokens for a code, once, to whoever has the verifier of its challenge."""
        asked = self.codes.pop(form.get("code", ""), None)
        digest = urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest()).rstrip(b"=")
        if asked is None or digest.decode() != asked["code_challenge"] or form["redirect_uri"] != asked["redirect_uri"]:
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": asked["nonce"]}
        known = {"email_verified": True, "name": "Anna", **self.person, **self.claims}
        token = self.sign({name: value for name, value in {**claims, **known}.items() if value is not None})
        return 200, {"access_token": "x", "token_type": "Bearer", "id_token": token}

    def sign(self, claims: dict[str, Any]) -> str:
        """Return a token, signed as it was told."""
        if self.algorithm == "none":
            parts = ({"alg": "none"}, claims)
            return ".".join(urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in parts) + "."
        return jwt.encode({"alg": self.algorithm, "kid": "1"}, claims, key(self.signed_by))


@contextmanager
def sign_in_service() -> Iterator[SignInService]:
    """Open the service on a free port."""
    service = SignInService()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path.startswith("/authorize?"):  # a browser comes itself
                self.send_response(302)
                self.send_header("Location", service.authorize(self.path))
                self.end_headers()
                return
            found = {"/.well-known/openid-configuration": service.discovery()}
            found["/keys"] = {"keys": [key("the service").as_dict(private=False)]}
            self.answer(200 if self.path in found else 404, found.get(self.path, {}))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self.answer(*service.exchange({name: values[0] for name, values in parse_qs(body).items()}))

        def answer(self, status: int, body: dict[str, Any]) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(body).encode())

        def log_message(self, *_arguments: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    service.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
