"""Engines compared on the sentences that both translated."""

from collections.abc import Sequence
from itertools import combinations

import numpy as np

from review_app.scoring.comparison import Comparison, compare, holm
from review_app.scoring.metrics import METRICS
from review_app.scoring.service import Segments
from review_app.scoring.units import TOO_FEW

COMPARED = ("BLEU", "chrF2++", "TER")
"""Metrics by which engines are compared; HTER knows only the engine that drafted."""


def compare_engines(segments: Segments, metrics: Sequence[str] = COMPARED) -> tuple[Comparison, ...]:
    """Compare engines pairwise on the sentences that both translated, if there are enough of them."""
    found: list[Comparison] = []
    for a, b in combinations(segments.engines(), 2):
        of_a, of_b = of_both(segments, a, b)
        if len(of_a) >= TOO_FEW:
            found += [
                compare(METRICS[name], a, b, of_a.statistics(name), of_b.statistics(name), of_a.pages)
                for name in metrics
            ]
    return holm(found)


def of_both(segments: Segments, a: str, b: str) -> tuple[Segments, Segments]:
    """Return the outputs of two engines for the sentences that both translated, in the same order."""
    of_a, of_b = segments.of_engine(a), segments.of_engine(b)
    _, in_a, in_b = np.intersect1d(of_a.rows["revision"], of_b.rows["revision"], return_indices=True)
    by_page = np.argsort(of_a.pages[in_a], kind="stable")
    return of_a.at(in_a[by_page]), of_b.at(in_b[by_page])
