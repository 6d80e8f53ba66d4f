"""The lexical models that come with the program."""

from functools import cache

from review_app.checks.lexical.alignment import Aligner
from review_app.checks.lexical.model import load
from review_app.resources import MODELS


@cache
def shipped_aligner(source_language: str, target_language: str) -> Aligner | None:
    """Return what aligns texts of a pair of languages, given as primary subtags; None where nothing was learned."""
    path = MODELS / f"{source_language}-{target_language}" / "lexical.zip"
    if not (source_language.isalpha() and target_language.isalpha() and path.is_file()):
        return None
    return Aligner(load(path))
