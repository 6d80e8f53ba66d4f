"""What a metric is: a name and a signature, numbers per segment that add up, and a score made of their sum."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Statistics: TypeAlias = NDArray[np.int64]
"""Sufficient statistics: shape (k,) for one segment or a sum, (n, k) for many."""

AnyStatistics: TypeAlias = NDArray[Any]
"""Statistics as whole numbers, or as floats that hold whole numbers."""


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric; ``signature`` says how it counts, and two scores compare only when theirs are equal."""

    name: str
    signature: str
    width: int
    higher_is_better: bool
    extract: Callable[[Sequence[str], Sequence[str]], list[list[int]]] = field(repr=False)
    exact: Callable[[list[int]], float] = field(repr=False)
    fast: Callable[[NDArray[np.float64]], NDArray[np.float64]] = field(repr=False)

    def statistics(self, hypothesis: str, reference: str) -> Statistics:
        """Return the statistics of one segment, shape (width,)."""
        return self.statistics_many([hypothesis], [reference]).reshape(self.width)

    def statistics_many(self, hypotheses: Sequence[str], references: Sequence[str]) -> Statistics:
        """Return a row for every segment, shape (n, width); raises ``ValueError`` when the lengths differ."""
        rows = self.extract(hypotheses, references)
        return np.array(rows, dtype=np.int64).reshape(len(rows), self.width)

    def score(self, total: AnyStatistics) -> float:
        """Return the score of summed statistics, 0 to 100 (TER may exceed it): sacreBLEU's, to the last digit."""
        return self.exact([int(number) for number in total])

    def scores(self, totals: AnyStatistics) -> NDArray[np.float64]:
        """Return the scores of many sums, shape (m, width) to (m,), equal to ``score`` but for rounding."""
        return self.fast(np.asarray(totals, dtype=np.float64))
