"""Which words of a pair of texts belong together, and how well: each word's best counterpart by the lexicon."""

from dataclasses import dataclass
from threading import RLock

from review_app.checks.lexical.lexicon import Lexicon
from review_app.checks.lexical.model import LexicalModel
from review_app.checks.lexical.tokens import lowered, tokens_of

MOST_TOKENS = 2_000  # tokens of a text that are aligned; what follows is not judged
MOST_PLACES = 6  # places at which one word of the source is considered
OFF_PLACE = 0.3  # share of its strength that a link loses from one end of the text to the other
STEM = 4  # letters in which words that look alike must agree: "cyanursyra", "cyanuric"
SAME_STEM = 0.5  # strength of a link between words that only look alike
STEM_CHANCE = 0.15


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


class Aligner:
    """Aligns pairs of texts; remembers what it has looked up of each word."""

    def __init__(self, model: LexicalModel) -> None:
        self.model = model
        self.lock = RLock()
        """Held while numbers of words are in use: another thread's ``ready`` may forget them."""
        self._keys: dict[int, tuple[int, ...]] = {}
        self._translations: dict[int, dict[int, tuple[float, float, float]]] = {}

    def align(self, source: str, target: str) -> Alignment:
        """Find each word's best counterpart. The lock must be held."""
        ours = _side(self.model.source.numbers(tokens_of(source)[:MOST_TOKENS]))
        theirs = _side(self.model.target.numbers(tokens_of(target)[:MOST_TOKENS]))
        places = self._places(ours.words)
        sources, targets = max(len(ours.words), 1), max(len(theirs.words), 1)
        for at, word in enumerate(theirs.words):
            translations = self._translations_of(word)
            for key in translations.keys() & places.keys():
                chance, back, strength = translations[key]
                for place in places[key]:
                    off = abs(place / sources - at / targets)
                    _link(ours, theirs, place, at, chance, back, strength * (1 - OFF_PLACE * off))
        self._link_alike(ours, theirs)
        return Alignment(ours, theirs)

    def _places(self, words: list[int]) -> dict[int, list[int]]:
        """Return where each key of the source stands, the first few places."""
        places: dict[int, list[int]] = {}
        for place, word in enumerate(words):
            keys = self._keys.get(word)
            if keys is None:
                keys = self._keys[word] = self._lexicon.keys(lowered(self.model.source.written[word]))
            for key in keys:
                known = places.setdefault(key, [])
                if len(known) < MOST_PLACES:
                    known.append(place)
        return places

    def _translations_of(self, word: int) -> dict[int, tuple[float, float, float]]:
        found = self._translations.get(word)
        if found is None:
            found = self._lexicon.translations(lowered(self.model.target.written[word]))
            self._translations[word] = found
        return found

    def _link_alike(self, ours: Side, theirs: Side) -> None:
        """Link words without counterparts to those that begin alike, as names and learned words do."""
        loose = [at for at, strength in enumerate(theirs.strength) if strength < 0.05]
        if not loose:
            return
        stems: dict[str, int] = {}
        written = self.model.source.written
        for place, word in enumerate(ours.words):
            if len(written[word]) >= STEM or written[word][0].isupper():
                stems.setdefault(written[word][:STEM].lower(), place)
        written = self.model.target.written
        for at in loose:
            word_written = written[theirs.words[at]]
            found = stems.get(word_written[:STEM].lower())
            if found is not None:
                _link(ours, theirs, found, at, STEM_CHANCE, STEM_CHANCE, SAME_STEM)

    def ready(self) -> None:
        """Make room for new words; numbers of words from before are void. The lock must be held."""
        if not (self.model.source.is_full or self.model.target.is_full):
            return
        self.model.source.restart()
        self.model.target.restart()
        self._keys.clear()
        self._translations.clear()

    @property
    def _lexicon(self) -> Lexicon:
        return self.model.lexicon


def _side(words: list[int]) -> Side:
    none = [0.0] * len(words)
    return Side(words, none, none.copy(), [-1] * len(words))


def _link(ours: Side, theirs: Side, place: int, at: int, chance: float, back: float, strength: float) -> None:
    """Take a link where it is better than what either word has."""
    if chance > theirs.chance[at]:
        theirs.chance[at] = chance
    if back > ours.chance[place]:
        ours.chance[place] = back
    if strength > theirs.strength[at]:
        theirs.strength[at], theirs.best[at] = strength, place
    if strength > ours.strength[place]:
        ours.strength[place], ours.best[place] = strength, at

