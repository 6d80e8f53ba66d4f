"""Examples of checks, told in a line: ``flags(negation, "Kom inte.", "Come.")``."""

from review_app.checks.finding import Check
from review_app.checks.guide import NO_GUIDE, Guide
from review_app.checks.pair import Pair


def flags(check: Check, source: str, target: str, language: str = "en", guide: Guide = NO_GUIDE) -> list[str]:
    """Return the marked words of the target for each finding; of the source where the target has none."""
    pair = Pair(source, target, "sv", language, guide)
    return [
        target[slice(*found.target_span)] if found.target_span else source[slice(*(found.source_span or (0, 0)))]
        for found in check.look(pair)
        if check.knows("sv", language)
    ]


def passes(check: Check, source: str, target: str, language: str = "en", guide: Guide = NO_GUIDE) -> bool:
    """Say whether a check has nothing to say."""
    return flags(check, source, target, language, guide) == []
