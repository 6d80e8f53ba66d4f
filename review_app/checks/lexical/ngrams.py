"""How usual a run of numbers is: interpolated Kneser-Ney n-grams in a hashed table.

Kneser and Ney 1995; Chen and Goodman 1999. The discount is fixed, and runs seen seldom are left to shorter ones.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

DISCOUNT = 0.75  # counts taken from each run seen, for those never seen
EDGE, UNKNOWN = 0, 1  # the numbers that stand before and after a text, and for what was never seen
STEP = 1 / 12  # nats a quantised figure stands for: 255 of them reach 21 nats
PROBES = 12  # places at which a run may lie in the table; at most a third of it is filled
_MIX = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9))  # splitmix64, Steele et al. 2014


@dataclass(frozen=True)
class NGrams:
    """Hashes of runs up to ``order`` long, sorted, with how usual their last number is and what backing off costs."""

    order: int
    hashes: NDArray[np.uint32]
    chances: NDArray[np.uint8]
    backing: NDArray[np.uint8]

    def scores(self, numbers: Ints, starts: Ints) -> Floats:
        """Return the log-probability (nats) of each number and of each text's end.

        ``numbers`` are many texts in a row, ``starts`` where each begins and, last, where all end. Each text gets one
        figure more than it has numbers.
        """
        padded, kept = _padded(numbers, starts, self.order)
        hashable, places = _from_one(padded), np.flatnonzero(kept)
        scores = np.zeros(len(places))
        waiting = np.arange(len(places))
        for length in range(self.order, 0, -1):
            runs = _hashed(hashable, places[waiting], length)
            found, at = self._found(runs)
            scores[waiting[found]] -= STEP * self.chances[at]
            waiting = waiting[~found]
            if length == 1:
                scores[waiting] -= STEP * 255
            elif len(waiting):
                known, at = self._found(_hashed(hashable, places[waiting] - 1, length - 1))
                scores[waiting[known]] -= STEP * self.backing[at]
        return scores

    def _found(self, runs: NDArray[np.uint32]) -> tuple[NDArray[np.bool_], NDArray[np.int32]]:
        """Say which runs are known, and where those lie."""
        slots, shift = self._slots
        place = (runs >> shift).astype(np.int64)
        result = slots[place]  # most are where their hash says
        waiting = np.flatnonzero((result >= 0) & (self.hashes[result] != runs))
        for _ in range(1, PROBES):
            if not len(waiting):
                break
            place[waiting] = (place[waiting] + 1) % len(slots)
            at = result[waiting] = slots[place[waiting]]
            waiting = waiting[(at >= 0) & (self.hashes[at] != runs[waiting])]
        result[waiting] = -1
        found = result >= 0
        return found, result[found]

    @cached_property
    def _slots(self) -> tuple[NDArray[np.int32], np.uint32]:
        """Lay the runs out at the places their hashes name, or at the next free one."""
        bits = max(int(np.ceil(np.log2(3 * len(self.hashes) + 1))), 1)
        slots = np.full(1 << bits, -1, dtype=np.int32)
        shift = np.uint32(32 - bits)
        place = (self.hashes >> shift).astype(np.int64)
        waiting = np.arange(len(self.hashes))
        for _ in range(PROBES):
            free = waiting[slots[place[waiting]] < 0]
            slots[place[free]] = free  # where several want one place, the last has it
            waiting = waiting[slots[place[waiting]] != waiting]
            place[waiting] = (place[waiting] + 1) % len(slots)
        return slots, shift


def count(texts: Iterable[Sequence[int]], order: int, least: Sequence[int]) -> NGrams:
    """Learn from texts as numbers; ``least`` is how often a run of each length must be seen to be kept."""
    counts = _counts(texts, order)
    chance: list[dict[tuple[int, ...], float]] = [{} for _ in range(order)]
    backing: list[dict[tuple[int, ...], float]] = [{} for _ in range(order)]
    total = sum(counts[0].values())
    chance[0] = {run: (seen + 0.5) / (total + 0.5 * len(counts[0]) + 0.5) for run, seen in counts[0].items()}
    for at in range(1, order):
        sums: Counter[tuple[int, ...]] = Counter()
        kinds: Counter[tuple[int, ...]] = Counter()
        for run, seen in counts[at].items():
            sums[run[:-1]] += seen
            kinds[run[:-1]] += 1
        backing[at - 1] = {run: min(DISCOUNT * kinds[run] / sums[run], 1.0) for run in sums}
        for run, seen in counts[at].items():
            if seen >= least[at]:
                own = max(seen - DISCOUNT, 0) / sums[run[:-1]]
                chance[at][run] = own + backing[at - 1][run[:-1]] * _chance(chance, backing, run[1:])
    return _table(chance, backing, order)


def _counts(texts: Iterable[Sequence[int]], order: int) -> list[Counter[tuple[int, ...]]]:
    """Return how often each longest run was seen, and after how many different numbers each shorter one."""
    counts: list[Counter[tuple[int, ...]]] = [Counter() for _ in range(order)]
    for text in texts:
        padded = (*(EDGE,) * (order - 1), *text, EDGE)
        counts[-1].update(padded[at : at + order] for at in range(len(padded) - order + 1))
    for at in range(order - 2, -1, -1):
        counts[at].update(run[1:] for run in counts[at + 1])
    return counts


def _chance(
    chance: list[dict[tuple[int, ...], float]], backing: list[dict[tuple[int, ...], float]], run: tuple[int, ...]
) -> float:
    own = chance[len(run) - 1].get(run)
    if own is not None or len(run) == 1:
        return own or float(np.exp(-STEP * 255))
    return backing[len(run) - 2].get(run[:-1], 1.0) * _chance(chance, backing, run[1:])


def _table(
    chance: list[dict[tuple[int, ...], float]], backing: list[dict[tuple[int, ...], float]], order: int
) -> NGrams:
    hashes, chances, backs = [], [], []
    for at, known in enumerate(chance):
        runs = np.array(list(known), dtype=np.int64)
        hashes.append(_hashed(_from_one(runs.ravel()), np.arange(len(runs)) * (at + 1) + at, at + 1))
        chances.append(_quantised(np.array(list(known.values()))))
        backs.append(_quantised(np.array([backing[at].get(run, 1.0) for run in known])))
    found, first = np.unique(np.concatenate(hashes), return_index=True)
    return NGrams(order, found, np.concatenate(chances)[first], np.concatenate(backs)[first])


def _quantised(chances: Floats) -> NDArray[np.uint8]:
    steps: NDArray[np.uint8] = np.clip(np.round(-np.log(np.maximum(chances, 1e-12)) / STEP), 0, 255).astype(np.uint8)
    return steps


def _padded(numbers: Ints, starts: Ints, order: int) -> tuple[Ints, NDArray[np.bool_]]:
    """Put edges before and after each text; say which places are to be scored."""
    lengths = np.diff(starts)
    begins = np.concatenate([[0], np.cumsum(lengths + order)])
    padded = np.full(begins[-1], EDGE)
    within = np.arange(len(numbers)) - np.repeat(starts[:-1], lengths)
    padded[np.repeat(begins[:-1] + order - 1, lengths) + within] = numbers
    kept = np.ones(len(padded), dtype=bool)
    for at in range(order - 1):
        kept[begins[:-1] + at] = False
    return padded, kept


def _from_one(numbers: Ints) -> NDArray[np.uint64]:
    """Return numbers counted from one, as they are hashed."""
    return numbers.astype(np.uint64) + np.uint64(1)


def _hashed(numbers: NDArray[np.uint64], places: Ints, length: int) -> NDArray[np.uint32]:
    """Return the hash of the run of a length that ends at each place; numbers count from one."""
    value = np.full(len(places), length, dtype=np.uint64)
    for back in range(length):
        value ^= numbers[places - back]
        value *= _MIX[0]
        value ^= value >> np.uint64(29)
        value *= _MIX[1]
    return (value >> np.uint64(32)).astype(np.uint32)
