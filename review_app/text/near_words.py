"""What a misspelt word may have been: every word one letter away, and the numbers a dictionary knows those by."""

from collections.abc import Iterator
from functools import cache
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from review_app.text.wordbook import PRIME, SPREAD, Wordbook

Numbers = NDArray[np.uint64]

_END = b"\1"


def one_letter_away(word: str, letters: str) -> Iterator[str]:
    """Yield what a word may have been, the most usual slips first: two letters swapped, one missing, doubled, wrong."""
    places = range(len(word))
    yield from (word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in places[:-1] if word[i] != word[i + 1])
    yield from (word[:i] + word[i + 1 :] for i in places[1:] if word[i] == word[i - 1])
    yield from (word[:i] + letter + word[i:] for i in range(1, len(word) + 1) for letter in letters)
    yield from (word[:i] + word[i + 1 :] for i in places)
    yield from (word[:i] + letter + word[i + 1 :] for i in places for letter in letters if letter != word[i])


def first_near(word: str, letters: str, book: Wordbook) -> str | None:
    """Return the first word one letter away that a dictionary has, so or with a capital. All is small, and ASCII.

    A word's number is the sum of what its letters are worth at their places, so that hundreds of words are a few sums.
    """
    numbers, firsts = _numbers(word, letters)
    capitals = _sum(numbers, (_worth(0)[_UPPER[firsts]] + np.uint64(PRIME) - _worth(0)[firsts]) % np.uint64(PRIME))
    found = np.flatnonzero(book.have(numbers) | book.have(capitals))
    if not len(found):
        return None
    return next(one for at, one in enumerate(one_letter_away(word, letters)) if at == found[0])


def _numbers(word: str, letters: str) -> tuple[Numbers, NDArray[np.uint8]]:
    """Return the number and the first letter of every word one letter away, in the order of ``one_letter_away``."""
    own = np.frombuffer(word.encode() + _END, dtype=np.uint8)
    here = np.arange(len(own))
    head = _running(_at(here, own))
    tail, later, sooner = (_rest(_at(np.maximum(here + off, 0), own)) for off in (0, 1, -1))
    other = np.frombuffer(letters.encode(), dtype=np.uint8)
    inside = here[:-1]
    swapped = inside[:-1][own[:-2] != own[1:-1]]
    doubled = inside[1:][own[1:-1] == own[:-2]]
    wrong, right = np.repeat(inside, len(other)), np.tile(other, len(inside))
    put_in, put_off = wrong + 1, right
    wrong, right = wrong[own[wrong] != right], right[own[wrong] != right]
    beginning = np.full(len(own), own[0])
    parts = (
        (_sum(head[swapped], _at(swapped, own[swapped + 1]), _at(swapped + 1, own[swapped]), tail[swapped + 2]),
         np.where(swapped == 0, own[1], own[0])),
        (_sum(head[doubled], sooner[doubled + 1]), beginning[doubled]),
        (_sum(head[put_in], _at(put_in, put_off), later[put_in]), np.full(len(put_in), own[0])),
        (_sum(head[inside], sooner[inside + 1]), np.where(inside == 0, own[1], own[0])),
        (_sum(head[wrong], _at(wrong, right), tail[wrong + 1]), np.where(wrong == 0, right, own[0])),
    )  # fmt: skip
    return np.concatenate([numbers for numbers, _ in parts]), np.concatenate([firsts for _, firsts in parts])


_UPPER = np.array([byte - 32 if ord("a") <= byte <= ord("z") else byte for byte in range(256)], dtype=np.uint8)


@cache
def _worth(place: int) -> Numbers:
    """Return what each byte adds to a word's number at a place."""
    return np.array([(byte << 8 * place) * SPREAD % PRIME for byte in range(256)], dtype=np.uint64)


@cache
def _table(places: int) -> Numbers:
    return np.array([_worth(place) for place in range(places)])


def _at(places: NDArray[np.int64], letters: NDArray[np.uint8]) -> Numbers:
    """Return what letters are worth at places."""
    worth: Numbers = _table(MOST_PLACES)[places, letters]
    return worth


MOST_PLACES = 64
"""Letters of the longest word that may be asked for, and two more."""


def _sum(*parts: Numbers) -> Numbers:
    """Return sums modulo the prime: two numbers below it are less than 2⁶⁴ together."""
    total = parts[0]
    for part in parts[1:]:
        total = (total + part) % np.uint64(PRIME)
    return total


def _running(worths: Numbers) -> Numbers:
    """Return, for each place, what all before it are worth together."""
    sums = accumulate(worths.tolist(), lambda one, other: (one + other) % PRIME, initial=0)
    return np.array([*sums], dtype=np.uint64)


def _rest(worths: Numbers) -> Numbers:
    """Return, for each place, what it and all behind it are worth together."""
    return _running(worths[::-1])[::-1]
