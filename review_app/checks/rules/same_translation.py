"""Another Swedish text of the site has the very same translation.

One of the two is probably wrong: a text was copied into the wrong place, or a machine left out what tells them apart.

Wrong for two Swedish texts that say the same in other words.
"""

from collections.abc import Iterator

from review_app.checks.finding import Check, Found, Severity
from review_app.checks.pair import Pair
from review_app.checks.reading import WORD
from review_app.locale import N_

STEM = 5
"""Letters in which two forms of a word agree: "ansökan" and "ansöka"."""

SHORTEST = 4
"""Letters of a word that can tell two texts apart; shorter ones hold the sentence together."""

MOST_ALIKE = 0.3
"""Share of their words that two Swedish texts may have in common; others are two ways to say the same."""


def look(pair: Pair) -> Iterator[Found]:
    """Find a text of other words whose translation reads like this one."""
    others = pair.guide.written.sources
    if not others:
        return
    own = _stems(pair.source)
    for source, where in others.get(pair.target, ()):
        if own and _alike(own, _stems(source)) < MOST_ALIKE:
            values = {"found": source, "where": where}
            yield Found("translated_alike", (0, len(pair.source)), (0, len(pair.target)), values)
            return


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if other else 1.0


def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:STEM].lower() for word in WORD.findall(text) if len(word) >= SHORTEST)


CHECK = Check(N_("Same translation"), Severity.MINOR, "accuracy/mistranslation", look)
