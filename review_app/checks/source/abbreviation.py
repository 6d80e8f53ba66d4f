"""An abbreviation that can be read in more than one way, and that a machine will read in the wrong one.

Wrong where the page has said before what it means.
"""

import re
from collections.abc import Iterator

from review_app.checks.source.note import Note, SourceCheck
from review_app.locale import N_

MEANINGS = {
    "st": "sankt, stycken", "avd": "avdelning, avdrag", "förf": "författare, författning", "v": "vecka, väg, västra",
    "mån": "måndag, månad", "bil": "bilaga, bil", "ord": "ordinarie, ordförande", "ek": "ekonomisk, ekologisk",
    "reg": "region, register, regering", "pol": "polis, politisk", "soc": "social, socken", "ant": "antal, anteckning",
    "komm": "kommun, kommission, kommitté", "sekr": "sekreterare, sekretess", "tills": "tillsammans, tillsyn",
    "utb": "utbildning, utbetalning", "bet": "betalning, betänkande, beteckning", "ans": "ansökan, ansvarig",
    "kom": "kommun, kommentar", "min": "minuter, minst, minister", "s": "sida, södra", "n": "norra, nedre",
    "f": "före, född, följande", "t": "till, ton, timmar",
}  # fmt: skip
"""Swedish abbreviations, without their full stop, and what each may stand for."""

_SHORT = re.compile(rf"(?<![\w.])({'|'.join(sorted(MEANINGS, key=len, reverse=True))})\.(?=\s+[a-zåäö])")
"""An abbreviation inside a sentence: a small letter follows, so that the full stop does not end it."""

_BEFORE_DIGIT = re.compile(r"\d\s?$")


def look(text: str) -> Iterator[Note]:
    """Find abbreviations with more than one meaning; beside a number they are clear: "6 mån.", "s. 4"."""
    for match in _SHORT.finditer(text):
        if not _BEFORE_DIGIT.search(text, max(0, match.start() - 2), match.start()):
            values = {"found": match[0], "meanings": MEANINGS[match[1].lower()]}
            yield Note(match.span(), "source_abbreviation", values)


CHECK = SourceCheck(N_("Ambiguous abbreviation"), look)
