"""Which words of a pair of texts belong together, and how well: each word's best counterpart by the lexicon."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from threading import RLock
from typing import Any, NamedTuple, TypeVar

from review_app.checks.lexical.columns import Column, Layout, column_of
from review_app.checks.lexical.layout import Layouts
from review_app.checks.lexical.lexicon import Figures
from review_app.checks.lexical.links import LOOSE, MOST_PLACES, MOST_TOKENS, OFF_PLACE, SAME_STEM
from review_app.checks.lexical.model import LexicalModel
from review_app.checks.lexical.tokens import lowered, tokens_of
from review_app.text.remembered import Remembered

FEW = 8  # pairs that are aligned one after the other: the first of many takes half a millisecond
MOST_PAIRS = 512  # alignments remembered: the checks and the risk ask for the same ones, one after the other


class Side(NamedTuple):
    """One text: the numbers of its words, and for each how likely it is, how strong its link, and to which word.

    ``best`` is the place of the counterpart, -1 without one.
    """

    words: list[int]
    chance: list[float]
    strength: list[float]
    best: list[int]


class Alignment(NamedTuple):
    """Both texts of a pair."""

    source: Side
    target: Side


Key = TypeVar("Key")

Links = tuple[float, tuple[tuple[float, float, int], ...]]
"""What the lexicon says of a word and a source: how likely the source has it translated so; then, for each place of the
source that it may be linked to, how likely that is the other way, and how strong the link is."""

NO_LINKS: Links = (0.0, ())


class _Links(dict[int, Links]):
    """By target word what of a source it translates; worked out when first asked for, in one call."""

    def __init__(self, aligner: "Aligner", places: dict[int, list[int]]) -> None:
        super().__init__()
        self._aligner, self._places = aligner, places

    def __missing__(self, word: int) -> Links:
        rows, places = self._aligner.translations[word], self._places
        shared = rows.keys() & places.keys()
        if not shared:
            self[word] = NO_LINKS
            return NO_LINKS
        figures = self._aligner.figures
        links: Links
        if len(shared) == 1:
            key = shared.pop()
            if len(places[key]) == 1:  # as for every other word
                forward, back, strength = figures[rows[key]]
                links = self[word] = forward, ((back, strength, places[key][0]),)
                return links
            shared.add(key)
        likeliest = 0.0
        best: dict[int, tuple[float, float, int]] = {}
        for key in shared:  # a word's form and its lemma stand at one place
            forward, back, strength = figures[rows[key]]
            if forward > likeliest:  # noqa: PLR1730 - no call of max
                likeliest = forward
            for place in places[key]:
                known = best.get(place)
                if known is None:
                    best[place] = (back, strength, place)
                elif back > known[0] or strength > known[1]:
                    best[place] = (max(back, known[0]), max(strength, known[1]), place)
        links = self[word] = likeliest, tuple(best.values())
        return links


class _Source:
    """What alignment asks of a source: worked out once, however many translations it has."""

    def __init__(self, words: list[int], aligner: "Aligner") -> None:
        self.words = words
        stems = aligner.model.source.stems
        self.place_of_stem = {stems[word]: place for place, word in enumerate(words)}
        self.links = _Links(aligner, _places(words, aligner.keys))


class Aligner:
    """Aligns pairs of texts; remembers what it has looked up of each word, and the last texts."""

    def __init__(self, model: LexicalModel) -> None:
        self.model = model
        self.lock = RLock()
        """Held while numbers of words are in use: another thread's ``ready`` may forget them."""
        self._aligned: OrderedDict[tuple[str, str], Alignment] = OrderedDict()
        self._sources: OrderedDict[str, _Source] = OrderedDict()
        self._laid_out: Layout | None = None
        source, target = model.source, model.target
        self.keys: Remembered[int, tuple[int, ...]] = Remembered(
            lambda word: model.lexicon.keys(lowered(source.written[word]))
        )
        self.translations: Remembered[int, dict[int, int]] = Remembered(
            lambda word: model.lexicon.translations(lowered(target.written[word]))
        )
        self.figures: Remembered[int, Figures] = Remembered(model.lexicon.figures)
        self._layouts = Layouts(model, self.keys.__getitem__)

    def lay_out(self, pairs: Sequence[tuple[str, str]]) -> Layout:
        """Align many pairs at once; the last ones stay, for whoever asks for one of them. The lock must be held."""
        if self._laid_out is None or self._laid_out.pairs != pairs:
            few = len(pairs) < FEW
            self._laid_out = self._layouts.of_aligned(pairs, self._columns(pairs)) if few else self._layouts.of(pairs)
        return self._laid_out

    def _columns(self, pairs: Sequence[tuple[str, str]]) -> tuple[Column, Column]:
        aligned = [self.align(*pair) for pair in pairs]
        return column_of([one.source for one in aligned]), column_of([one.target for one in aligned])

    def laid_out(self, source: str, target: str) -> tuple[Layout, int] | None:
        """Return where a pair stands that was aligned with others just before, if it was. The lock must be held."""
        layout = self._laid_out
        place = layout.place_of.get((source, target)) if layout is not None else None
        return None if layout is None or place is None else (layout, place)

    def align(self, source: str, target: str) -> Alignment:
        """Find each word's best counterpart. The lock must be held."""
        texts = (source, target)
        aligned = self._aligned.get(texts)
        if aligned is None:
            _make_room(self._aligned)
            laid_out = self.laid_out(source, target)
            aligned = self._aligned[texts] = _cut_out(*laid_out) if laid_out else self._align(source, target)
        return aligned

    def _align(self, source: str, target: str) -> Alignment:
        known = self._source(source)
        ours = _side(known.words)
        theirs = _side(self.model.target.numbers(tokens_of(target)[:MOST_TOKENS]))
        self._link(known, ours, theirs)
        self._link_alike(known.place_of_stem, ours, theirs)
        return Alignment(ours, theirs)

    def _link(self, known: _Source, ours: Side, theirs: Side) -> None:
        """Take each link where it is better than what either word has; far from its place it is weaker.

        This runs for every possible link of every text: it calls nothing.
        """
        chance, strength, best = theirs.chance, theirs.strength, theirs.best
        our_chance, our_strength, our_best = ours.chance, ours.strength, ours.best
        step = len(ours.words) / max(len(theirs.words), 1)
        loss = OFF_PLACE / max(len(ours.words), 1)
        links = known.links
        for at, word in enumerate(theirs.words):
            likeliest, found = links[word]
            if not found:
                continue
            nearest, counterpart, here = 0.0, -1, at * step
            for back, likely, place in found:
                off = place - here
                near = likely * (1 - loss * off if off > 0 else 1 + loss * off)
                if back > our_chance[place]:  # noqa: PLR1730
                    our_chance[place] = back
                if near > nearest:
                    nearest, counterpart = near, place
                if near > our_strength[place]:
                    our_strength[place], our_best[place] = near, at
            chance[at], strength[at], best[at] = likeliest, nearest, counterpart

    def _source(self, text: str) -> _Source:
        known = self._sources.get(text)
        if known is None:
            _make_room(self._sources)
            words = self.model.source.numbers(tokens_of(text)[:MOST_TOKENS])
            known = self._sources[text] = _Source(words, self)
        return known

    def ready(self) -> None:
        """Make room for new words; numbers of words from before are void. The lock must be held."""
        if self.model.source.is_full or self.model.target.is_full:
            self._aligned.clear()
            self._sources.clear()
            self._laid_out = None
            self._layouts.clear()
            self.model.source.restart()
            self.model.target.restart()
            self.keys.clear()
            self.translations.clear()

    def _link_alike(self, places: dict[str, int], ours: Side, theirs: Side) -> None:
        """Link words without counterparts to those that begin alike, as names and learned words do."""
        stems = self.model.target.stems
        for at, strength in enumerate(theirs.strength):
            if strength < LOOSE and (stem := stems[theirs.words[at]]) and stem in places:
                _link_stems(ours, theirs, places[stem], at)


