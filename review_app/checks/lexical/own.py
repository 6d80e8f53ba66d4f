"""A lexicon that a site has learned itself: what is stored of it, and what its checks use."""

import io
from dataclasses import dataclass, replace

from review_app.checks.lexical.alignment import Aligner
from review_app.checks.lexical.model import load
from review_app.checks.lexical.shipped import shipped_aligner


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
    """Read a lexicon as ``model.save`` wrote it.

    Where one ships for the languages, all else that was learned of them is of that one: the order of words, how rare
    they are. The risk asks for it.
    """
    own = load(io.BytesIO(model))
    shipped = shipped_aligner(*own.lexicon.languages)
    return OwnLexicon(signature, Aligner(replace(shipped.model, lexicon=own.lexicon) if shipped else own), limits)
