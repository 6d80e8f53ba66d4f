"""Computes the statistics of many pairs of texts, in this process or in several."""

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from types import TracebackType
from typing import Self

import numpy as np

from review_app.db import batches
from review_app.scoring.metrics import Statistics
from review_app.scoring.pairs import Scored
from review_app.scoring.rows import rows_of

PART = 250
"""Pairs that a process is given at a time: an eighth of a second's work."""


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
        texts = [(pair.machine, pair.reference, pair.drafted, pair.independent) for pair in pairs]
        if self._processes < 2 or len(texts) <= PART:
            return rows_of(texts)
        if self._pool is None:  # "spawn": a forked process would inherit the locks of our threads
            self._pool = ProcessPoolExecutor(self._processes, mp_context=get_context("spawn"))
        return np.concatenate(list(self._pool.map(rows_of, batches(texts, PART))))
