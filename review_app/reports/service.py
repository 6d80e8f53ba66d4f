"""Builds a report: the scores of a slice per engine, what people made of it, and the engines compared."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from review_app.accounts.permissions import Actor
from review_app.reports.engines import compare_engines
from review_app.reports.filters import Filter
from review_app.reports.shares import Shares, shares_of
from review_app.reports.slices import Chosen, PageSlices, Slice, choose, engine_slices, page_ranking, page_slices
from review_app.scoring.comparison import Comparison


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
    return report_of(session, choose(session, actor, site_slug, asked))


def report_of(session: Session, chosen: Chosen) -> Report:
    """Return the report of what is chosen, page by page too."""
    return Report(
        chosen=chosen,
        shares=shares_of(chosen.segments),
        engines=engine_slices(chosen.segments),
        pages=page_slices(session, chosen.segments, page_ranking(chosen.segments)),
        comparisons=compare_engines(chosen.segments),
    )
