"""What the lexical models say of many translations at once: for each token figures, counted by how odd they are.

Counts add up over a text: one wrong word shows in one count, however long the text. They follow the idea of
word-level quality estimation (Blatz et al. 2004; Ueffing and Ney 2007).
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from review_app.checks.lexical.alignment import Aligner
from review_app.checks.lexical.columns import Column
from review_app.checks.lexical.words import COLUMNS, Kind, Words

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# Bounds of the bins, chosen so that each holds a share of the tokens of human translations.
ORDER_OF_WORDS = (-14.0, -12.0, -10.0, -8.0, -6.0, -4.0, -2.0)  # nats
ORDER_OF_CLASSES = (-9.0, -7.5, -6.0, -5.0, -4.0, -3.0, -2.0, -1.0)  # nats
AROUND = (-7.0, -6.0, -5.0, -4.0, -3.0)  # nats, the mean of three neighbours
STRENGTH = (0.03, 0.1, 0.3)
RARITY = (4.0, 6.0, 8.0, 9.5)  # nats: log of texts in all for each text with the word
CHANCE = (0.01, 0.05, 0.2, 0.5)
CLASS_CHANCE = (-8.0, -6.5, -5.5, -4.5, -3.5, -2.5)  # nats
LITTLE_CHANCE = (0.01, 0.1)
ODD_ORDER = (-6.0, -4.0, -2.5)  # nats
LINKED = 0.05  # strength from which a link counts
APART = (1.5, 3.5)  # tokens between what the neighbours of a loose word are linked to
GAPS = 3 * (len(APART) + 1)

BINS = {
    "order": len(ORDER_OF_WORDS) + 1,
    "classes": len(ORDER_OF_CLASSES) + 1,
    "around": len(AROUND) + 1,
    "target_content": (len(STRENGTH) + 1) * (len(RARITY) + 1),
    "source_content": (len(STRENGTH) + 1) * (len(RARITY) + 1),
    "target_grammar": len(CHANCE) + 1,
    "source_grammar": len(CHANCE) + 1,
    "target_class": len(CLASS_CHANCE) + 1,
    "source_class": len(CLASS_CHANCE) + 1,
    "unsupported": (len(LITTLE_CHANCE) + 1) * (len(ODD_ORDER) + 1),
    "claimed": 2,
    "names": 2,
    "negations": 2,
    "unknown": 2,
    "again": 2,
    "marks": 2,
    "slipped_in": GAPS,
    "left_out": GAPS,
    "sizes": 4,
}
"""How many figures of each kind a text gets."""

NAMES = tuple(f"{kind}_{at}" for kind, count in BINS.items() for at in range(count))


def evidence(aligner: Aligner, pairs: Sequence[tuple[str, str]]) -> Floats:
    """Return the counts of each pair, a row each, in the order of ``NAMES``."""
    with aligner.lock:
        aligner.ready()
        layout = aligner.lay_out(pairs)
        ours, theirs = _Tokens(layout.source, aligner.model.source), _Tokens(layout.target, aligner.model.target)
    return _Counter(aligner, ours, theirs).counted()


class _Tokens:
    """The tokens of one side of many pairs in a row, with a column for each thing known of them."""

    def __init__(self, column: Column, words: Words) -> None:
        self.words, self.chance, self.strength, self.best, self.starts = column
        lengths = np.diff(self.starts)
        self.count = len(lengths)
        self.text = np.repeat(np.arange(self.count), lengths)
        total = int(self.starts[-1])
        self._table = words.table[self.words]
        before: Floats = np.concatenate([[1.0], self["ends"][:-1]])[:total]
        before[self.starts[:-1][lengths > 0]] = 1.0
        self.begins = before > 0
        self.classes = np.where(self.begins, self["class_low"], self["class_inside"]).astype(np.int64)
        self.order = np.where(self.begins, self["word_low"], self["word_inside"]).astype(np.int64)
        kind = self["kind"]
        self.content, self.grammar, self.mark = kind == Kind.CONTENT, kind == Kind.GRAMMAR, kind == Kind.MARK

    def __getitem__(self, name: str) -> Floats:
        """Return a column of what is known of the words."""
        return self._table[:, COLUMNS.index(name)].astype(np.float64)

    def total(self, where: NDArray[np.bool_]) -> Floats:
        """Return how many tokens of each text are so."""
        return np.bincount(self.text[where], minlength=self.count).astype(np.float64)

    def spread(self, values: Floats, bounds: Sequence[float], where: NDArray[np.bool_] | None = None) -> Floats:
        """Return how many tokens of each text have a value in each bin."""
        return self.counted(np.digitize(values, bounds), len(bounds) + 1, where)

    def counted(self, bins: Ints, width: int, where: NDArray[np.bool_] | None = None) -> Floats:
        """Return how many tokens of each text are in each bin."""
        cells = self.text * width + bins
        counts = np.bincount(cells if where is None else cells[where], minlength=self.count * width)
        return counts.reshape(self.count, width).astype(np.float64)


class _Counter:
    """Counts what is odd in pairs whose tokens are laid out."""

    def __init__(self, aligner: Aligner, ours: _Tokens, theirs: _Tokens) -> None:
        self._model, self._ours, self._theirs = aligner.model, ours, theirs

    def counted(self) -> Floats:
        """Return all counts side by side."""
        ours, theirs = self._ours, self._theirs
        in_order = self._model.word_order.scores(theirs.order, theirs.starts)
        in_classes = self._model.class_order.scores(theirs.classes, theirs.starts)
        text = np.repeat(np.arange(theirs.count), np.diff(theirs.starts) + 1)  # each text's end counts, too
        ends = np.cumsum(np.diff(theirs.starts) + 1) - 1
        inner = np.ones(len(text), dtype=bool)
        inner[ends] = False
        return np.hstack(
            [
                _spread(text, theirs.count, in_order, ORDER_OF_WORDS),
                _spread(text, theirs.count, in_classes, ORDER_OF_CLASSES),
                _spread(text, theirs.count, _around(in_classes, text), AROUND),
                _content(theirs),
                _content(ours),
                theirs.spread(theirs.chance, CHANCE, theirs.grammar),
                ours.spread(ours.chance, CHANCE, ours.grammar),
                *self._class_chances(),
                _unsupported(theirs, in_classes[inner]),
                self._claims(),
                _names(theirs),
                _more_and_fewer(theirs.total(theirs["negates"] > 0) - ours.total(ours["negates"] > 0)),
                _unknown(theirs),
                _again(ours, theirs),
                _more_and_fewer(theirs.total(theirs.mark) - ours.total(ours.mark)),
                _gaps(theirs, ours),
                _gaps(ours, theirs),
                _sizes(ours, theirs),
            ]
        )

    def _class_chances(self) -> tuple[Floats, Floats]:
        """Count how likely each token's class is, given the classes of the whole other text."""
        ours, theirs = self._ours, self._theirs
        given_source = _likely(self._model.class_forward, ours, theirs)
        given_target = _likely(self._model.class_backward, theirs, ours)
        return theirs.spread(given_source, CLASS_CHANCE), ours.spread(given_target, CLASS_CHANCE)

    def _claims(self) -> Floats:
        """Count the source words that two, and that three or more words of the target are linked to."""
        ours, theirs = self._ours, self._theirs
        linked = (theirs.strength > LINKED) & (theirs.best >= 0) & theirs.content
        place = theirs.best[linked] + ours.starts[theirs.text[linked]]
        claims = np.bincount(place, minlength=len(ours.text))
        return np.column_stack([ours.total(claims == 2), ours.total(claims > 2)])


