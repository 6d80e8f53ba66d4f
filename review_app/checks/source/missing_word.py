"""Words stand side by side that never do in Swedish: one is missing, or was left over when the sentence was changed.

Wrong in headlines that leave words out, and in titles that are quoted.
"""

from collections.abc import Iterator, Mapping

from review_app.checks.reading import Word, words
from review_app.checks.source.note import Note, SourceCheck
from review_app.locale import N_

_DETERMINERS = frozenset(
    """
    just den det de denna detta dessa en ett alla alltid vår vårt våra er ert era dig oss mig dem honom henne
    kommunen kommunens varje båda bara också sitt sin sina min mitt mina
    """.split()
)
_PREPOSITIONS = frozenset("i på av till med från hos vid åt mot genom mellan under".split())
_FINITE = frozenset("är har ska skall kan får blir måste vill bör hade".split())
_ARTICLES = frozenset({"en", "ett"})

NEVER_NEIGHBOURS: Mapping[str, frozenset[str]] = {
    "i": _PREPOSITIONS - {"i", "från"},
    "hos": _PREPOSITIONS | {"för"},
    "och": frozenset({"eller", "samt"}),
    "att": _FINITE | {"och"},
    "en": _ARTICLES | _FINITE - {"vill", "kan", "ska", "får", "har", "måste", "bör", "är", "blir", "hade"},
    "ett": _ARTICLES,
    "den": _ARTICLES,
    "av": frozenset({"av", "i", "på", "hos", "vid"}),
}
"""Words that do not follow each other, by the first of them."""

TAKES_I = (
    "fyll",
    "skriv",
    "rita",
    "kryss",
    "lägg",
    "lagt",
    "häll",
    "hopp",
    "stopp",
    "sätt",
    "satt",
    "tryck",
    "var",
    "är",
)
"""How verbs begin that take a loose "i", after which any preposition may come: "fylls i av"."""

NEVER_LAST = frozenset("och att ett samt eller hos".split())
"""Words that end no sentence."""


def look(text: str) -> Iterator[Note]:
    """Find neighbours that do not belong together, and a last word that ends no sentence."""
    found = words(text)
    for index, word in enumerate(found[:-1]):
        other = found[index + 1]
        if index and word.text == "i" and found[index - 1].text.lower().startswith(TAKES_I):
            continue
        if _is_odd(word, other, found[index + 2 : index + 3]) and text[word.end : other.start].isspace():
            yield Note((word.start, other.end), "source_missing", {"found": text[word.start : other.end]})
    if len(found) > 1 and found[-1].text in NEVER_LAST and text[found[-1].end :].strip() == ".":
        yield Note(found[-1].span, "source_ends_open", {"found": found[-1].text})


def _is_odd(word: Word, other: Word, following: list[Word]) -> bool:
    """Say whether two words cannot be neighbours: "i för stor grad" can, "i för just" cannot."""
    if not other.text.islower() or not (word.text.islower() or word.start == 0):
        return False
    if other.text == "för" and word.text.lower() == "i":
        return bool(following) and following[0].text in _DETERMINERS
    return other.text in NEVER_NEIGHBOURS.get(word.text.lower(), ())


CHECK = SourceCheck(N_("Missing word in the Swedish"), look)
