"""Aligns many pairs of texts at once, in columns: finds what ``alignment`` finds of each, in a third of the time."""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from review_app.checks.lexical.columns import (
    Column,
    Floats,
    Ints,
    Layout,
    WordTable,
    begins,
    flat,
    joined,
    runs,
    starts_of,
    unlinked,
)
from review_app.checks.lexical.lexicon import CHANCES, LEMMA_WEIGHT
from review_app.checks.lexical.links import LOOSE, MOST_PLACES, MOST_TOKENS, NO_LINK, OFF_PLACE, SAME_STEM
from review_app.checks.lexical.model import LexicalModel
from review_app.checks.lexical.tokens import lowered, tokens_of
from review_app.checks.lexical.words import Words

MOST_AT_ONCE = 20_000
"""Tokens that are aligned at once, or one pair's: for each of them some fifty rows of the lexicon are looked at."""

Keys = Callable[[int], tuple[int, ...]]
"""What returns the keys under which the lexicon knows a word of the source."""

_CHANCES = np.array(CHANCES)


class _Sources(NamedTuple):
    """Different sources one after the other: their words, and the lexicon's keys of those, of each source in order.

    A key stands in its source at ``many`` of ``places``, from ``first`` on.
    """

    words: Ints
    starts: Ints
    keys: Ints
    key_starts: Ints
    first: Ints
    many: Ints
    places: Ints


class _Links(NamedTuple):
    """What the lexicon says of each different word that translations of a source hold.

    ``chance`` is how likely it is that the source has it translated so, ``alike`` the place of the last word of the
    source that begins like it, or -1. From ``first`` on ``many`` links are its own: to a ``place`` of the source, so
    strong, and so likely back.
    """

    chance: Floats
    alike: Ints
    first: Ints
    many: Ints
    back: Floats
    strength: Floats
    place: Ints