def _make_room(remembered: OrderedDict[Key, Any]) -> None:
    """Forget the oldest where as much is remembered as may be."""
    if len(remembered) >= MOST_PAIRS:
        remembered.popitem(last=False)


def _cut_out(layout: Layout, at: int) -> Alignment:
    """Return the alignment of one pair of many."""
    return Alignment(
        *(_side_of(column, slice(*column.starts[at : at + 2])) for column in (layout.source, layout.target))
    )


def _side_of(column: Column, place: slice) -> Side:
    words, chance, strength, best = (
        values[place].tolist() for values in (column.words, column.chance, column.strength, column.best)
    )
    return Side(words, chance, strength, best)


def _side(words: list[int]) -> Side:
    none = [0.0] * len(words)
    return Side(words, none, none.copy(), [-1] * len(words))


def _places(words: list[int], keys: Mapping[int, tuple[int, ...]]) -> dict[int, list[int]]:
    """Return where each key of a source stands, the first few places."""
    places: dict[int, list[int]] = {}
    for place, word in enumerate(words):
        for key in keys[word]:
            if key not in places:
                places[key] = [place]
            elif len(places[key]) < MOST_PLACES:
                places[key].append(place)
    return places


def _link_stems(ours: Side, theirs: Side, place: int, at: int) -> None:
    forward, back, strength = SAME_STEM
    theirs.chance[at] = max(theirs.chance[at], forward)
    ours.chance[place] = max(ours.chance[place], back)
    theirs.strength[at], theirs.best[at] = strength, place  # it had none
    if strength > ours.strength[place]:
        ours.strength[place], ours.best[place] = strength, at
