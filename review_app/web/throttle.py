"""Slows down guessing: for what failures of a request are counted, and what people are told who have to wait."""

import ipaddress
from collections.abc import Mapping
from datetime import timedelta

from flask import request
from flask_babel import gettext

from review_app.accounts import tries
from review_app.db import utc_now
from review_app.locale import N_
from review_app.web.context import installation, looking, work
from review_app.web.language import clock

FREE_TRIES = 5

IPV6_PREFIX = 64
"""Bits of an IPv6 address that one customer of a provider cannot choose (RFC 6177): the rest are theirs."""

WRONG_TOO_OFTEN = N_("That was wrong too many times. Try again at {time}.")
ASKED_TOO_OFTEN = N_("That was asked for too many times. Try again at {time}.")


def network_of(address: str | None) -> str:
    """Return the network an address counts for: itself, or of IPv6 the block it was picked from."""
    try:
        found = ipaddress.ip_address(address or "")
    except ValueError:
        return str(address)
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.IPv6Network((int(found), IPV6_PREFIX), strict=False))


def own_network() -> str:
    """Return the network this request comes from."""
    return network_of(request.remote_addr)


def seconds_to_wait(limits: Mapping[str, int]) -> int:
    """Return how many seconds are left until all of these keys, each with its free tries, may try again."""
    with looking() as session:
        return tries.seconds_to_wait(session, limits)


def count_try(limits: Mapping[str, int]) -> tries.Counted | None:
    """Count a try of these keys before it is made; None: one of them has to wait. For before the request's own work."""
    with installation().database.writing() as session:
        return tries.count_try(session, limits)


def count_asked(*keys: str) -> None:
    """Count that something was asked for, whatever comes of it: before the request's own transaction begins."""
    with installation().database.writing() as session:
        tries.count_failed(session, keys)


def count_failed(*keys: str) -> None:
    """Count a failure, and end the request's own transaction as one that failed: the count outlives it."""
    work().roll_back()
    count_asked(*keys)


def told_to_wait(seconds: int, why: str = WRONG_TOO_OFTEN) -> str:
    """Return the sentence that says when the next try is taken."""
    time_of_day = clock(utc_now() + timedelta(seconds=seconds + 59)).striptags()
    return gettext(why).format(time=time_of_day)
