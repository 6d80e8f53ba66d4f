"""Builds a report: the scores of a slice per engine, what people made of it, and the engines compared."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from sqlalchemy.orm import Session

from review_app.accounts.permissions import Actor
from review_app.reports.filters import Filter
from review_app.reports.shares import Shares, shares_of
from review_app.reports.slices import Chosen, PageSlices, Slice, choose, engine_slices, page_ranking, page_slices
from review_app.scoring.comparison import Comparison, compare, holm
from review_app.scoring.metrics import METRICS
from review_app.scoring.service import Segments
from review_app.scoring.units import TOO_FEW

COMPARED = ("BLEU", "chrF2++", "TER")
"""Metrics by which engines are compared; HTER knows only the engine that drafted."""


@dataclass(frozen=True, slots=True, eq=False)
class Report:
    """How accurate machine translation into one language is, on the texts that people have accepted or edited."""

    chosen: Chosen
    shares: Shares
    engines: tuple[Slice, ...]
    pages: tuple[PageSlices, ...]
    comparisons: tuple[Comparison, ...]


def build_report(session: Session, actor: Actor, site_slug: str, asked: Filter) -> Report:
    """Return the report of the segments that pass a filter, page by page too; raises ``NotFound``."""
    chosen = choose(session, actor, site_slug, asked)
    return Report(
        chosen=chosen,
        shares=shares_of(chosen.segments),
        engines=engine_slices(chosen.segments),
        pages=page_slices(session, chosen.segments, page_ranking(chosen.segments)),
        comparisons=compare_engines(chosen.segments),
    )


def compare_engines(segments: Segments, metrics: Sequence[str] = COMPARED) -> tuple[Comparison, ...]:
    """Compare engines pairwise on the sentences that both translated, if there are enough of them."""
    found: list[Comparison] = []
    for a, b in combinations(segments.engines(), 2):
        of_a, of_b = of_both(segments, a, b)
        if len(of_a) >= TOO_FEW:
            found += [
                compare(METRICS[name], a, b, of_a.statistics(name), of_b.statistics(name), of_a.pages)
                for name in metrics
            ]
    return holm(found)


def of_both(segments: Segments, a: str, b: str) -> tuple[Segments, Segments]:
    """Return the outputs of two engines for the sentences that both translated, in the same order."""
    of_a, of_b = segments.of_engine(a), segments.of_engine(b)
    _, in_a, in_b = np.intersect1d(of_a.rows["revision"], of_b.rows["revision"], return_indices=True)
    by_page = np.argsort(of_a.pages[in_a], kind="stable")
    return of_a.at(in_a[by_page]), of_b.at(in_b[by_page])
