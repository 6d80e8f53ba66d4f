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
from review_app.scoring.rows import WIDTH, rows_of

PART = 150
"""Pairs that a process is given at a time: some hundredths of a second's work, so that none waits long for the last."""


class Extractor:
    """Computes statistics; with more than one process they start with the block and end with it.

    They start while the one that asks is still reading. Texts with the same reference go to the same process, which
    works it out once for all of them.
    """

    def __init__(self, processes: int = 1) -> None:
        self._processes = processes
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        if self._processes > 1:  # "spawn": a forked process would inherit the locks of our threads
            self._pool = ProcessPoolExecutor(self._processes, mp_context=get_context("spawn"))
            for _ in range(self._processes):
                self._pool.submit(rows_of, [])
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
        if self._pool is None or len(texts) <= PART:
            return rows_of(texts)
        order = sorted(range(len(texts)), key=lambda place: texts[place][3] or texts[place][1])
        sorted_texts = [texts[place] for place in order]
        found = np.empty((len(texts), WIDTH), dtype=np.int64)
        found[order] = np.concatenate(list(self._pool.map(rows_of, batches(sorted_texts, PART))))
        return found