class Layouts:
    """Lays out pairs by one model; remembers what it has looked up of each word."""

    def __init__(self, model: LexicalModel, keys: Keys) -> None:
        self._source, self._target, self._lexicon, self._keys = model.source, model.target, model.lexicon, keys
        self._stem_numbers = {"": 0}
        self._source_stems = WordTable(self._source, lambda word: self._stem(self._source, word), 1)
        self._target_stems = WordTable(self._target, lambda word: self._stem(self._target, word), 1)
        self._spans = WordTable(self._target, self._spans_of, 4)

    def clear(self) -> None:
        """Forget all words: their numbers are void."""
        self._stem_numbers = {"": 0}
        for table in (self._source_stems, self._target_stems, self._spans):
            table.clear()

    def of(self, pairs: Sequence[tuple[str, str]]) -> Layout:
        """Align pairs."""
        known: dict[str, list[int]] = {}
        for source, _ in pairs:
            if source not in known:
                known[source] = self._source.numbers(tokens_of(source)[:MOST_TOKENS])
        targets = [self._target.numbers(tokens_of(target)[:MOST_TOKENS]) for _, target in pairs]
        sources = [known[source] for source, _ in pairs]
        aligned = [self._aligned(sources[first:end], targets[first:end]) for first, end in _portions(sources, targets)]
        ours, theirs = (joined(columns) for columns in zip(*aligned, strict=True))
        return self.of_aligned(pairs, (ours, theirs))

    def of_aligned(self, pairs: Sequence[tuple[str, str]], columns: tuple[Column, Column]) -> Layout:
        """Lay out pairs that are aligned; source first."""
        ours, theirs = columns
        missing, added = unlinked(ours, self._source, NO_LINK), unlinked(theirs, self._target, NO_LINK)
        return Layout(pairs, ours, theirs, missing, added)

    def _aligned(self, sources: Sequence[list[int]], targets: Sequence[list[int]]) -> tuple[Column, Column]:
        """Align texts, given as numbers of words; the same source is the same list."""
        number = {id(source): at for at, source in enumerate({id(source): source for source in sources}.values())}
        different = _sources_of(list({id(source): source for source in sources}.values()), self._keys)
        source_of = np.array([number[id(source)] for source in sources], dtype=np.int64)
        words, starts = flat(targets), starts_of([len(target) for target in targets])
        text = np.repeat(np.arange(len(targets)), np.diff(starts))
        width = len(self._target.written)
        asked, which = np.unique(source_of[text] * width + words, return_inverse=True)
        links = self._links(different, asked // width, asked % width)
        lengths = np.diff(different.starts)[source_of]
        _, places = runs(different.starts[source_of], lengths)
        ours = _column(different.words[places], starts_of(lengths))
        theirs = _column(words, starts)
        _link(links, which, ours, theirs, text)
        _link_alike(links.alike[which], ours, theirs, text)
        return ours, theirs

    def _links(self, sources: _Sources, source: Ints, words: Ints) -> _Links:
        """Look up target words, each with the source that it is to be found in; the sources in order."""
        spans = self._spans.rows[words]
        span, row = runs(spans[:, ::2].ravel(), spans[:, 1::2].ravel())
        keys, first = self._lexicon.sources[row], starts_of(spans[:, 1] + spans[:, 3])
        stems, ours = self._target_stems.rows[words, 0], self._source_stems.rows[sources.words, 0]
        group_of, alike_of = np.full(len(self._lexicon.source_words), -1), np.full(len(self._stem_numbers), -1)
        group, alike = np.empty(len(keys), dtype=np.int64), np.empty(len(words), dtype=np.int64)
        bounds = np.searchsorted(source, np.arange(len(sources.starts))).tolist()
        whose, within = sources.key_starts.tolist(), sources.starts.tolist()
        for at, (begin, end) in enumerate(pairwise(bounds)):  # a source fills the tables in, is asked, and empties them
            own = slice(whose[at], whose[at + 1])
            group_of[sources.keys[own]] = np.arange(own.start, own.stop)
            group[first[begin] : first[end]] = group_of[keys[first[begin] : first[end]]]
            group_of[sources.keys[own]] = -1
            own = slice(within[at], within[at + 1])
            alike_of[ours[own]] = np.arange(own.stop - own.start)
            alike_of[0] = -1  # words too short to look like any
            alike[begin:end] = alike_of[stems[begin:end]]
            alike_of[ours[own]] = -1
        found = np.flatnonzero(group >= 0)
        word, is_lemma = np.divmod(span[found], 2)
        return self._figures(sources, word, group[found], row[found], is_lemma, alike)

    def _figures(self, sources: _Sources, word: Ints, group: Ints, row: Ints, is_lemma: Ints, alike: Ints) -> _Links:
        """Return the links of words by the rows found; what a dictionary form says goes before the form's own."""
        cells = word * (len(sources.keys) + 1) + group
        order = np.argsort(cells, kind="stable")
        last = np.concatenate([np.diff(cells[order]) > 0, [True]])[: len(order)]
        kept = order[last]
        word, group, row = word[kept], group[kept], row[kept]
        weight = np.where(is_lemma[kept] > 0, LEMMA_WEIGHT, 1.0)
        forward, back = _CHANCES[self._lexicon.forward[row]], _CHANCES[self._lexicon.backward[row]]
        chance = np.zeros(len(alike))
        at = begins(word)
        chance[word[at]] = np.maximum.reduceat(weight * forward, at) if len(at) else 0.0
        hit, place = runs(sources.first[group], sources.many[group])
        count = np.bincount(word[hit], minlength=len(alike))
        return _Links(
            chance,
            alike,
            starts_of(count)[:-1],
            count,
            (weight * back)[hit],
            (weight * np.sqrt(forward * back))[hit],
            sources.places[place],
        )

    def _spans_of(self, word: int) -> tuple[int, ...]:
        return self._lexicon.spans(lowered(self._target.written[word]))

    def _stem(self, words: Words, number: int) -> tuple[int]:
        stem = words.stems[number]
        return (self._stem_numbers.setdefault(stem, len(self._stem_numbers)),)


def _portions(sources: Sequence[list[int]], targets: Sequence[list[int]]) -> Iterator[tuple[int, int]]:
    """Yield which pairs are aligned at once, first and end."""
    first = tokens = 0
    for at, pair in enumerate(zip(sources, targets, strict=True)):
        longest = max(map(len, pair))
        if tokens + longest > MOST_AT_ONCE and at > first:
            yield first, at
            first, tokens = at, 0
        tokens += longest
    yield first, len(targets)


def _sources_of(texts: Sequence[list[int]], keys_of: Keys) -> _Sources:
    words, starts = flat(texts), starts_of([len(text) for text in texts])
    keys = [keys_of(word) for text in texts for word in text]
    token = np.repeat(np.arange(len(keys)), [len(one) for one in keys])
    text = np.repeat(np.arange(len(texts)), np.diff(starts))[token]
    key = flat(keys)
    width = int(key.max(initial=0)) + 1
    cells = text * width + key
    order = np.argsort(cells, kind="stable")  # the places of a key stay in order
    first = begins(cells[order])
    different = cells[order][first]
    return _Sources(
        words,
        starts,
        different % width,
        np.searchsorted(different // width, np.arange(len(texts) + 1)),
        first,
        np.minimum(np.diff(first, append=len(cells)), MOST_PLACES),
        (token - starts[text])[order],
    )


def _column(words: Ints, starts: Ints) -> Column:
    return Column(words, np.zeros(len(words)), np.zeros(len(words)), np.full(len(words), -1), starts)


def _link(links: _Links, which: Ints, ours: Column, theirs: Column, text: Ints) -> None:
    """Take each link where it is better than what either word has; far from its place it is weaker."""
    theirs.chance[:] = links.chance[which]
    token, link = runs(links.first[which], links.many[which])
    if not len(token):
        return
    pair, place = text[token], links.place[link]
    length = np.diff(ours.starts)
    step = (length / np.maximum(np.diff(theirs.starts), 1))[pair]
    loss = (OFF_PLACE / np.maximum(length, 1))[pair]
    at = token - theirs.starts[pair]
    near = links.strength[link] * (1 - loss * np.abs(place - at * step))
    begin = begins(token)
    theirs.strength[token[begin]] = np.maximum.reduceat(near, begin)
    nearest = np.where(near == theirs.strength[token], place, np.iinfo(np.int64).max)
    theirs.best[token[begin]] = np.minimum.reduceat(nearest, begin)
    own = ours.starts[pair] + place
    np.maximum.at(ours.chance, own, links.back[link])
    np.maximum.at(ours.strength, own, near)
    strongest = np.flatnonzero(near == ours.strength[own])[::-1]  # of equals the first one comes last, and stays
    ours.best[own[strongest]] = at[strongest]


def _link_alike(alike: Ints, ours: Column, theirs: Column, text: Ints) -> None:
    """Link words without counterparts to those that begin alike, as names and learned words do."""
    token = np.flatnonzero((alike >= 0) & (theirs.strength < LOOSE))
    if not len(token):
        return
    forward, back, strength = SAME_STEM
    theirs.chance[token] = np.maximum(theirs.chance[token], forward)
    theirs.strength[token], theirs.best[token] = strength, alike[token]
    own = ours.starts[text[token]] + alike[token]
    ours.chance[own] = np.maximum(ours.chance[own], back)
    weak = np.flatnonzero(ours.strength[own] < strength)[::-1]
    ours.best[own[weak]] = (token - theirs.starts[text[token]])[weak]
    ours.strength[own[weak]] = strength
