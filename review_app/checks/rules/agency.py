"""An agency is not called by its official English name.

What a site's glossary calls an agency counts instead.

Wrong when the translation has introduced a short name. Put agencies that are
not known here into the glossary.
"""

from collections.abc import Iterator

from review_app.checks.agencies import AGENCIES
from review_app.checks.finding import Check, Found, Severity
from review_app.checks.pair import Pair
from review_app.locale import N_

_NAMES = frozenset(AGENCIES) | frozenset(f"{name}s" for name in AGENCIES)


def look(pair: Pair) -> Iterator[Found]:
    """Find agencies whose official name the translation does not have."""
    named = _NAMES & pair.source_lower
    if named:
        named -= {rule.source.lower() for rule in pair.guide.terms}
    if not named:
        return
    told = pair.target_prose.lower()
    for word in pair.source_words:
        lowered = word.text.lower()
        if lowered not in named:
            continue
        named -= {lowered}
        name = lowered if lowered in AGENCIES else lowered[:-1]
        if name not in told and not any(_core(official) in told for official in AGENCIES[name]):
            values = {"expected": word.text, "official": AGENCIES[name][0]}
            yield Found("agency_called", word.span, None, values)


def _core(official: str) -> str:
    return official.lower().removeprefix("swedish ").removeprefix("national ")


CHECK = Check(N_("Agency"), Severity.MINOR, "terminology/inconsistent", look, frozenset({"en"}))
