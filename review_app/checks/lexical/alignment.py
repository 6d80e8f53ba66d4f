"""Which words of a pair of texts belong together, and how well: each word's best counterpart by the lexicon."""

from collections.abc import Callable
from dataclasses import dataclass
from threading import RLock
from typing import TypeVar

from review_app.checks.lexical.model import LexicalModel
from review_app.checks.lexical.tokens import lowered, tokens_of

MOST_TOKENS = 2_000  # tokens of a text that are aligned; what follows is not judged
MOST_PAIRS = 512  # alignments remembered: the checks and the risk ask for the same ones, one after the other
MOST_PLACES = 6  # places at which one word of the source is considered
OFF_PLACE = 0.3  # share of its strength that a link loses from one end of the text to the other
LOOSE = 0.05  # strength below which a word has no counterpart
SAME_STEM = (0.15, 0.15, 0.5)  # chance both ways, and strength, of a link between words that only look alike

Figures = tuple[float, float, float]
"""Forward and backward probability, and strength."""


@dataclass(frozen=True, slots=True)
class Side:
    """One text: the numbers of its words, and for each how likely it is, how strong its link, and to which word.

    ``best`` is the place of the counterpart, -1 without one.
    """

    words: list[int]
    chance: list[float]
    strength: list[float]
    best: list[int]


@dataclass(frozen=True, slots=True)
class Alignment:
    """Both texts of a pair."""

    source: Side
    target: Side


Value = TypeVar("Value")


class _Remembered(dict[int, Value]):
    """What is known of a word, worked out when first asked for."""

    def __init__(self, work_out: Callable[[int], Value]) -> None:
        super().__init__()
        self._work_out = work_out

    def __missing__(self, word: int) -> Value:
        value = self[word] = self._work_out(word)
        return value


class Aligner:
    """Aligns pairs of texts; remembers what it has looked up of each word."""

    def __init__(self, model: LexicalModel) -> None:
        self.model = model
        self.lock = RLock()
        """Held while numbers of words are in use: another thread's ``ready`` may forget them."""
        self._aligned: dict[tuple[str, str], Alignment] = {}
        source, target = model.source, model.target
        self.keys: _Remembered[tuple[int, ...]] = _Remembered(
            lambda word: model.lexicon.keys(lowered(source.written[word]))
        )
        self.translations: _Remembered[dict[int, Figures]] = _Remembered(
            lambda word: model.lexicon.translations(lowered(target.written[word]))
        )

    def align(self, source: str, target: str) -> Alignment:
        """Find each word's best counterpart. The lock must be held."""
        texts = (source, target)
        if texts not in self._aligned:
            self._aligned[texts] = self._align(source, target)
        return self._aligned[texts]

    def _align(self, source: str, target: str) -> Alignment:
        ours = _side(self.model.source.numbers(tokens_of(source)[:MOST_TOKENS]))
        theirs = _side(self.model.target.numbers(tokens_of(target)[:MOST_TOKENS]))
        places = self._places(ours.words)
        known = places.keys()
        step = len(ours.words) / max(len(theirs.words), 1)
        loss = OFF_PLACE / max(len(ours.words), 1)
        for at, word in enumerate(theirs.words):
            translations = self.translations[word]
            for key in translations.keys() & known:
                for place in places[key]:
                    _link(ours, theirs, place, at, translations[key], 1 - loss * abs(place - at * step))
        self._link_alike(ours, theirs)
        return Alignment(ours, theirs)

    def ready(self) -> None:
        """Make room for new words; numbers of words from before are void. The lock must be held."""
        if len(self._aligned) >= MOST_PAIRS:
            self._aligned.clear()
        if self.model.source.is_full or self.model.target.is_full:
            self._aligned.clear()
            self.model.source.restart()
            self.model.target.restart()
            self.keys.clear()
            self.translations.clear()

    def _places(self, words: list[int]) -> dict[int, list[int]]:
        """Return where each key of the source stands, the first few places."""
        places: dict[int, list[int]] = {}
        for place, word in enumerate(words):
            for key in self.keys[word]:
                if key not in places:
                    places[key] = [place]
                elif len(places[key]) < MOST_PLACES:
                    places[key].append(place)
        return places

    def _link_alike(self, ours: Side, theirs: Side) -> None:
        """Link words without counterparts to those that begin alike, as names and learned words do."""
        stems = self.model.target.stems
        loose = [
            (at, stems[word])
            for at, (word, strength) in enumerate(zip(theirs.words, theirs.strength, strict=True))
            if strength < LOOSE and stems[word]
        ]
        if not loose:
            return
        stems = self.model.source.stems
        places = {stems[word]: place for place, word in enumerate(ours.words)}
        for at, stem in loose:
            if stem in places:
                _link(ours, theirs, places[stem], at, SAME_STEM, 1.0)


def _side(words: list[int]) -> Side:
    none = [0.0] * len(words)
    return Side(words, none, none.copy(), [-1] * len(words))


def _link(ours: Side, theirs: Side, place: int, at: int, figures: Figures, near: float) -> None:
    """Take a link where it is better than what either word has."""
    chance, back, strength = figures
    strength *= near
    theirs.chance[at] = max(theirs.chance[at], chance)
    ours.chance[place] = max(ours.chance[place], back)
    if strength > theirs.strength[at]:
        theirs.strength[at] = strength
        theirs.best[at] = place
    if strength > ours.strength[place]:
        ours.strength[place] = strength
        ours.best[place] = at
