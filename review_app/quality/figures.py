"""How right the risk was: figures over arrays of risk (0 to 1), label (changed or not) and word edits. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

Z95 = 1.959964  # standard normal quantile of a two-sided 95 % interval

MOST_BINS = 8
"""Points of a calibration plot that can be told apart at 390 pixels."""

STEPS = 20
"""Points of the triage curve: every 5 % of the segments."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """So many of so many, with the 95 % interval of the share (0 to 1)."""

    count: int
    total: int
    low: float
    high: float

    @property
    def share(self) -> float:
        """The share, 0 to 1; of nothing it is 0."""
        return self.count / self.total if self.total else 0.0


@dataclass(frozen=True, slots=True)
class Bin:
    """Segments of similar risk: what was foretold on average, and what share of them was changed."""

    risk: float
    changed: Ratio


@dataclass(frozen=True, slots=True)
class Curve:
    """The share of all edits (0 to 1) in the first 0, 5, … 100 % of the segments, by three orders."""

    reviewed: tuple[float, ...]
    by_risk: tuple[float, ...]
    perfect: tuple[float, ...]

    def found_by(self, reviewed: float) -> float:
        """Return the share of the edits that the riskiest segments hold, for a share of the segments."""
        return float(np.interp(reviewed, self.reviewed, self.by_risk))


def ratio(count: int, total: int) -> Ratio:
    """Return a share with its Wilson score interval (Wilson 1927); of nothing the interval is everything."""
    if total == 0:
        return Ratio(0, 0, 0.0, 1.0)
    share, z2 = count / total, Z95**2
    centre = (share + z2 / (2 * total)) / (1 + z2 / total)
    half = Z95 * sqrt(share * (1 - share) / total + z2 / (4 * total**2)) / (1 + z2 / total)
    return Ratio(count, total, max(0.0, centre - half), min(1.0, centre + half))


def area_under_curve(risk: Floats, changed: NDArray[np.bool_]) -> float | None:
    """Return how often a changed segment had the higher risk of the two, ties counting half (ROC AUC, 0 to 1).

    ``None`` when all or none were changed.
    """
    positive, negative = int(changed.sum()), int((~changed).sum())
    if not positive or not negative:
        return None
    _, where, counts = np.unique(risk, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[where]
    return float((ranks[changed].sum() - positive * (positive + 1) / 2) / (positive * negative))


def area_interval(area: float, positive: int, negative: int) -> tuple[float, float]:
    """Return the 95 % interval of an area under the curve (Hanley and McNeil 1982)."""
    q1, q2 = area / (2 - area), 2 * area**2 / (1 + area)
    variance = area * (1 - area) + (positive - 1) * (q1 - area**2) + (negative - 1) * (q2 - area**2)
    half = Z95 * sqrt(max(variance, 0.0) / (positive * negative))
    return max(0.0, area - half), min(1.0, area + half)


def brier(risk: Floats, changed: NDArray[np.bool_]) -> float:
    """Return the mean squared distance of risk and outcome (Brier 1950): 0 is best, 0.25 says nothing."""
    return float(np.mean((risk - changed) ** 2))


def calibration(risk: Floats, changed: NDArray[np.bool_], least: int) -> list[Bin]:
    """Return up to eight bins of about as many segments each, at least ``least`` in each, by rising risk."""
    parts = bins_of(risk, least)
    return [Bin(float(risk[part].mean()), ratio(int(changed[part].sum()), len(part))) for part in parts]


def bins_of(risk: Floats, least: int) -> list[NDArray[np.intp]]:
    """Return the places of each bin's segments, by rising risk; none when there are too few for one."""
    bins = min(MOST_BINS, len(risk) // least)
    return np.array_split(np.argsort(risk, kind="stable"), bins) if bins else []


def triage_curve(risk: Floats, edits: Floats) -> Curve | None:
    """Return what share of all edits reading the riskiest first finds; ``None`` when nothing was edited.

    Segments of the same risk count as read in an order of chance, so that no order of the rows flatters the curve.
    """
    total = float(edits.sum())
    if not total:
        return None
    reviewed = np.linspace(0, 1, STEPS + 1)
    _, where, counts = np.unique(-risk, return_inverse=True, return_counts=True)
    by_risk = _reached(np.bincount(where, weights=edits).astype(np.float64), counts, reviewed)
    perfect = _reached(np.sort(edits)[::-1], np.ones(len(edits)), reviewed)
    return Curve(tuple(reviewed.tolist()), tuple((by_risk / total).tolist()), tuple((perfect / total).tolist()))


def _reached(edits: Floats, sizes: NDArray[np.generic], reviewed: Floats) -> Floats:
    """Return the edits found when so much is read of groups that come one after the other."""
    ends = np.concatenate([[0], np.cumsum(sizes)]) / float(np.sum(sizes))
    found: Floats = np.interp(reviewed, ends, np.concatenate([[0], np.cumsum(edits)]))
    return found


def arrays(rows: Sequence[tuple[float, int]]) -> tuple[Floats, Floats, NDArray[np.bool_]]:
    """Return risks, word edits, and whether there were any, of (risk, word edits) pairs."""
    table = np.array(rows, dtype=np.float64).reshape(-1, 2)
    return table[:, 0], table[:, 1], table[:, 1] > 0
