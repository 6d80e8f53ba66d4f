"""Capitals differ: the sentence begins small, has none at all, or consists of nothing else.

Wrong for names that begin small ("eBay") and for headings that a house style writes in capitals.
"""

from collections.abc import Iterator

from review_app.checks.finding import Check, Found, Severity
from review_app.checks.pair import Pair
from review_app.locale import N_

FEWEST_CAPITALS = 2
"""Words with a capital in the source from which a translation without any has lost its names."""

FEWEST_LETTERS = 8
"""Letters of a text in capitals that is longer than an acronym."""


def look(pair: Pair) -> Iterator[Found]:
    """Compare how the texts begin, and whether they have capitals."""
    source, target = pair.source_tokens, pair.target_tokens
    if not source or not target or target[0][0].lower() == target[0][0].upper():
        return  # a script without capitals
    if pair.target_text.isupper():
        if not pair.source_text.isupper() and len("".join(target)) >= FEWEST_LETTERS and len(target) > 1:
            yield Found("all_capitals", None, (0, len(pair.target)))
    elif source[0][0].isupper() and target[0].islower() and _begins(pair.source, source[0]):
        capitals = sum(token[0].isupper() for token in source)
        if capitals >= FEWEST_CAPITALS and pair.target_text.islower() and len(target) > FEWEST_CAPITALS:
            yield Found("no_capitals", None, (0, len(pair.target)))
        elif _begins(pair.target, target[0]):
            yield Found(
                "begins_small", None, pair.target_words[0].span, {"found": target[0]}, fix=target[0].capitalize()
            )


def _begins(text: str, token: str) -> bool:
    """Say whether nothing but signs stands before the first word: after "3" or a link it need not have a capital."""
    before = text[: text.find(token)]
    return not any(letter.isalnum() for letter in before) and not token[:1].isdigit()


CHECK = Check(N_("Capital letters"), Severity.MINOR, "fluency/spelling", look)
