"""How far annotators agree who marked the same texts. Pure.

Scores and severities: Krippendorff's alpha, by coincidences of values (Krippendorff 2011, "Computing Krippendorff's
Alpha-Reliability"); 1 is full agreement, 0 what chance gives. Spans: F1 of the characters that two people marked.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from review_app.annotations.marks import Mark, mark_at
from review_app.annotations.words import words_of
from review_app.checks.finding import Severity

Floats: TypeAlias = NDArray[np.float64]
Difference: TypeAlias = Callable[[Floats, Floats], Floats]
"""From the values, rising, and how often each occurs, the squared difference of every two."""

LEVELS = {None: 0.0, Severity.MINOR: 1.0, Severity.MAJOR: 2.0, Severity.CRITICAL: 3.0}
"""A word's severity as a rank; none where it is not marked."""


@dataclass(frozen=True, slots=True)
class Said:
    """What one person said of a text."""

    marks: tuple[Mark, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far people agree; ``None`` where it cannot be said, as when all gave one value.

    ``texts`` were marked by two or more. ``spans`` is an F1 (0 to 1) of marked characters, whatever their severity;
    ``scores`` alpha of the scores (interval), ``severities`` alpha of each word's severity (ordinal).
    """

    texts: int
    spans: float | None
    scores: float | None
    severities: float | None


def agreement(texts: Iterable[tuple[str, Sequence[Said]]]) -> Agreement:
    """Return how far people agree on texts; what only one has marked says nothing."""
    shared = [(text, said) for text, said in texts if len(said) > 1]
    words = [unit for text, said in shared for unit in severities(text, said)]
    return Agreement(
        texts=len(shared),
        spans=span_f1(pair for text, said in shared for pair in combinations([_marked(text, one) for one in said], 2)),
        scores=alpha([[one.score for one in said] for _, said in shared], interval),
        severities=alpha(words, ordinal),
    )


def severities(text: str, said: Sequence[Said]) -> list[list[float]]:
    """Return the severity of each word by every annotator; the last unit is what is missing."""
    words = [
        [LEVELS[found.severity if (found := mark_at(one.marks, word)) else None] for one in said]
        for word in words_of(text)
    ]
    missing = [LEVELS[next((mark.severity for mark in one.marks if mark.missing), None)] for one in said]
    return [*words, missing]


def span_f1(pairs: Iterable[tuple[set[int], set[int]]]) -> float | None:
    """Return F1 of what two people marked, over all pairs: twice what both did, by what each did."""
    both = all_marked = 0
    for a, b in pairs:
        both += len(a & b)
        all_marked += len(a) + len(b)
    return 2 * both / all_marked if all_marked else None


def nominal(values: Floats, _counts: Floats) -> Floats:
    """Return 1 for every two values that differ."""
    differ: Floats = (values[:, None] != values[None, :]).astype(np.float64)
    return differ


def interval(values: Floats, _counts: Floats) -> Floats:
    """Return the squared distance of every two values."""
    distances: Floats = (values[:, None] - values[None, :]) ** 2
    return distances


def ordinal(_values: Floats, counts: Floats) -> Floats:
    """Return the squared number of ranks between every two values, as ranks are taken."""
    ranks = np.cumsum(counts) - counts / 2
    distances: Floats = (ranks[:, None] - ranks[None, :]) ** 2
    return distances


def alpha(units: Iterable[Sequence[float]], difference: Difference) -> float | None:
    """Return Krippendorff's alpha of units, each with the values that people gave it.

    Units with fewer than two values are left out. ``None`` when there are none, or every value is the same.
    """
    paired = [unit for unit in units if len(unit) > 1]
    values = np.array(sorted({value for unit in paired for value in unit}), dtype=np.float64)
    if len(values) < 2:
        return None
    place = {value: number for number, value in enumerate(values.tolist())}
    coincidences = np.zeros((len(values), len(values)))
    for unit in paired:
        counts = Counter(place[value] for value in unit)
        for a, times in counts.items():
            for b, others in counts.items():
                coincidences[a, b] += times * (others - (a == b)) / (len(unit) - 1)
    totals = coincidences.sum(axis=1)
    n, squares = totals.sum(), difference(values, totals)
    expected = (np.outer(totals, totals) * squares).sum() / (n - 1)
    return float(1 - (coincidences * squares).sum() / expected)


def _marked(text: str, said: Said) -> set[int]:
    """Return the places of the marked characters; what is missing stands after the last."""
    found = {place for mark in said.marks if mark.span for place in range(*mark.span)}
    return found | {len(text)} if any(mark.missing for mark in said.marks) else found
