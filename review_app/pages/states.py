"""What becomes of an address that is to be taken in."""

from enum import StrEnum


class CrawlState(StrEnum):
    """Where an address of a crawl stands; ``skipped`` is one that the website asks programs to leave alone."""

    WAITING = "waiting"
    TAKEN = "taken"
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"
    FAILED = "failed"