def _spread(text: Ints, count: int, values: Floats, bounds: Sequence[float]) -> Floats:
    width = len(bounds) + 1
    counts = np.bincount(text * width + np.digitize(values, bounds), minlength=count * width)
    return counts.reshape(count, width).astype(np.float64)


def _around(values: Floats, text: Ints) -> Floats:
    """Return the mean of each value and its neighbours in its text: a gap makes what stands around it odd."""
    before, after = values.copy(), values.copy()
    same = text[1:] == text[:-1]
    before[1:] = np.where(same, values[:-1], values[1:])
    after[:-1] = np.where(same, values[1:], values[:-1])
    means: Floats = (before + values + after) / 3
    return means


def _content(tokens: _Tokens) -> Floats:
    strength = np.digitize(tokens.strength, STRENGTH)
    rarity = np.digitize(tokens["rarity"], RARITY)
    width = len(RARITY) + 1
    return tokens.counted(strength * width + rarity, (len(STRENGTH) + 1) * width, tokens.content)


def _likely(chances: NDArray[np.float32], given: _Tokens, asked: _Tokens) -> Floats:
    """Return the log-probability of each token's class under the mean of the other text's classes and none."""
    lengths = np.diff(given.starts)
    longest = np.argsort(-lengths, kind="stable")
    first, sums = given.starts[longest], np.tile(chances[-1], (given.count, 1))
    for place in range(int(lengths.max(initial=0))):  # a product of matrices would do, but its threads spin
        texts = np.count_nonzero(lengths > place)
        sums[:texts] += chances[given.classes[first[:texts] + place]]
    sums[longest] = sums.copy()
    likely: Floats = np.log(sums[asked.text, asked.classes] / (np.diff(given.starts) + 1)[asked.text])
    return likely


