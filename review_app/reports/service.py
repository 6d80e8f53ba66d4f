"""Builds a report: the scores of a slice, in all and by page, per engine."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from review_app.accounts.permissions import Action, Actor
from review_app.db import utc_now
from review_app.errors import NotFound
from review_app.locale import N_
from review_app.pages.service import pages_of
from review_app.reports.edits import EditShares, edit_shares, edit_size
from review_app.scoring.bootstrap import interval
from review_app.scoring.comparison import Comparison, compare, holm
from review_app.scoring.metrics import METRICS
from review_app.scoring.service import Scored, judged_texts, scored_pairs, statistics_of
from review_app.scoring.summary import Score, summarise
from review_app.scoring.units import TOO_FEW, Unit, grouped
from review_app.segments.service import placed_segments
from review_app.sites.service import SiteView, get_site

COMPARED = ("BLEU", "chrF2++", "TER")
"""Metrics by which engines are compared; HTER knows only the engine that drafted."""

Statistics = Mapping[str, tuple[list[Scored], NDArray[np.float64]]]
"""By metric: the pairs it applies to, and a row of its statistics for each."""


@dataclass(frozen=True, slots=True)
class Extent:
    """What a score rests on: segments, words of their source, pages."""

    segments: int
    words: int
    pages: int


@dataclass(frozen=True, slots=True)
class Slice:
    """One engine's scores over some segments.

    ``scores`` and ``extents`` are by metric name, in the order of ``METRICS``: HTER rests on fewer segments than the
    others where the engine drafted only some of them. ``segments`` is the most any of them rests on.
    """

    engine: str
    versions: tuple[str, ...]
    first: date
    last: date
    segments: int
    scores: dict[str, Score]
    extents: dict[str, Extent]


@dataclass(frozen=True, slots=True)
class PageSlices:
    """A page's scores, one per engine."""

    path: str
    title: str
    page_id: int
    engines: tuple[Slice, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """How accurate machine translation into one language is, on the texts that people have accepted or edited.

    ``share_intervals`` are the 95 % intervals, in per cent, of unchanged, small and large edits; none when too few.
    ``unit`` is what was resampled for the figures of all pages.
    """

    site: SiteView
    language: str
    made_at: datetime
    shares: EditShares
    share_intervals: tuple[tuple[float, float], ...]
    read_segments: int
    all_segments: int
    engines: tuple[Slice, ...]
    pages: tuple[PageSlices, ...]
    comparisons: tuple[Comparison, ...]
    page_filter: str | None
    unit: Unit


def build_report(session: Session, actor: Actor, site_slug: str, language: str, page: str | None = None) -> Report:
    """Return the report of a site's language, or of one page of it; raises ``NotFound``."""
    site = get_site(session, site_slug)
    if not actor.may(Action.READ, site.id):
        raise NotFound(N_("There is no site with the short name {slug}."), slug=site_slug)
    if language not in site.languages:
        raise NotFound(N_("The site {site} is not translated into “{language}”."), site=site.name, language=language)
    pages = [found for found in pages_of(session, site.id) if page in {None, found.path}]
    if page is not None and not pages:
        raise NotFound(N_("There is no such page."))
    judged = judged_texts(session, pages, language)
    pairs = scored_pairs(session, judged, language)
    placed = placed_segments(session, [found.version_id for found in pages])
    engines = sorted({pair.engine for pair in pairs})
    statistics = {name: statistics_of(session, pairs, name) for name in METRICS}
    drafted, edits = statistics["HTER"]
    overall = _slices(statistics, engines, None)
    return Report(
        site=site,
        language=language,
        made_at=utc_now(),
        shares=edit_shares([(row[0], row[1]) for row in edits]),
        share_intervals=_share_intervals(drafted, edits),
        read_segments=len(judged),
        all_segments=sum(len(segments) for segments in placed.values()),
        engines=overall,
        pages=tuple(
            PageSlices(found.path, found.title, found.id, _slices(statistics, engines, found.id))
            for found in pages
            if any(pair.page_id == found.id for pair in pairs)
        ),
        comparisons=_comparisons(statistics, engines),
        page_filter=page,
        unit=next((score.unit for part in overall for score in part.scores.values()), "segment"),
    )


def _slices(statistics: Statistics, engines: Sequence[str], page_id: int | None) -> tuple[Slice, ...]:
    """Return each engine's scores over all pairs, or over one page's."""
    return tuple(found for engine in engines if (found := _slice(statistics, engine, page_id)) is not None)


def _slice(statistics: Statistics, engine: str, page_id: int | None) -> Slice | None:
    pairs: list[Scored] = []
    scores: dict[str, Score] = {}
    extents: dict[str, Extent] = {}
    for name, (applying, rows) in statistics.items():
        chosen = [i for i, pair in enumerate(applying) if pair.engine == engine and page_id in {None, pair.page_id}]
        if chosen:
            scores[name] = summarise(METRICS[name], rows[chosen], [applying[i].page_id for i in chosen])
            extents[name] = _extent([applying[i] for i in chosen])
            pairs = pairs or [applying[i] for i in chosen]
    if not pairs:
        return None
    return Slice(
        engine=engine,
        versions=tuple(sorted({pair.version for pair in pairs})),
        first=min(pair.made_on for pair in pairs),
        last=max(pair.made_on for pair in pairs),
        segments=len(pairs),
        scores=scores,
        extents=extents,
    )


def _extent(pairs: Sequence[Scored]) -> Extent:
    words = sum(len(pair.source.split()) for pair in pairs)
    return Extent(len(pairs), words, len({pair.page_id for pair in pairs}))


def _share_intervals(pairs: Sequence[Scored], edits: NDArray[np.float64]) -> tuple[tuple[float, float], ...]:
    """Return the intervals of the three shares; a share is a ratio of two sums in per cent, as HTER itself is."""
    if len(pairs) < TOO_FEW:
        return ()
    sizes = np.array([edit_size(row[0], row[1]) for row in edits])
    pages = [pair.page_id for pair in pairs]
    shares = [np.column_stack([sizes == size, np.ones(len(sizes))]) for size in range(3)]
    return tuple(interval(METRICS["HTER"], grouped(share, pages)[1]) for share in shares)


def _comparisons(statistics: Statistics, engines: Sequence[str]) -> tuple[Comparison, ...]:
    """Compare engines pairwise on the segments that both translated."""
    found: list[Comparison] = []
    for name in COMPARED:
        applying, rows = statistics[name]
        for a, b in combinations(engines, 2):
            of_a = {pair.revision_id: i for i, pair in enumerate(applying) if pair.engine == a}
            of_b = {pair.revision_id: i for i, pair in enumerate(applying) if pair.engine == b}
            both = [key for key in of_a if key in of_b]
            if len(both) >= TOO_FEW:
                units = [applying[of_a[key]].page_id for key in both]
                left, right = rows[[of_a[key] for key in both]], rows[[of_b[key] for key in both]]
                found.append(compare(METRICS[name], a, b, left, right, units))
    return holm(found)
