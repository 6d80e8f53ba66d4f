"""The reader is addressed in two ways, or more familiarly than an authority does: "du" and "Sie", "don't" and "do not".

Swedish says "du" to everybody; German, French, Russian and Ukrainian authorities write to strangers politely.

Wrong on pages for children, in quotations, and where several people are meant.
"""

import re
from collections.abc import Iterator, Sequence

from review_app.checks.addressing import ADDRESSES, LONG, SAID, SHORT, Address
from review_app.checks.finding import Check, Found, Severity
from review_app.checks.pair import Pair
from review_app.checks.reading import Word
from review_app.locale import N_

ADDRESSED = frozenset("du dig din ditt dina".split())
"""Swedish words by which one reader is addressed."""

SENTENCE_END = re.compile(r"[.!?:]\W*$")


def look(pair: Pair) -> Iterator[Found]:
    """Compare the words by which a text addresses its reader."""
    language = pair.languages[1]
    if language == "en":
        yield from _written_and_spoken(pair.target)
        return
    address = ADDRESSES[language]
    if address.familiar.isdisjoint(pair.target_lower):
        return
    familiar = next(word for word in pair.target_words if word.text.lower() in address.familiar)
    polite = _polite(address, pair.target_words, pair.target)
    if polite is not None:
        first, second = sorted((familiar, polite), key=lambda word: word.start)
        yield Found("says_both", None, second.span, {"expected": first.text, "found": second.text})
    elif address.polite_word and not ADDRESSED.isdisjoint(pair.source_lower):
        yield Found("familiar", None, familiar.span, {"expected": address.polite_word, "found": familiar.text})


def _written_and_spoken(text: str) -> Iterator[Found]:
    short = SHORT.search(text) if ("n't" in text or "n’t" in text) and SAID.isdisjoint(text) else None
    long = LONG.search(text) if short else None
    if short and long:
        yield Found("says_both", None, short.span(), {"expected": long[0], "found": short[0]})


def _polite(address: Address, words: Sequence[Word], text: str) -> Word | None:
    """Return the first polite word; where only a capital tells it, not at the beginning of a sentence."""
    for word in words:
        if word.text.lower() in address.polite and (
            not address.capital
            or (word.text[0].isupper() and text[: word.start].strip() and not SENTENCE_END.search(text[: word.start]))
        ):
            return word
    return None


CHECK = Check(N_("Form of address"), Severity.MINOR, "style/register", look, frozenset({"en", *ADDRESSES}))