def _unsupported(theirs: _Tokens, in_classes: Floats) -> Floats:
    """Count words by how little both the source and the order of words speak for them."""
    little, odd = np.digitize(theirs.chance, LITTLE_CHANCE), np.digitize(in_classes, ODD_ORDER)
    width = len(ODD_ORDER) + 1
    return theirs.counted(little * width + odd, (len(LITTLE_CHANCE) + 1) * width, theirs.content | theirs.grammar)


def _names(theirs: _Tokens) -> Floats:
    """Count the names inside sentences without and with a counterpart."""
    capital = (theirs["capital"] > 0) & ~theirs.begins & theirs.content
    linked = theirs.strength > LINKED
    return np.column_stack([theirs.total(capital & ~linked), theirs.total(capital & linked)])


def _unknown(theirs: _Tokens) -> Floats:
    """Count the words that no dictionary has and the source does not hold either: plain ones, and those like names."""
    unknown = (theirs["known"] == 0) & theirs.content & (theirs.strength < LINKED)
    capital = theirs["capital"] > 0
    return np.column_stack([theirs.total(unknown & ~capital), theirs.total(unknown & capital)])


def _again(ours: _Tokens, theirs: _Tokens) -> Floats:
    """Count the content words that stand again: in the target beyond the source, and side by side."""
    repeated = [tokens.total(_repeated(tokens)) for tokens in (ours, theirs)]
    twice = np.zeros(len(theirs.words), dtype=bool)
    twice[1:] = (theirs.words[1:] == theirs.words[:-1]) & (theirs.text[1:] == theirs.text[:-1]) & ~theirs.mark[1:]
    return np.column_stack([np.maximum(repeated[1] - repeated[0], 0), theirs.total(twice)])


def _repeated(tokens: _Tokens) -> NDArray[np.bool_]:
    """Say which content words stand in their text before."""
    again = np.ones(len(tokens.words), dtype=bool)
    keys = tokens.text * (int(tokens.words.max(initial=0)) + 1) + tokens.words
    again[np.unique(keys, return_index=True)[1]] = False
    again &= tokens.content
    return again


def _more_and_fewer(difference: Floats) -> Floats:
    return np.column_stack([np.maximum(difference, 0), np.maximum(-difference, 0)])


def _sizes(ours: _Tokens, theirs: _Tokens) -> Floats:
    """Return the tokens of each text, and how far the target is from its usual length, below and above, in nats."""
    source, target = np.diff(ours.starts).astype(float), np.diff(theirs.starts).astype(float)
    ratio = np.log((target + 2) / (source + 2))
    return np.column_stack([source, target, np.maximum(-ratio, 0), np.maximum(ratio, 0)])


def _gaps(tokens: _Tokens, others: _Tokens) -> Floats:
    """Count loose words by how far apart what their neighbours are linked to is, and whether a loose word is there.

    A word put in stands between neighbours whose counterparts stand side by side, where nothing is left to be linked.
    """
    loose = np.flatnonzero(_loose(tokens))
    left, right = _linked_beside(tokens)
    left, right = left[loose], right[loose]
    known = (left >= 0) & (right >= 0)
    low, high = np.minimum(left, right)[known], np.maximum(left, right)[known]
    apart = np.full(len(loose), len(APART))
    apart[known] = np.digitize(high - low, APART)
    offset = others.starts[tokens.text[loose][known]]
    waiting = np.concatenate([[0], np.cumsum(_loose(others))])
    rest = np.where(others.total(_loose(others))[tokens.text[loose]] > 0, 2, 0)
    rest[known] = np.where(waiting[offset + high + 1] > waiting[offset + low], 2, np.minimum(rest[known], 1))
    cells = tokens.text[loose] * GAPS + apart * 3 + rest
    return np.bincount(cells, minlength=tokens.count * GAPS).reshape(tokens.count, GAPS).astype(np.float64)


def _loose(tokens: _Tokens) -> NDArray[np.bool_]:
    loose: NDArray[np.bool_] = tokens.content & (tokens.strength < STRENGTH[0])
    return loose


def _linked_beside(tokens: _Tokens) -> tuple[Ints, Ints]:
    """Return what the nearest linked token before, and behind, each one is linked to; -1 where there is none."""
    places = np.arange(len(tokens.words))
    linked = (tokens.strength > LINKED) & (tokens.best >= 0)
    before = np.maximum.accumulate(np.where(linked, places, -1))
    behind = np.minimum.accumulate(np.where(linked, places, len(places))[::-1])[::-1]
    has_before = before >= tokens.starts[tokens.text]
    has_behind = behind < tokens.starts[tokens.text + 1]
    return (
        np.where(has_before, tokens.best[np.maximum(before, 0)], -1),
        np.where(has_behind, tokens.best[np.minimum(behind, len(places) - 1)], -1),
    )
