"""What becomes of an address that is to be taken in."""

from enum import StrEnum

from review_app.locale import N_


class CrawlState(StrEnum):
    """Where an address of a crawl stands.

    ``skipped`` is one that the website asks programs to leave alone, ``sitemap`` one that only named others.
    """

    WAITING = "waiting"
    TAKEN = "taken"
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"
    FAILED = "failed"
    SITEMAP = "sitemap"


CRAWL_STATE_NAMES = {
    CrawlState.WAITING: N_("waiting"),
    CrawlState.TAKEN: N_("taken in"),
    CrawlState.UNCHANGED: N_("unchanged since before"),
    CrawlState.SKIPPED: N_("left alone, as the website asks"),
    CrawlState.FAILED: N_("failed"),
    CrawlState.SITEMAP: N_("sitemaps read"),
}
