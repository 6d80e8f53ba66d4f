"""Measures what a public statement of accuracy says: of every draft that people have read at a site, in a language."""

from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from review_app.publishing.accuracy import Measured
from review_app.reports.filters import Filter
from review_app.reports.shares import shares_of
from review_app.reports.slices import choose_of
from review_app.scoring.units import TOO_FEW
from review_app.sites.service import SiteView


def measure(session: Session, site: SiteView, language: str) -> Measured:
    """Return what can be said of a language now; no share where fewer than thirty drafts were read."""
    chosen = choose_of(session, site, Filter(language))
    shares = shares_of(chosen.segments)
    counts, bounds = shares.counts, shares.intervals[0] if shares.intervals else (None, None)
    return Measured(
        body=site.responsible or site.name,
        day=chosen.made_at.astimezone(ZoneInfo(site.timezone)).date().isoformat(),
        read=chosen.coverage.read,
        total=chosen.coverage.segments,
        n=counts.total,
        least=TOO_FEW,
        unchanged=100 * counts.unchanged / counts.total if shares.intervals else None,
        low=bounds[0],
        high=bounds[1],
    )
