"""Passwords, hashed with argon2id."""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from review_app.errors import BadInput
from review_app.locale import N_

SHORTEST = 10
"""Characters; length is what makes a password hard to guess (NIST SP 800-63B asks for 8 or more)."""

_HASHER = PasswordHasher()


@cache
def _nobody() -> str:
    """Return the hash of a password that nobody has; made when it is first needed, because that takes its time."""
    return _HASHER.hash("nobody has this password")


def hash_password(password: str) -> str:
    """Return the argon2id hash of a password; raises ``BadInput`` when it is too short."""
    if len(password) < SHORTEST:
        raise BadInput(N_("The password is too short. Use at least {shortest} characters."), shortest=SHORTEST)
    return _HASHER.hash(password)


def password_matches(password: str, stored: str | None) -> bool:
    """Compare a password with a stored hash, in the same time whether or not there is one."""
    try:
        return _HASHER.verify(stored or _nobody(), password) and bool(stored)
    except (VerificationError, InvalidHashError):
        return False
