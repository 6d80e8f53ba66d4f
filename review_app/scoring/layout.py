"""Scored segments as bytes, for one column of the database: a page's rows stand in it one after the other.

A row takes 104 bytes, little-endian: what the segment is, when and why it was judged, and the sufficient statistics of
every metric as numbers of two bytes. Where a number is larger (a "sentence" of 65,536 characters) the page's numbers
take four bytes; how long a row is tells which. The rows of a million segments are 104 MB and are read as they are.
"""

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from review_app.quality.sampling import Sample
from review_app.scoring.metrics import METRICS, Statistics
from review_app.scoring.pairs import Scored
from review_app.scoring.rows import WIDTH

Rows = NDArray[np.void]
"""Scored segments, a record each (``NARROW`` or ``WIDE``)."""

SAMPLES = (Sample.AUDIT, Sample.TRIAGE, Sample.ELSEWHERE)
"""The samples by the number that stands for each in a row."""

NO_RISK = 255
"""Stands for "no model knew" in a row; risks are whole per cents."""

RISK_EDGES = (10, 20, 30, 50, 70, 101)
"""Per cent at which the next band of risk begins; what no model knew stands in a band of its own, the last."""

BANDS = len(RISK_EDGES) + 1


def _row_type(number: str) -> np.dtype[np.void]:
    return np.dtype(
        [
            ("machine", "<u4"),  # ids: the output, the text it is compared with, the segment
            ("revision", "<u4"),
            ("segment", "<u4"),
            ("made", "<u2"),  # days since 1970
            ("judged", "<u2"),
            ("system", "u1"),  # a number among the page's systems: engine and version
            ("sample", "u1"),
            ("risk", "u1"),  # per cent
            ("drafted", "u1"),  # 1: the text was edited from this output
            ("words", number),  # of the source
            ("independent", "<u2"),  # 1: BLEU, chrF2++ and TER compare with an independent translation
            ("statistics", number, (WIDTH,)),
        ]
    )


NARROW, WIDE = _row_type("<u2"), _row_type("<u4")

_EPOCH = date(1970, 1, 1).toordinal()


def _signature() -> str:
    """Return what the numbers mean: the metrics, how they count, and how a row is laid out."""
    told = [f"{metric.name}:{metric.width}:{metric.signature}" for metric in METRICS.values()]
    return hashlib.sha256("\n".join([str(NARROW.descr), *told]).encode()).hexdigest()[:32]


SIGNATURE = _signature()
"""Statistics of another signature are not read, and computed again by a job."""


def as_rows(pairs: Sequence[Scored], statistics: Statistics, systems: Sequence[tuple[str, str]]) -> Rows:
    """Return pairs and their statistics, shape (n, WIDTH), as records; ``systems`` are those of the page."""
    words = [len(pair.source.split()) for pair in pairs]
    largest = max(int(statistics.max(initial=0)), max(words, default=0))
    rows = np.zeros(len(pairs), dtype=NARROW if largest < 1 << 16 else WIDE)
    number = {system: place for place, system in enumerate(systems)}
    rows["machine"] = [pair.machine_id for pair in pairs]
    rows["revision"] = [pair.revision_id for pair in pairs]
    rows["segment"] = [pair.segment_id for pair in pairs]
    rows["made"] = [days(pair.made_on) for pair in pairs]
    rows["judged"] = [days(pair.judged_on) for pair in pairs]
    rows["system"] = [number[pair.engine, pair.version] for pair in pairs]
    rows["sample"] = [SAMPLES.index(pair.seen.sample) for pair in pairs]
    rows["risk"] = [per_cent(pair.seen.risk) for pair in pairs]
    rows["drafted"] = [pair.drafted for pair in pairs]
    rows["words"] = words
    rows["independent"] = [pair.independent is not None for pair in pairs]
    rows["statistics"] = statistics
    return rows


def bands_of(risks: NDArray[Any]) -> NDArray[np.int64]:
    """Return the band of each risk (whole per cents, ``NO_RISK``), 0 to ``BANDS`` - 1."""
    bands: NDArray[np.int64] = np.digitize(risks, RISK_EDGES)
    return bands


def per_cent(risk: float | None) -> int:
    """Return a risk (0 to 1) as the number that stands for it in a row."""
    return NO_RISK if risk is None else round(100 * risk)


def read_rows(stored: bytes, count: int) -> Rows:
    """Return the records that were stored; raises ``ValueError`` for other bytes."""
    for kind in (NARROW, WIDE):
        if len(stored) == count * kind.itemsize:
            return np.frombuffer(stored, dtype=kind)
    raise ValueError("these bytes are no stored statistics")


def widened(rows: Rows) -> Rows:
    """Return records with numbers of four bytes; field by field, as NumPy mixes up the bytes of a whole record."""
    wide = np.zeros(len(rows), dtype=WIDE)
    for name in WIDE.names or ():
        wide[name] = rows[name]
    return wide


def days(day: date) -> int:
    """Return a day as the number that stands for it in a row; before 1970 is 1970."""
    return max(0, day.toordinal() - _EPOCH)


def day_of(number: Any) -> date:
    """Return the day that a number in a row stands for."""
    return date.fromordinal(_EPOCH + int(number))
