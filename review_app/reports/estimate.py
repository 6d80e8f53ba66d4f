r"""What the quality of the whole site is, from the texts that were drawn and from those that somebody chose to read.

Chosen texts are no fair sample: people begin where the risk is high. So all machine texts are divided into strata by
the risk they had before anybody judged them (``layout.RISK_EDGES``), and each stratum speaks for as many texts as it
holds. With N_h machine texts in stratum h, of which n_h were judged and a share p_h has the property:

    share     p = sum_h (N_h / N) p_h
    variance  v = sum_h (N_h / N)^2 (1 - n_h / N_h) p_h (1 - p_h) / (n_h - 1)
    interval  p ± 1.96 sqrt(v), within 0 and 1

(Cochran 1977, "Sampling Techniques", 5.3–5.4 and 3.8). It assumes that within a stratum nobody chose by how good the
text is; where the spot checks alone say otherwise, they are right. Strata in which fewer than two texts were judged
are joined with their neighbour. Where no text has a risk there is one stratum, and only spot checks count.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from review_app.quality.figures import Z95
from review_app.quality.sampling import Sample
from review_app.reports.shares import SIZES, edit_sizes
from review_app.scoring.layout import BANDS, bands_of
from review_app.scoring.service import Segments
from review_app.scoring.units import TOO_FEW

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Estimated:
    """A share of all machine texts, in per cent, with its 95 % interval."""

    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Estimate:
    """Shares of unchanged, small and large edits among all of a site's machine texts (``texts``), if people read them.

    ``judged`` texts say so; ``strata`` are the bands of risk that could be told apart, 1 when spot checks speak alone.
    """

    texts: int
    judged: int
    strata: int
    shares: tuple[Estimated, ...]


def speaking(drafted: Segments) -> Segments:
    """Return the drafts that speak for the whole site: those of known risk; without any the spot checks."""
    known = bands_of(drafted.rows["risk"]) < BANDS - 1  # of texts without a risk nothing can be said
    return drafted.where(known) if known.any() else drafted.of_sample(Sample.AUDIT)


def estimate(segments: Segments, unread: Sequence[int]) -> Estimate | None:
    """Return the estimate for a slice from its drafts, and its unread texts by band of risk; none when too few."""
    drafted = segments.drafted()
    bands = bands_of(drafted.rows["risk"])
    population = np.bincount(bands, minlength=BANDS) + np.array(unread)
    judged = speaking(drafted)
    if not (bands < BANDS - 1).any():
        return _estimate(np.array([population.sum()]), np.zeros(len(judged), dtype=np.int64), judged)
    return _estimate(population[:-1], bands_of(judged.rows["risk"]), judged)


def _estimate(population: NDArray[np.int64], bands: NDArray[np.int64], judged: Segments) -> Estimate | None:
    if len(judged) < TOO_FEW:
        return None
    sizes = edit_sizes(judged.statistics("HTER"))
    counts = np.array([np.bincount(bands[sizes == size], minlength=len(population)) for size in range(len(SIZES))])
    sizes_of, found = joined(population.astype(np.float64), counts.astype(np.float64))
    shares = tuple(stratified(sizes_of, found.sum(axis=0), own) for own in found)
    return Estimate(int(population.sum()), len(judged), len(sizes_of), shares)


def joined(population: Floats, counts: Floats) -> tuple[Floats, Floats]:
    """Return strata of at least two judged texts each: smaller ones join the one before, the first the one after.

    ``counts`` is (kinds, strata). There must be two judged texts in all.
    """
    sizes, kinds = [0.0], [np.zeros(len(counts))]
    for size, own in zip(population, counts.T, strict=True):
        if kinds[-1].sum() >= 2 and own.sum() >= 2:
            sizes.append(0.0)
            kinds.append(np.zeros(len(counts)))
        sizes[-1] += size
        kinds[-1] = kinds[-1] + own
    return np.array(sizes), np.array(kinds).T


def stratified(population: Floats, judged: Floats, found: Floats) -> Estimated:
    """Return the share of texts with a property, in per cent: N_h, n_h and how many of these have it."""
    weights, shares = population / population.sum(), found / judged
    variance = weights**2 * (1 - judged / population) * shares * (1 - shares) / np.maximum(judged - 1, 1)
    share, half = float((weights * shares).sum()), Z95 * sqrt(float(variance.sum()))
    return Estimated(100 * share, 100 * max(0.0, share - half), 100 * min(1.0, share + half))
