"""Fetches from websites as they wish: what ``robots.txt`` allows, and not faster than it, or good manners, ask for."""

import time
from collections.abc import Callable, Collection
from urllib.parse import urlsplit

from review_app.errors import BadAddress, FetchFailed
from review_app.locale import N_
from review_app.pages import robots
from review_app.pages.addresses import read_url
from review_app.pages.fetch import NEVER_SEEN, Fetched, Known, fetch
from review_app.pages.robots import Robots
from review_app.pages.sitemap import LARGEST_BYTES as LARGEST_SITEMAP

UNWELCOME = N_("{url} is not to be fetched by programs: the website's robots.txt says so. Import the page as a file.")


class Unwelcome(BadAddress):
    """An address that the website asks programs to leave alone."""


class Visitor:
    """Fetches for one job; remembers each host's wishes and when it was last asked.

    Hosts that the installation lists as its own are asked without a pause unless their ``robots.txt`` wants one.
    """

    def __init__(
        self,
        allowed_hosts: Collection[str] = (),
        *,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
        get: Callable[..., Fetched] = fetch,
    ) -> None:
        self._allowed = frozenset(host.lower() for host in allowed_hosts)
        self._sleep, self._clock, self._get = sleep, clock, get
        self._wishes: dict[str, Robots] = {}
        self._asked: dict[str, float] = {}

    def page(self, url: str, known: Known = NEVER_SEEN) -> Fetched:
        """Fetch a page if it has changed; raises ``Unwelcome``, and what ``fetch`` raises."""
        origin = self._origin(read_url(url, self._allowed).url)  # what may not be fetched is told before robots.txt
        wishes = self.wishes(url)
        if not wishes.allows(url):
            raise Unwelcome(UNWELCOME, url=url[:200])
        self._wait(origin, wishes.pause)
        return self._get(url, allowed_hosts=self._allowed, known=known)

    def sitemap(self, url: str) -> bytes:
        """Fetch a sitemap."""
        self._wait(self._origin(url), self.wishes(url).pause)
        return self._get(url, allowed_hosts=self._allowed, types=None, largest=LARGEST_SITEMAP).body

    def wishes(self, url: str) -> Robots:
        """Return what the website wants, asking it once."""
        origin = self._origin(url)
        if origin not in self._wishes:
            self._wishes[origin] = self._ask(origin)
        return self._wishes[origin]

    def _ask(self, origin: str) -> Robots:
        try:
            found = self._get(
                f"{origin}/robots.txt", allowed_hosts=self._allowed, types=None, largest=robots.LARGEST_BYTES
            )
        except FetchFailed as error:
            status = error.values.get("status")
            return robots.EVERYTHING if isinstance(status, int) and 400 <= status < 500 else robots.NOTHING
        return robots.read_robots(found.body)

    def _wait(self, origin: str, pause: float) -> None:
        trusted = (urlsplit(origin).hostname or "") in self._allowed
        if trusted and pause == robots.PAUSE:
            pause = 0.0
        last = self._asked.get(origin)
        left = 0.0 if last is None else last + pause - self._clock()
        if left > 0:
            self._sleep(left)
        self._asked[origin] = self._clock()

    @staticmethod
    def _origin(url: str) -> str:
        parts = urlsplit(url)
        return f"{parts.scheme}://{parts.netloc}"
