"""Builds a report: the scores of a slice, in all and by page, per engine."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from review_app.accounts.permissions import Action, Actor
from review_app.db import utc_now
from review_app.errors import NotFound
from review_app.locale import N_
from review_app.pages.service import PageView, pages_of
from review_app.reports.edits import EditShares, edit_shares
from review_app.scoring.comparison import Comparison, compare
from review_app.scoring.metrics import METRICS
from review_app.scoring.service import Scored, scored_pairs, statistics_of
from review_app.scoring.summary import Score, summarise
from review_app.sites.service import SiteView, get_site


@dataclass(frozen=True, slots=True)
class Slice:
    """One engine's scores over some segments; ``scores`` by metric name, in the order of ``METRICS``."""

    engine: str
    versions: tuple[str, ...]
    first: date
    last: date
    segments: int
    words: int
    pages: int
    scores: dict[str, Score]


@dataclass(frozen=True, slots=True)
class PageSlices:
    """A page's scores, one per engine."""

    path: str
    title: str
    page_id: int
    engines: tuple[Slice, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """How accurate machine translation into one language is, on the texts that people have accepted or edited."""

    site: SiteView
    language: str
    made_at: datetime
    shares: EditShares
    read_segments: int
    all_segments: int
    engines: tuple[Slice, ...]
    pages: tuple[PageSlices, ...]
    comparisons: tuple[Comparison, ...]
    page_filter: str | None


def build_report(session: Session, actor: Actor, site_slug: str, language: str, page: str | None = None) -> Report:
    """Return the report of a site's language, or of one page of it."""
    site = get_site(session, site_slug)
    if not actor.may(Action.READ, site.id):
        raise NotFound(N_("There is no site with the short name {slug}."), slug=site_slug)
    if language not in site.languages:
        raise NotFound(N_("The site {site} is not translated into “{language}”."), site=site.name, language=language)
    pages = [found for found in pages_of(session, site.id) if page in {None, found.path}]
    if page is not None and not pages:
        raise NotFound(N_("There is no such page."))
    pairs = scored_pairs(session, pages, language)
    engines = sorted({pair.engine for pair in pairs})
    by_page = [(found, [pair for pair in pairs if pair.page_id == found.id]) for found in pages]
    return Report(
        site=site,
        language=language,
        made_at=utc_now(),
        shares=edit_shares(session, pairs),
        read_segments=len({(pair.page_id, pair.segment_key) for pair in pairs}),
        all_segments=_count_segments(session, pages),
        engines=_slices(session, pairs, engines),
        pages=tuple(
            PageSlices(found.path, found.title, found.id, _slices(session, of_page, engines))
            for found, of_page in by_page
            if of_page
        ),
        comparisons=compare_engines(session, pairs, engines),
        page_filter=page,
    )
