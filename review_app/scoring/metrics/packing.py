"""Statistics as bytes, for a column of the database.

One byte says how many bytes each number takes (1, 2, 4 or 8); then the numbers follow, unsigned, little-endian.
A sentence's BLEU takes 11 bytes, its chrF++ 25 or 49, its TER 3. The format is stored data: never change its meaning.
"""

import numpy as np

from review_app.scoring.metrics.metric import AnyStatistics, Statistics

_TYPES = {width: np.dtype(f"<u{width}") for width in (1, 2, 4, 8)}
"""Bytes per number -> how NumPy reads it."""


def pack(statistics: AnyStatistics) -> bytes:
    """Return the bytes of one segment's statistics; raises ``ValueError`` unless all are whole and not negative."""
    numbers = [int(number) for number in statistics]
    if any(number < 0 or number != given for number, given in zip(numbers, statistics, strict=True)):
        raise ValueError(f"statistics must be whole numbers from 0: {statistics}")
    largest = max(numbers, default=0)
    width = next(width for width in _TYPES if largest < 1 << (8 * width))
    return bytes([width]) + np.array(numbers, dtype=_TYPES[width]).tobytes()


def unpack(stored: bytes) -> Statistics:
    """Return the statistics that ``pack`` made these bytes of; raises ``ValueError`` for other bytes."""
    if not stored or stored[0] not in _TYPES:
        raise ValueError("these bytes are no packed statistics")
    return np.frombuffer(stored, dtype=_TYPES[stored[0]], offset=1).astype(np.int64)
