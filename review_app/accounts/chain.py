"""The arithmetic of the sealed audit log: a keyed hash for each row, and a chain of seals over batches of rows. Pure.

A row's hash covers its fixed fields and, for each group of what may be about a person, the hash of the group's values
with a random salt. Redaction keeps that hash and forgets values and salt: the row's hash stays what it was.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from typing import Any

GROUPS = ("who", "when", "subject", "details")
"""What of a row can be redacted, each for itself."""

START = "0" * 64
"""What the first seal follows."""

Entries = Sequence[Sequence[Any]]
"""Ids of rows, each with the hash of the row, as a seal holds them."""


def salted(salt: str, group: str, values: Sequence[Any]) -> str:
    """Return the hash of a group's values, in hex."""
    return hashlib.sha256(_text(salt, group, values)).hexdigest()


def row_hash(key: bytes, fixed: Sequence[Any], groups: Mapping[str, str]) -> str:
    """Return the hash of a row: of its fixed fields and of its groups' hashes."""
    return _keyed(key, "row", fixed, [groups[name] for name in GROUPS])


def redaction_hash(key: bytes, entry_id: int, groups: Mapping[str, str], left: Sequence[Any]) -> str:
    """Return what proves that this program redacted these groups, and what it left in their place."""
    return _keyed(key, "redaction", entry_id, sorted(groups.items()), left)


def seal_hash(key: bytes, number: int, before: str, sealed_at: str, entries: Entries) -> str:
    """Return the hash of a seal, which follows the one with the hash ``before``."""
    return _keyed(key, "seal", number, before, sealed_at, [list(entry) for entry in entries])


def same(one: str, other: str) -> bool:
    """Say whether two hashes are the same."""
    return hmac.compare_digest(one.encode(), other.encode())


def _keyed(key: bytes, *parts: Any) -> str:
    return hmac.new(key, _text(*parts), hashlib.sha256).hexdigest()


def _text(*parts: Any) -> bytes:
    return json.dumps(parts, sort_keys=True, separators=(",", ":")).encode()
