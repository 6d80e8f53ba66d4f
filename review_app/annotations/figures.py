"""What annotations come to: the mean score, the penalty per 100 words, the share that is wrong, with intervals.

A text counts once, however many people marked it: what they said is averaged.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from statistics import fmean

import numpy as np

from review_app.annotations.reading import Annotated
from review_app.annotations.weights import ESA_SIGNATURE, WRONG_SIGNATURE, Weights, is_wrong
from review_app.scoring.bootstrap import Floats, Part, intervals
from review_app.scoring.units import TOO_FEW, Unit, grouped

ESA, PENALTY, WRONG = "ESA", "MQM", "wrong"
"""The figures: mean score (0 to 100), penalty per 100 words of the source, share of wrong texts (per cent)."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of ``n`` texts with its 95 % interval; with ``too_few`` there is none.

    ``per_text`` is the mean of a text: of the penalty what an error costs a sentence, of the others the figure itself.
    """

    name: str
    score: float
    per_text: float
    signature: str
    low: float | None
    high: float | None
    n: int
    words: int
    pages: int
    unit: Unit
    too_few: bool


def signatures(weights: Weights) -> dict[str, str]:
    """Return how each figure is computed, by its name."""
    return {ESA: ESA_SIGNATURE, PENALTY: weights.signature, WRONG: WRONG_SIGNATURE}


def figures(texts: Sequence[Annotated], weights: Weights) -> dict[str, Figure]:
    """Return the figures of texts; none of no texts."""
    if not texts:
        return {}
    rows = statistics_of(texts, weights)
    unit, sums = grouped(rows, [text.page_id for text in texts])
    parts: list[Part] = [(slice(None), part) for part in (esa, penalty, _wrong)]
    too_few = len(texts) < TOO_FEW
    bounds = [(None, None)] * len(parts) if too_few else intervals(sums, parts)
    total = sums.sum(axis=0)[None, :]
    means = (rows[:, 0].mean(), rows[:, 1].mean(), 100 * rows[:, 2].mean())
    pages = len({text.page_id for text in texts})
    return {
        name: Figure(
            name=name,
            score=float(score(total)[0]),
            per_text=float(mean),
            signature=signature,
            low=low,
            high=high,
            n=len(texts),
            words=int(rows[:, 3].sum()),
            pages=pages,
            unit=unit,
            too_few=too_few,
        )
        for (name, signature), (_, score), mean, (low, high) in zip(
            signatures(weights).items(), parts, means, bounds, strict=True
        )
    }


def errors(texts: Collection[Annotated]) -> Counter[tuple[str, str]]:
    """Return how often people marked an error of a category (empty where none was said) and severity."""
    return Counter((mark.category or "", str(mark.severity)) for text in texts for mark in text.marks)


def on_the_same(texts: Sequence[Annotated]) -> list[Annotated]:
    """Return the texts of those sentences that have a text of every engine which has any."""
    engines: dict[tuple[int, str], set[str]] = {}
    for text in texts:
        engines.setdefault((text.segment_id, text.source), set()).add(text.engine)
    everyone = {text.engine for text in texts}
    return [text for text in texts if engines[text.segment_id, text.source] == everyone]


def statistics_of(texts: Sequence[Annotated], weights: Weights) -> Floats:
    """Return a row of numbers that add up for each text, shape (n, 5)."""
    return np.array([_row(text, weights) for text in texts], dtype=np.float64)


def _row(text: Annotated, weights: Weights) -> tuple[float, ...]:
    """Return score, penalty and whether it is wrong, each the mean of the annotators, the words, and one for a text."""
    return (
        fmean(one.score for one in text.said),
        fmean(weights.penalty(one.marks) for one in text.said),
        fmean(is_wrong(one.marks) for one in text.said),
        float(text.words),
        1.0,
    )


def esa(sums: Floats) -> Floats:
    """Return the mean scores of sums of ``statistics_of``."""
    found: Floats = sums[:, 0] / sums[:, 4]
    return found


def penalty(sums: Floats) -> Floats:
    """Return the penalties per 100 words of sums of ``statistics_of``."""
    found: Floats = 100 * sums[:, 1] / np.maximum(sums[:, 3], 1)
    return found


def _wrong(sums: Floats) -> Floats:
    found: Floats = 100 * sums[:, 2] / sums[:, 4]
    return found
