"""Engines compared by what people said of their texts of the same sentences, as they are by other metrics."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from review_app.annotations.figures import ESA, PENALTY, esa, penalty, statistics_of
from review_app.annotations.reading import Annotated
from review_app.annotations.weights import Weights
from review_app.scoring.bootstrap import Floats
from review_app.scoring.comparison import Comparison, compare, gains, holm
from review_app.scoring.units import TOO_FEW


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure of what people said, made of sums of ``statistics_of``."""

    name: str
    higher_is_better: bool
    of_sums: Callable[[Floats], Floats]

    def score(self, total: NDArray[Any]) -> float:
        """Return the figure of one sum."""
        return float(self.of_sums(total[None, :])[0])

    def scores(self, totals: NDArray[Any]) -> Floats:
        """Return the figures of many sums, shape (m, width) to (m,)."""
        return self.of_sums(totals)


MEASURES = {ESA: Measure(ESA, True, esa), PENALTY: Measure(PENALTY, False, penalty)}

Pair = tuple[Annotated, Annotated]


def compare_marked(texts: Sequence[Annotated], weights: Weights) -> tuple[Comparison, ...]:
    """Compare engines pairwise on sentences of which a text of both was marked, if there are enough of them."""
    found: list[Comparison] = []
    for a, b in combinations(sorted({text.engine for text in texts}), 2):
        pairs = of_both(texts, a, b)
        if len(pairs) >= TOO_FEW:
            of_a, of_b = _statistics(pairs, weights)
            pages = [text.page_id for text, _ in pairs]
            found += [compare(measure, a, b, of_a, of_b, pages) for measure in MEASURES.values()]
    return holm(found)


def of_both(texts: Sequence[Annotated], a: str, b: str) -> list[Pair]:
    """Return the marked texts of two engines of the same sentences, in the order of the first one's."""
    beside = {(text.segment_id, text.source): text for text in texts if text.engine == b}
    own = {(text.segment_id, text.source): text for text in texts if text.engine == a}
    return [(text, beside[sentence]) for sentence, text in own.items() if sentence in beside]


def gained(pairs: Sequence[Pair], name: str, weights: Weights) -> Floats:
    """Return by how much the first text of each pair is better, by a measure."""
    if not pairs:
        return np.zeros(0)
    return gains(MEASURES[name], *_statistics(pairs, weights))


def _statistics(pairs: Sequence[Pair], weights: Weights) -> tuple[Floats, Floats]:
    of_a, of_b = zip(*pairs, strict=True)
    return statistics_of(of_a, weights), statistics_of(of_b, weights)
