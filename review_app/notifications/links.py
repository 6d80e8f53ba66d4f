"""One-time links in messages that wait: the page and a seed are stored, and the link is made when it is sent. Pure."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from review_app.accounts.one_time import OneTime, token_of


def kept_link(path: str, link: OneTime) -> dict[str, Any]:
    """Return the value ``link`` of a letter as it may be stored."""
    return {"link": {"path": path, "seed": link.seed}}


def with_link(values: Mapping[str, Any], base_url: str, key: bytes) -> Mapping[str, Any]:
    """Return a letter's values with the address in place of what was stored of it."""
    kept = values.get("link")
    if not isinstance(kept, Mapping):
        return values
    token = urlencode({"token": token_of(key, str(kept["seed"]))})
    return {**values, "link": f"{base_url.rstrip('/')}{kept['path']}?{token}"}
