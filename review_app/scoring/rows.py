"""From pairs of texts to rows of statistics. Knows no database, so that a process made for this alone starts fast."""

from collections.abc import Sequence
from itertools import accumulate
from typing import TypeAlias

import numpy as np

from review_app.scoring.metrics import METRICS, PLAIN_METRICS, Statistics, placeholders_as_tokens

WIDTH = sum(metric.width for metric in METRICS.values())
"""How many numbers all metrics have together."""

_ENDS = tuple(accumulate(metric.width for metric in METRICS.values()))

COLUMNS = {name: slice(end - metric.width, end) for (name, metric), end in zip(METRICS.items(), _ENDS, strict=True)}
"""Where a metric's numbers stand among those of all."""

DRAFTING_ONLY = frozenset(METRICS) - frozenset(PLAIN_METRICS)
"""Metrics that mean something only for the engine whose draft was edited."""

Texts: TypeAlias = tuple[str, str, bool, str | None]
"""The machine's text, the reference, whether that was made of just this text, and an independent translation if any."""


def rows_of(texts: Sequence[Texts]) -> Statistics:
    """Return a row of all statistics for each pair, shape (n, WIDTH); zeros where a metric says nothing."""
    machine = [placeholders_as_tokens(text) for text, *_ in texts]
    reference = [placeholders_as_tokens(text) for _, text, *_ in texts]
    preferred = [
        words if independent is None else placeholders_as_tokens(independent)
        for (*_, independent), words in zip(texts, reference, strict=True)
    ]
    drafted = [place for place, (_, _, is_draft, _) in enumerate(texts) if is_draft]
    own = [machine[place] for place in drafted], [reference[place] for place in drafted]
    rows = np.zeros((len(texts), WIDTH), dtype=np.int64)
    for name, metric in METRICS.items():
        if name not in DRAFTING_ONLY:
            rows[:, COLUMNS[name]] = metric.statistics_many(machine, preferred)
        elif drafted:
            rows[drafted, COLUMNS[name]] = metric.statistics_many(*own)
    return rows
