"""A lexicon that a site has learned itself: what is stored of it, and what its checks use."""

import io
from dataclasses import dataclass

from review_app.checks.lexical.alignment import Aligner
from review_app.checks.lexical.model import load


@dataclass(frozen=True, slots=True)
class Limits:
    """Shares of a text, by rarity, from which too much is missing or added: more than in the pairs it was tried on."""

    missing: float
    added: float


@dataclass(frozen=True, slots=True)
class OwnLexicon:
    """A lexicon in use; ``signature`` tells two apart."""

    signature: str
    aligner: Aligner
    limits: Limits


def read_own(signature: str, model: bytes, limits: Limits) -> OwnLexicon:
    """Read a lexicon as ``model.save`` wrote it."""
    return OwnLexicon(signature, Aligner(load(io.BytesIO(model))), limits)
