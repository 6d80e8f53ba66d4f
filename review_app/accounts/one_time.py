"""Links that hold once. What waits to be mailed is a seed; only with the installation's key does it make a token. Pure.

A seed can stand in the database until the message is sent, and the token as a hash: neither opens anything.
"""

import hmac
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class OneTime:
    """The seed of a link, and the token it stands for."""

    seed: str
    token: str = field(repr=False)


def new_one_time(key: bytes) -> OneTime:
    """Return a link's seed and token, which nobody can guess."""
    seed = secrets.token_urlsafe(24)
    return OneTime(seed, token_of(key, seed))


def token_of(key: bytes, seed: str) -> str:
    """Return the token of a seed: with the same key always the same, so that a message can be sent twice."""
    return urlsafe_b64encode(hmac.digest(key, seed.encode(), "sha256")).decode("ascii").rstrip("=")
