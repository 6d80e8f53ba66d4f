"""Characters typed, deleted or replaced (Levenshtein 1966), per hundred characters of the corrected text."""

from collections.abc import Sequence
from importlib.metadata import version

from rapidfuzz.distance import Levenshtein


def character_signature() -> str:
    """Return how it counts, in the manner of sacreBLEU's signatures."""
    return f"case:mixed|unit:codepoint|norm:reference|rapidfuzz:{version('rapidfuzz').partition('.')[0]}"


def character_edits(hypotheses: Sequence[str], references: Sequence[str]) -> list[list[int]]:
    """Return edits and the reference's length, in code points, for each pair."""
    pairs = zip(hypotheses, references, strict=True)
    return [[Levenshtein.distance(hypothesis, reference), len(reference)] for hypothesis, reference in pairs]


def character_score(total: list[int]) -> float:
    """Return edits per hundred characters of the reference; edits of an empty reference count as 100."""
    edits, characters = total
    return 100 * edits / characters if characters else 100.0 * (edits > 0)
