"""What a website lets programs fetch, and how fast: ``robots.txt`` (RFC 9309)."""

from dataclasses import dataclass

from protego import Protego

AGENT = "review-app"

LARGEST_BYTES = 500 * 1024
"""As much as the standard asks programs to read."""

PAUSE = 1.0
"""Seconds between two requests to a website that asks for no other."""

LONGEST_PAUSE = 30.0
"""Seconds; a website that asks for more is visited this often all the same."""


@dataclass(frozen=True, slots=True)
class Robots:
    """A website's wishes; ``sitemaps`` are those it names."""

    _rules: Protego
    pause: float
    sitemaps: tuple[str, ...]

    def allows(self, url: str) -> bool:
        """Say whether this program may fetch the address."""
        return bool(self._rules.can_fetch(url, AGENT))


def read_robots(body: bytes) -> Robots:
    """Read a ``robots.txt``; whatever is wrong in it is passed over, as the standard has it."""
    rules = Protego.parse(body[:LARGEST_BYTES].decode("utf-8-sig", "replace"))
    asked = rules.crawl_delay(AGENT)
    pause = PAUSE if asked is None else min(float(asked), LONGEST_PAUSE)
    return Robots(rules, pause, tuple(rules.sitemaps))


EVERYTHING = read_robots(b"")
"""Of a website without a ``robots.txt``."""

NOTHING = read_robots(b"User-agent: *\nDisallow: /")
"""Of a website whose ``robots.txt`` cannot be had for now: the standard says to stay away."""
