"""What is a duty became a possibility, or the other way round: "måste" and "may", "får" and "must", "bör" and "must".

Wrong when the duty is told by another word than those known here ("it falls to you").
"""

from collections.abc import Iterator, Sequence

from review_app.checks.finding import Check, Found, Severity
from review_app.checks.pair import Pair
from review_app.checks.reading import Word
from review_app.locale import N_

MOST_WORDS = 40
"""Words up to which a text is one statement; longer ones often tell of a duty and of a possibility."""

DUTY = frozenset({"måste"})
ADVICE = frozenset({"bör", "borde"})
LEAVE = frozenset({"får", "kan"})
WILL = frozenset({"ska", "skall", "skulle"})
SWEDISH = DUTY | ADVICE | LEAVE | WILL
NOT = frozenset({"inte", "ej", "aldrig", "ingen", "inga", "inget", "endast", "bara", "enbart", "först", "högst"})
"""With these, leave becomes a duty: "får inte" is "must not"."""

MUST = frozenset({"must", "shall"})
MAY = frozenset({"may", "might", "could"})
CAN = MAY | {"can", "optionally", "optional"}
NEEDS = frozenset(
    """
    must shall should have has had having need needs needed require requires required requirement requirements
    necessary mandatory obliged obligatory got forced supposed ought essential imperative compulsory bound will
    is are be cannot only
    """.split()
)
"""What tells a duty in English, or leaves it open."""

ADVISES = frozenset("should ought recommend recommends recommended advise advised advisable better may can".split())


def look(pair: Pair) -> Iterator[Found]:
    """Find a duty, a piece of advice or a leave that the translation tells as another."""
    source = pair.source_lower & SWEDISH
    if not source or len(pair.source_tokens) > MOST_WORDS:
        return
    target = pair.target_lower
    if source <= DUTY and NEEDS.isdisjoint(target) and not CAN.isdisjoint(target):
        yield _found(pair, DUTY, CAN)
    elif source == {"ska"} and NEEDS.isdisjoint(target) and "may" in target and pair.target_tokens[0].lower() == "you":
        yield _found(pair, WILL, MAY)
    elif source <= ADVICE and not MUST.isdisjoint(target) and ADVISES.isdisjoint(target):
        yield _found(pair, ADVICE, MUST)
    elif source == {"får"} and "must" in target and NOT.isdisjoint(pair.source_lower) and CAN.isdisjoint(target):
        yield _found(pair, LEAVE, MUST)


def _found(pair: Pair, swedish: frozenset[str], english: frozenset[str]) -> Found:
    source, target = _first(pair.source_words, swedish), _first(pair.target_words, english)
    return Found("modality", source.span, target.span, {"expected": source.text, "found": target.text})


def _first(words: Sequence[Word], among: frozenset[str]) -> Word:
    return next(word for word in words if word.text.lower() in among)


CHECK = Check(N_("Duty and leave"), Severity.MAJOR, "accuracy/mistranslation", look, frozenset({"en"}))
