"""Decides which addresses pages may be fetched from: public ones only, whatever disguise they come in."""

import ipaddress
import re
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

import idna

from review_app.errors import BadAddress
from review_app.locale import N_

IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

DEFAULT_PORTS = {"http": 80, "https": 443}

NAT64 = (ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("64:ff9b:1::/48"))
"""Prefixes whose last 32 bits are an IPv4 address (RFC 6052, RFC 8215)."""

COMPATIBLE = ipaddress.IPv6Network("::/96")
"""IPv4-compatible addresses, out of use (RFC 4291)."""

METADATA = tuple(map(ipaddress.IPv4Network, ("168.63.129.16/32", "192.0.0.0/24")))
"""Where clouds tell their machines about themselves in ranges that count as public: Azure's, Oracle's (RFC 6890)."""

_NAME = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)(\.(?!-)[a-z0-9_-]{1,63}(?<!-))*\.?", re.ASCII)
_NUMERIC_LABEL = re.compile(r"(0x[0-9a-f]*|\d+)", re.ASCII)
_FORBIDDEN = re.compile(r"[\x00-\x20\x7f\\<>\"^`{|}]")

NOT_PUBLIC = N_("{url} is not a public address, so it is not fetched. Import the page as a file instead.")
NO_WEBSITE = N_("{url} does not name a public website. Write an address with a name, without a port of its own.")
MALFORMED = N_("“{url}” is not a web address. Write one like https://www.example.se/page.")


@dataclass(frozen=True, slots=True)
class Target:
    """Where a page is: an address whose name has been looked at, but not resolved."""

    url: str
    scheme: str
    host: str
    port: int
    path: str
    trusted: bool
    """Whether the installation lists the host as one that may be fetched wherever it is."""


def read_url(url: str, allowed_hosts: Collection[str] = ()) -> Target:
    """Take a URL apart; raises ``BadAddress`` for what is no plain public web address."""
    url = url.strip()
    if _FORBIDDEN.search(url):
        raise BadAddress(MALFORMED, url=url[:200])
    try:
        parts = urlsplit(url)
        port = parts.port
        host = _ascii_host(parts.hostname or "")
    except ValueError as error:
        raise BadAddress(MALFORMED, url=url[:200]) from error
    if parts.scheme.lower() not in DEFAULT_PORTS or not host or "@" in parts.netloc:
        raise BadAddress(MALFORMED, url=_without_secrets(url))
    scheme = parts.scheme.lower()
    trusted = host in {allowed.lower() for allowed in allowed_hosts}
    if not trusted and (port not in {None, 80, 443} or not _is_name(host)):
        raise BadAddress(NO_WEBSITE, url=url[:200])
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~-._?") if parts.query else ""
    return Target(url, scheme, host, port or DEFAULT_PORTS[scheme], path + query, trusted)


def refuse_unless_public(target: Target, addresses: Collection[str]) -> None:
    """Raise ``BadAddress`` when any address the host resolves to is not public."""
    if not target.trusted and not all(is_public(address) for address in addresses):
        raise BadAddress(NOT_PUBLIC, url=target.url[:200])


def is_public(address: str) -> bool:
    """Say whether an IP address is one of the public internet, also when it is wrapped in another."""
    try:
        ip = ipaddress.ip_address(address.split("%", maxsplit=1)[0])
    except ValueError:
        return False
    return "%" not in address and all(_is_plainly_public(one) for one in _unwrapped(ip))


def _unwrapped(ip: IpAddress) -> list[IpAddress]:
    """Return the address and every address that is written inside it."""
    found: list[IpAddress] = [ip]
    if isinstance(ip, ipaddress.IPv6Address):
        found += [inner for inner in (ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())) if inner is not None]
        if any(ip in network for network in (*NAT64, COMPATIBLE)):
            found.append(ipaddress.IPv4Address(int(ip) & 0xFFFF_FFFF))
        if ip.ipv4_mapped or any(ip in network for network in NAT64):
            found.remove(ip)  # a wrapper of its own is in no public range; what counts is inside
    return found


def _is_plainly_public(ip: IpAddress) -> bool:
    special = ip.is_private or ip.is_loopback or ip.is_link_local or ip.is_multicast or ip.is_reserved
    return ip.is_global and not special and not ip.is_unspecified and not any(ip in network for network in METADATA)


def _ascii_host(host: str) -> str:
    """Return the host as browsers send it to the network (UTS 46); full-width letters and circled digits become plain.

    Raises ``ValueError`` for what is no host name, such as a made-up ``xn--`` label.
    """
    host = host.lower()
    if not host.isascii():
        host = idna.encode(host, uts46=True).decode("ascii").lower()
    elif "xn--" in host:
        idna.decode(host)
    return host.rstrip(".")


def _is_name(host: str) -> bool:
    """Say whether a host is a name. Websites have one; numbers are how private ones are hidden."""
    numeric = _NUMERIC_LABEL.fullmatch(host.rsplit(".", 1)[-1])
    return not numeric and bool(_NAME.fullmatch(host)) and host != "localhost" and not host.endswith(".localhost")


def _without_secrets(url: str) -> str:
    """Return a URL without what may be a password."""
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{rest.rsplit('@', 1)[-1]}"[:200] if "@" in rest else url[:200]
