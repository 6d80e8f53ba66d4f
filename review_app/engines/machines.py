"""Whose machine an address names: one of the installation's own, which text may always go to, or somebody else's.

Only what the address itself says counts: nothing is looked up, because a name may lead elsewhere the next time.
"""

import hashlib
import ipaddress
from collections.abc import Collection
from dataclasses import replace
from urllib.parse import urlsplit

from review_app.engines.contract import EngineConfig, Terms
from review_app.locale import N_
from review_app.pages.addresses import is_public

INSIDE = (".localhost", ".local", ".internal", ".home.arpa")
"""Ends of names that lead nowhere outside a network: RFC 6761, RFC 6762, ICANN's board 2024-07-29, RFC 8375."""

NO_WEB_ADDRESS = N_(
    "The address that is set for it is not one of the web. Write one like https://llm.example.se/v1 in the settings."
)
NOT_ENCRYPTED = N_(
    "The address that is set for it is not encrypted. Write https://, or name the host in REVIEW_APP_OWN_HOSTS if the "
    "machine is your own."
)


def is_own(address: str, own_hosts: Collection[str] = ()) -> bool:
    """Say whether an address is this machine's, a private network's, or one of those that the installation lists."""
    host = _host(address)
    if host in own_hosts or f".{host}".endswith(INSIDE):
        return True
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return not is_public(host)


def way_to(config: EngineConfig, address: str) -> dict[str, str]:
    """Return the proxies to an address, as ``requests`` takes them: none on the way to a machine of one's own."""
    if not config.proxy or is_own(address, config.own_hosts):
        return {}
    return {"http": config.proxy, "https": config.proxy}


def why_not(address: str, own_hosts: Collection[str] = ()) -> str | None:
    """Return why no text may be sent to an address, as an English message id; nothing when it may."""
    scheme = urlsplit(address).scheme if _host(address) else ""
    if scheme not in {"http", "https"}:
        return NO_WEB_ADDRESS
    return None if scheme == "https" or is_own(address, own_hosts) else NOT_ENCRYPTED


def terms_at(address: str, own_hosts: Collection[str], own: Terms) -> Terms:
    """Return the terms of a program at an address: its own terms, or those of a machine that others run."""
    if is_own(address, own_hosts):
        return own
    return replace(
        own,
        provider=_host(address) or "–",
        country=N_("in a country not known here"),
        retention=N_("as whoever runs it says"),
        price=None,
        local=False,
    )


def marked(version: str, *of: str) -> str:
    """Return a version with a mark of where, and of what, it is: another server or prompt is another version."""
    digest = hashlib.sha256("\n".join(of).encode()).hexdigest()[:8]
    return f"{version[:60]} @{digest}"


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").rstrip(".")
    except ValueError:
        return ""
