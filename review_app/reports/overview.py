"""The page a manager reads in a minute: how good, by which engine, is it getting better, what to do next."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from review_app.quality.sampling import Sample
from review_app.reports.estimate import Estimate, estimate
from review_app.reports.pages import PageLine, worst_pages
from review_app.reports.shares import Shares, shares_by_sample, shares_of
from review_app.reports.slices import Chosen, Slice, engine_slices
from review_app.reports.trend import Period, Step, trend
from review_app.scoring.units import TOO_FEW

WORST = 3
"""Pages that are named."""

MONTHS = 12

SHOWN = ("HTER", "chrF2++")
"""The metrics of the overview: one to picture, one to compare engines by."""


@dataclass(frozen=True, slots=True)
class BySample:
    """What people made of texts that were seen for one reason."""

    sample: Sample
    shares: Shares


@dataclass(frozen=True, slots=True, eq=False)
class Overview:
    """What the page says. ``whole`` estimates all machine texts of the slice; none when that cannot be said.

    ``missing_checks`` is how many more spot checks it takes to judge by them alone.
    """

    chosen: Chosen
    shares: Shares
    by_sample: tuple[BySample, ...]
    whole: Estimate | None
    engines: tuple[Slice, ...]
    months: tuple[Period, ...]
    worst: tuple[PageLine, ...]
    missing_checks: int


def build_overview(session: Session, chosen: Chosen) -> Overview:
    """Return the overview of a slice."""
    drafted = chosen.segments.drafted()
    samples = shares_by_sample(drafted)
    return Overview(
        chosen=chosen,
        shares=shares_of(drafted),
        by_sample=tuple(BySample(sample, shares) for sample, shares in samples.items() if shares.counts.total),
        whole=None if narrows_texts(chosen) else estimate(drafted, chosen.coverage.unread),
        engines=engine_slices(chosen.segments, SHOWN),
        months=tuple(trend(session, chosen.site.id, drafted, chosen.page_ids, Step.MONTH)[-MONTHS:]),
        worst=tuple(worst_pages(session, chosen, WORST)),
        missing_checks=max(0, TOO_FEW - samples[Sample.AUDIT].counts.total),
    )


def narrows_texts(chosen: Chosen) -> bool:
    """Say whether the filter leaves out texts of a page: then what was read speaks for no page as a whole."""
    asked = chosen.filter
    return any(value is not None for value in (asked.engine, asked.since, asked.until, asked.sample))
