"""Which words translate which, as a table of figures: a row for each word of the target language."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from review_app.checks.lexical.tokens import lemma

LEMMA = "~"  # stands before a word that means all its forms
LEMMA_WEIGHT = 0.7  # what a translation of another form is worth beside one of this form
STEP = 1 / 24  # nats a quantised probability stands for: 255 of them reach 10.6 nats
CHANCES = np.exp(-STEP * np.arange(256)).tolist()  # the probability of each number of steps
FLOOR = 1e-3  # probability of a translation in the direction in which it was never seen
LEAST_LINK = 0.02  # strength below which a translation is not kept
SHORTEST_PART = 3  # letters of the shortest part of a Swedish compound
SHORTEST_COMPOUND = 7

Figures = tuple[float, float, float]
"""Forward and backward probability, and strength."""


@dataclass(frozen=True)
class Lexicon:
    """Probabilities that words translate each other: of target given source (``forward``), and back.

    ``starts`` says where each target word's row begins; ``sources`` are numbers of source words.
    """

    languages: tuple[str, str]
    source_words: tuple[str, ...]
    target_words: tuple[str, ...]
    starts: NDArray[np.int32]
    sources: NDArray[np.int32]
    forward: NDArray[np.uint8]
    backward: NDArray[np.uint8]

    @cached_property
    def source_number(self) -> Mapping[str, int]:
        """The numbers of the source words."""
        return {word: number for number, word in enumerate(self.source_words)}

    @cached_property
    def target_number(self) -> Mapping[str, int]:
        """The numbers of the target words."""
        return {word: number for number, word in enumerate(self.target_words)}

    @cached_property
    def _columns(self) -> tuple[memoryview, memoryview, memoryview, memoryview]:
        """``starts``, ``sources``, ``forward`` and ``backward``: single figures are read from here faster."""
        return self.starts.data, self.sources.data, self.forward.data, self.backward.data

    def translations(self, word: str) -> dict[int, int]:
        """Return, by number of source word, the row that says how a target word translates it.

        A row of its dictionary form is given as ``~row``.
        """
        sources = self._columns[1]
        start, length, lemma_start, lemma_length = self.spans(word)
        end, lemma_end = start + length, lemma_start + lemma_length
        found = dict(zip(sources[start:end], range(start, end), strict=True))
        found.update(zip(sources[lemma_start:lemma_end], range(~lemma_start, ~lemma_end, -1), strict=True))
        return found

    def spans(self, word: str) -> tuple[int, int, int, int]:
        """Return where the rows of a target word begin, and how many they are; then those of its dictionary form."""
        return *self._span(word), *self._span(LEMMA + lemma(word, self.languages[1]))

    def _span(self, word: str) -> tuple[int, int]:
        number = self.target_number.get(word)
        if number is None:
            return 0, 0
        starts = self._columns[0]
        return starts[number], starts[number + 1] - starts[number]

    def figures(self, row: int) -> Figures:
        """Return what a row says that ``translations`` gives: forward and backward probability, and strength."""
        weight, row = (1.0, row) if row >= 0 else (LEMMA_WEIGHT, ~row)
        _, _, forwards, backs = self._columns
        forward, back = CHANCES[forwards[row]], CHANCES[backs[row]]
        return weight * forward, weight * back, weight * sqrt(forward * back)

    def rows(self) -> Iterator[tuple[str, str, float, float]]:
        """Return the words that translate each other, source first, with the probability that way and back."""
        targets = np.repeat(np.arange(len(self.target_words)), np.diff(self.starts)).tolist()
        forward, backward = np.exp(-STEP * self.forward).tolist(), np.exp(-STEP * self.backward).tolist()
        for source, target, chance, back in zip(self.sources.tolist(), targets, forward, backward, strict=True):
            yield self.source_words[source], self.target_words[target], chance, back

    def keys(self, word: str) -> tuple[int, ...]:
        """Return the numbers under which a source word is known: as it is, by its lemma, by the parts of a compound."""
        language = self.languages[0]
        names = [word, LEMMA + lemma(word, language)]
        for part in () if word in self.source_number else self.parts(word):
            names += [part, LEMMA + lemma(part, language)]
        return tuple(dict.fromkeys(number for name in names if (number := self.source_number.get(name)) is not None))

    def parts(self, word: str) -> tuple[str, ...]:
        """Return the known words an unknown one is made of, "urin" and "prover"; the last alone if only it is known."""
        if len(word) < SHORTEST_COMPOUND:
            return ()
        cuts = range(SHORTEST_PART, len(word) - SHORTEST_PART + 1)
        for cut in cuts:
            head, tail = word[:cut], word[cut:]
            if tail in self.source_number:
                for first in (head, head.removesuffix("s")):  # "arbetslivs|frågor": the s only joins
                    if first in self.source_number:
                        return first, tail
        return next(((word[cut:],) for cut in cuts if len(word) - cut > SHORTEST_PART and self._knows(word[cut:])), ())

    def _knows(self, word: str) -> bool:
        return word in self.source_number


Chances = Mapping[tuple[str, str], float]
"""Probability of the second word given the first."""


def lexicon_of(languages: tuple[str, str], forward: Chances, backward: Chances) -> Lexicon:
    """Return the lexicon of what was learned in both directions, without what is too weak to tell anything."""
    both: dict[tuple[str, str], tuple[float, float]] = {}
    for (source, target), chance in forward.items():
        both[target, source] = (chance, backward.get((target, source), FLOOR))
    for (target, source), chance in backward.items():
        both.setdefault((target, source), (FLOOR, chance))
    kept = sorted(
        (target, source, *figures)
        for (target, source), figures in both.items()
        if source and target and (figures[0] * figures[1]) ** 0.5 >= LEAST_LINK
    )
    targets = sorted({row[0] for row in kept})
    sources = sorted({row[1] for row in kept})
    source_number = {word: number for number, word in enumerate(sources)}
    rows = np.array([row[0] for row in kept])
    return Lexicon(
        languages,
        tuple(sources),
        tuple(targets),
        np.append(np.searchsorted(rows, np.array(targets)), len(kept)).astype(np.int32),
        np.array([source_number[row[1]] for row in kept], dtype=np.int32),
        quantised([row[2] for row in kept]),
        quantised([row[3] for row in kept]),
    )


def joined(lexicons: Sequence[Lexicon]) -> Lexicon:
    """Return one lexicon of the same languages that knows of each pair of words what the surest of them does."""
    forward: dict[tuple[str, str], float] = {}
    backward: dict[tuple[str, str], float] = {}
    for lexicon in lexicons:
        for source, target, chance, back in lexicon.rows():
            forward[source, target] = max(chance, forward.get((source, target), 0.0))
            backward[target, source] = max(back, backward.get((target, source), 0.0))
    return lexicon_of(lexicons[0].languages, forward, backward)


def quantised(chances: list[float]) -> NDArray[np.uint8]:
    """Return probabilities as steps of their negative logarithm."""
    steps = np.round(-np.log(np.maximum(np.array(chances), 1e-9)) / STEP)
    figures: NDArray[np.uint8] = np.clip(steps, 0, 255).astype(np.uint8)
    return figures
