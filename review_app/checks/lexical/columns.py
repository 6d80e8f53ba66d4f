"""Many texts in columns: runs of figures one after the other, for NumPy."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from review_app.checks.lexical.words import COLUMNS, Kind, Words

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

AT_ONCE = 256
"""Pairs that are laid out at once: more do not fit a processor's cache."""


class Column(NamedTuple):
    """One side of many pairs: of each token the number of its word, how likely that is, how strong its link, and to
    which token of the other side (-1: none). ``starts`` says where each text begins and, last, where all end.
    """

    words: Ints
    chance: Floats
    strength: Floats
    best: Ints
    starts: Ints


class Unlinked(NamedTuple):
    """Of each text how many ``words`` with a meaning have no counterpart, and how rare those are in sum (nats)."""

    words: list[int]
    rarity: list[float]


@dataclass(frozen=True)
class Layout:
    """Many pairs, aligned."""

    pairs: Sequence[tuple[str, str]]
    source: Column
    target: Column
    missing: Unlinked
    added: Unlinked

    @cached_property
    def place_of(self) -> dict[tuple[str, str], int]:
        """The place of each pair."""
        return {pair: at for at, pair in enumerate(self.pairs)}


def unlinked(column: Column, words: Words, limit: float) -> Unlinked:
    """Return what has no link as strong as a limit."""
    text = np.repeat(np.arange(len(column.starts) - 1), np.diff(column.starts))
    kind, rarity = (words.table[:, COLUMNS.index(name)][column.words] for name in ("kind", "rarity"))
    where = (column.strength < limit) & (kind == Kind.CONTENT)
    count = np.bincount(text[where], minlength=len(column.starts) - 1)
    return Unlinked(count.tolist(), np.bincount(text[where], rarity[where], len(count)).tolist())


class WordTable:
    """A row of figures for each word that was met; it grows with the words."""

    def __init__(self, words: Words, row_of: Callable[[int], tuple[int, ...]], width: int) -> None:
        self._words, self._row_of, self._width = words, row_of, width
        self.clear()

    def clear(self) -> None:
        """Forget every row: numbers of words are void."""
        self._rows: Ints = np.zeros((0, self._width), dtype=np.int64)

    @property
    def rows(self) -> Ints:
        """All rows, by number of word."""
        known, met = len(self._rows), len(self._words.written)
        if known < met:
            new = [self._row_of(number) for number in range(known, met)]
            self._rows = np.concatenate([self._rows, np.array(new, dtype=np.int64)])
        return self._rows


def flat(lists: Iterable[Iterable[int]]) -> Ints:
    """Return the numbers of many lists one after the other."""
    return np.array([*chain.from_iterable(lists)], dtype=np.int64)


def starts_of(lengths: Sequence[int] | Ints) -> Ints:
    """Return where each run begins and, last, where all end."""
    starts: Ints = np.zeros(len(lengths) + 1, dtype=np.int64)
    np.cumsum(lengths, out=starts[1:])
    return starts


def runs(starts: Ints, lengths: Ints) -> tuple[Ints, Ints]:
    """Return the places of many runs one after the other: first, for each, which run it belongs to."""
    owner = np.repeat(np.arange(len(starts)), lengths)
    return owner, np.arange(len(owner)) + np.repeat(starts - starts_of(lengths)[:-1], lengths)


def begins(owner: Ints) -> Ints:
    """Return where each owner's values begin, where they stand side by side."""
    if not len(owner):
        return owner
    return np.flatnonzero(np.concatenate([[True], owner[1:] != owner[:-1]]))


def column_of(sides: Sequence[tuple[Sequence[int], Sequence[float], Sequence[float], Sequence[int]]]) -> Column:
    """Return texts in one column, each given as the words, chances, strengths and counterparts of its tokens."""
    words, chance, strength, best = ([*chain.from_iterable(lists)] for lists in zip(*sides, strict=True))
    starts = starts_of([len(side[0]) for side in sides])
    return Column(
        np.array(words, dtype=np.int64), np.array(chance), np.array(strength), np.array(best, dtype=np.int64), starts
    )


def joined(columns: Sequence[Column]) -> Column:
    """Return the texts of several columns in one."""
    if len(columns) == 1:
        return columns[0]
    ends = starts_of([len(column.words) for column in columns])
    starts = [column.starts[1:] + end for column, end in zip(columns, ends[:-1], strict=True)]
    words, chance, strength, best, _ = (np.concatenate(values) for values in zip(*columns, strict=True))
    return Column(words, chance, strength, best, np.concatenate([[0], *starts]))
