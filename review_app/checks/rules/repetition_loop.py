"""The translation repeats the same words over and over, as engines do that have lost the thread.

Wrong for refrains and chants; what the source repeats is not flagged.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from operator import eq

from review_app.checks.finding import Check, Found, Severity
from review_app.checks.pair import Pair
from review_app.locale import N_

LONGEST = 8
"""Words of the longest phrase that is looked for."""

TIMES = 3
"""So often in a row, a phrase is a loop."""

FEWEST_AGAIN = 4
"""Words of a loop that stood before: of two words three times, and of one word five times."""

MOST = 400
"""Words of a text that are looked at; an engine that has lost the thread has done so before."""


def look(pair: Pair) -> Iterator[Found]:
    """Find a phrase of two words or more that stands three times in a row, or a word that does five times."""
    tokens = pair.target_tokens
    if len(tokens) - len(pair.target_lower) < FEWEST_AGAIN or not _may_loop(pair.target_reading.small[:MOST]):
        return
    loop = _loop(tokens[:MOST])
    if loop and not _loop(pair.source_tokens[:MOST]):
        first, last, phrase = loop
        span = pair.target_words[first].start, pair.target_words[last].end
        yield Found("repetition_loop", None, span, {"found": " ".join(phrase)})


def _may_loop(words: Sequence[str]) -> bool:
    """Say whether words stand often enough for a loop: two of them three times, or one five times."""
    often = sum(count for count in Counter(words).values() if count >= TIMES)
    return often >= TIMES + 2


def _loop(tokens: Sequence[str]) -> tuple[int, int, Sequence[str]] | None:
    """Return the first and last index of a loop, and its phrase."""
    words = [token.lower() for token in tokens]
    for length in range(1, LONGEST + 1):
        needed = length * (TIMES if length > 1 else TIMES + 2) - length
        if sum(map(eq, words, islice(words, length, None))) < needed:
            continue
        run = 0
        for index in range(length, len(words)):
            run = run + 1 if words[index] == words[index - length] else 0
            if run >= needed:
                start = index - run - length + 1
                return start, index, tokens[start : start + length]
    return None


CHECK = Check(N_("Endless repetition"), Severity.CRITICAL, "accuracy/addition", look)
