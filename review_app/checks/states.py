"""Where a flag is from, and what became of it."""

from enum import StrEnum


class FlagOrigin(StrEnum):
    """Who found it."""

    CHECK = "check"
    READER = "reader"
    PERSON = "person"


class FlagState(StrEnum):
    """What became of it; a flag on a superseded revision counts no more."""

    OPEN = "open"
    DISMISSED = "dismissed"
