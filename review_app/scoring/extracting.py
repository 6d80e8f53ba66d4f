"""Computes the statistics of many pairs of texts, in this process or in several."""

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from types import TracebackType
from typing import Self

import numpy as np

from review_app.scoring.layout import COLUMNS, WIDTH
from review_app.scoring.metrics import METRICS, PLAIN_METRICS, Statistics, placeholders_as_tokens
from review_app.scoring.pairs import Scored

DRAFTING_ONLY = frozenset(METRICS) - frozenset(PLAIN_METRICS)
"""Metrics that mean something only for the engine whose draft was edited."""

PART = 500
"""Pairs that a process is given at a time: a quarter of a second's work."""


class Extractor:
    """Computes statistics; with more than one process they are started when first needed and end with the block."""

    def __init__(self, processes: int = 1) -> None:
        self._processes = processes
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def of_pairs(self, pairs: Sequence[Scored]) -> Statistics:
        """Return a row of all statistics for each pair, shape (n, WIDTH); zeros where a metric says nothing."""
        machine = [placeholders_as_tokens(pair.machine) for pair in pairs]
        reference = [placeholders_as_tokens(pair.reference) for pair in pairs]
        preferred = [
            words if pair.independent is None else placeholders_as_tokens(pair.independent)
            for pair, words in zip(pairs, reference, strict=True)
        ]
        rows = np.zeros((len(pairs), WIDTH), dtype=np.int64)
        drafted = [place for place, pair in enumerate(pairs) if pair.drafted]
        for name in METRICS:
            if name not in DRAFTING_ONLY:
                rows[:, COLUMNS[name]] = self.of_texts(name, machine, preferred)
            elif drafted:
                own = [machine[place] for place in drafted], [reference[place] for place in drafted]
                rows[drafted, COLUMNS[name]] = self.of_texts(name, *own)
        return rows

    def of_texts(self, metric: str, hypotheses: Sequence[str], references: Sequence[str]) -> Statistics:
        """Return a metric's statistics for each pair of texts, shape (n, width), whatever the number of processes."""
        if self._processes < 2 or len(hypotheses) <= PART:
            return METRICS[metric].statistics_many(hypotheses, references)
        if self._pool is None:  # "spawn": a forked process would inherit the locks of our threads
            self._pool = ProcessPoolExecutor(self._processes, mp_context=get_context("spawn"))
        parts = [
            self._pool.submit(_extract, metric, hypotheses[start : start + PART], references[start : start + PART])
            for start in range(0, len(hypotheses), PART)
        ]
        return np.concatenate([part.result() for part in parts])


def _extract(metric: str, hypotheses: Sequence[str], references: Sequence[str]) -> Statistics:
    return METRICS[metric].statistics_many(hypotheses, references)
