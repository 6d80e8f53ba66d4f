"""What the risk looks at: the numbers that stand for one translation. Never the engine, never a place in a file."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from review_app.checks.finding import Severity
from review_app.quality.example import Example

FEATURES = ("grave", "minor", "short", "long", "words", "copied", "others", "memory", "rights", "news")
"""Their names, in the order of the columns; what is not known of an example is NaN."""


def features_of(example: Example) -> NDArray[np.float64]:
    """Return the features of one example."""
    row: NDArray[np.float64] = matrix_of([example])[0]
    return row


def matrix_of(examples: Sequence[Example]) -> NDArray[np.float64]:
    """Return the features of many examples, a row each."""
    return np.array([_row(example) for example in examples], dtype=np.float64).reshape(-1, len(FEATURES))


def _row(example: Example) -> list[float]:
    source, target = example.source.split(), example.target.split()
    grave = sum(finding.severity is not Severity.MINOR for finding in example.findings)
    ratio = math.log((len(example.target) + 5) / (len(example.source) + 5))
    return [
        math.log1p(grave),
        math.log1p(len(example.findings) - grave),
        max(-ratio, 0.0),
        max(ratio, 0.0),
        math.log1p(len(source)),
        len(set(source) & set(target)) / max(len(target), 1),
        _disagreement(example.target, example.others),
        math.nan if example.memory is None else 1 - example.memory,
        float(example.content_class == "rights"),
        float(example.content_class == "news"),
    ]


def _disagreement(target: str, others: Sequence[str]) -> float:
    """Return how much of the text's character trigrams differs from those of the other texts; NaN without any."""
    if not others:
        return math.nan
    own = _trigrams(target)
    shares = [2 * len(own & theirs) / (len(own) + len(theirs)) for theirs in map(_trigrams, others)]
    return 1 - sum(shares) / len(shares)


def _trigrams(text: str) -> set[str]:
    padded = f"  {text.lower()} "
    return {padded[at : at + 3] for at in range(len(padded) - 2)}
