"""What a lexicon knows of one word: which words translate it, or which it translates, and how surely. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from review_app.checks.lexical.alignment import Aligner
from review_app.checks.lexical.lexicon import CHANCES, LEMMA, Lexicon
from review_app.checks.lexical.links import LOOSE
from review_app.checks.lexical.tokens import lemma, lowered, tokens_of

MOST = 8
"""Translations of a word that are shown."""


class Rendered(NamedTuple):
    """A word in the other language: how likely it is given the one looked up, and that one given it.

    ``part`` is the part of a compound that it translates; empty where it is of the whole word.
    """

    word: str
    chance: float
    back: float
    part: str = ""


def translated(lexicon: Lexicon, word: str, most: int = MOST) -> list[Rendered]:
    """Return the words that translate a word of the source, in any of its forms; of a compound, its parts'."""
    low = lowered(word)
    found = _forward(lexicon, low)
    if found:
        return _best(found, most)
    return [one._replace(part=part) for part in lexicon.parts(low) for one in _best(_forward(lexicon, part), most // 2)]


def translates(lexicon: Lexicon, word: str, most: int = MOST) -> list[Rendered]:
    """Return the words of the source that a word translates; the first chance is theirs, given it."""
    return _best(
        [
            Rendered(lexicon.source_words[source].removeprefix(LEMMA), back, chance)
            for source, row in lexicon.translations(lowered(word)).items()
            for chance, back, _ in [lexicon.figures(row)]
        ],
        most,
    )


def counted(aligner: Aligner, word: str, pairs: Iterable[tuple[str, str]]) -> Counter[str]:
    """Count, in pairs of texts, which words stand for a word of the source, in any of its forms."""
    language = aligner.model.lexicon.languages[0]
    sought = lemma(lowered(word), language)
    found: Counter[str] = Counter()
    with aligner.lock:
        aligner.ready()
        for source, target in pairs:
            theirs = tokens_of(target)
            ours = aligner.align(source, target).source
            for at, token in enumerate(tokens_of(source)[: len(ours.best)]):
                is_it = token[0].isalpha() and lemma(lowered(token), language) == sought
                if is_it and ours.best[at] >= 0 and ours.strength[at] >= LOOSE:
                    found[lowered(theirs[ours.best[at]])] += 1
    return found


def _forward(lexicon: Lexicon, word: str) -> list[Rendered]:
    names = (word, LEMMA + lemma(word, lexicon.languages[0]))
    numbers = [lexicon.source_number[name] for name in names if name in lexicon.source_number]
    rows = np.flatnonzero(np.isin(lexicon.sources, numbers)).tolist() if numbers else []
    places = np.searchsorted(lexicon.starts, rows, side="right") - 1
    return [
        Rendered(
            lexicon.target_words[place].removeprefix(LEMMA),
            CHANCES[lexicon.forward[row]],
            CHANCES[lexicon.backward[row]],
        )
        for row, place in zip(rows, places.tolist(), strict=True)
    ]


def _best(found: Sequence[Rendered], most: int) -> list[Rendered]:
    """Return each word once, at its surest, the surest both ways first."""
    surest: dict[str, Rendered] = {}
    for one in sorted(found, key=lambda one: -one.chance * one.back):
        surest.setdefault(one.word, one)
    return list(surest.values())[:most]
