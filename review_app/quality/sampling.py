"""Which machine texts are a spot check: judged before anybody sees their flags or risk. Pure."""

import hashlib
import secrets
from enum import StrEnum

from review_app.locale import N_


class Sample(StrEnum):
    """Why a text was reviewed: drawn by lot, chosen by whoever works, or reviewed elsewhere and taken in."""

    AUDIT = "audit"
    TRIAGE = "triage"
    ELSEWHERE = "elsewhere"


SAMPLE_NAMES = {
    Sample.AUDIT: N_("spot checks"),
    Sample.TRIAGE: N_("chosen for review"),
    Sample.ELSEWHERE: N_("reviewed elsewhere"),
}


def random_seed() -> int:
    """Return a seed nobody can guess, 31 bits."""
    return secrets.randbits(31)


def is_drawn(seed: int, revision_id: int, share: float) -> bool:
    """Draw a lot: the same seed and text give the same answer on every machine, so that a draw can be checked."""
    digest = hashlib.sha256(f"{seed}:{revision_id}".encode()).digest()
    return int.from_bytes(digest[:8]) < share * 2**64
