"""Which texts a round takes, and in which order each annotator sees them: by lot, and the same again. Pure."""

import hashlib
from collections.abc import Collection, Iterable
from enum import StrEnum
from heapq import nsmallest

from review_app.locale import N_


class Sampled(StrEnum):
    """What a round's texts are drawn from."""

    AUDIT = "audit"
    RANDOM = "random"


class Outputs(StrEnum):
    """Whose texts of a sentence that was drawn are marked."""

    DRAFTED = "drafted"
    ALL = "all"


SAMPLED_NAMES = {
    Sampled.AUDIT: N_("the spot checks"),
    Sampled.RANDOM: N_("all machine texts"),
}

OUTPUTS_NAMES = {
    Outputs.DRAFTED: N_("the one that people start from"),
    Outputs.ALL: N_("that of every engine, to compare them"),
}


def drawn(seed: int, ids: Collection[int], size: int) -> list[int]:
    """Return so many of the ids by lot: a larger draw with the same seed holds the smaller one."""
    return nsmallest(size, ids, key=lambda id_: _lot(f"{seed}:{id_}"))


def shuffled(seed: int, annotator: int, ids: Iterable[int]) -> list[int]:
    """Return the ids in an annotator's own order, so that nobody's fatigue falls on the same texts."""
    return sorted(ids, key=lambda id_: _lot(f"{seed}:{annotator}:{id_}"))


def _lot(told: str) -> bytes:
    return hashlib.sha256(told.encode()).digest()
