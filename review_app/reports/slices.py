"""The scored segments that a report is about, and the scores of their parts."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

import numpy as np
from sqlalchemy.orm import Session

from review_app.accounts.permissions import Action, Actor
from review_app.db import utc_now
from review_app.errors import NotFound
from review_app.locale import N_
from review_app.pages.service import pages_by_id, paths_of
from review_app.reports.filters import Filter
from review_app.scoring.metrics import METRICS
from review_app.scoring.rows import DRAFTING_ONLY
from review_app.scoring.service import Coverage, Segments, scored_segments
from review_app.scoring.summary import Score, summarise_all
from review_app.scoring.units import TOO_FEW, sums_by
from review_app.sites.policy import ContentClass
from review_app.sites.sections import rule_for, rules_of
from review_app.sites.service import SiteView, get_site

MOST_INTERVALS = 200
"""Pages of a list that get intervals; the scores of the rest stand alone. Each interval takes some milliseconds."""

RANKED_BY = "HTER"
"""The metric by which pages are ordered: how much people had to change."""


@dataclass(frozen=True, slots=True)
class Extent:
    """What a score rests on: segments, words of their source, pages.

    ``independent`` counts the segments that are compared with an independent translation, not with a correction.
    """

    segments: int
    words: int
    pages: int
    independent: int = 0

    @property
    def reference(self) -> str:
        """What the machine's texts are compared with: ``post-edit``, ``independent``, or ``mixed``."""
        if not self.independent:
            return "post-edit"
        return "independent" if self.independent == self.segments else "mixed"


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


@dataclass(frozen=True, slots=True, eq=False)
class Chosen:
    """What a report is about: the site, the filter, and the segments that pass it.

    ``page_ids`` are the pages that the filter lets pass, ``None`` for all; ``coverage`` is of these, ``engines`` are
    all that anything read there is of.
    """

    site: SiteView
    filter: Filter
    page_ids: Collection[int] | None
    segments: Segments
    coverage: Coverage
    engines: tuple[str, ...]
    made_at: datetime


def choose(session: Session, actor: Actor, site_slug: str, asked: Filter) -> Chosen:
    """Return the segments of a site that pass a filter; raises ``NotFound``."""
    return choose_of(session, site_for(session, actor, site_slug, asked), asked)


def site_for(session: Session, actor: Actor, site_slug: str, asked: Filter) -> SiteView:
    """Return a site whose reports the actor may read; raises ``NotFound`` for strangers and unknown languages."""
    site = get_site(session, site_slug)
    if not actor.may(Action.READ, site.id):
        raise NotFound(N_("There is no site with the short name {slug}."), slug=site_slug)
    if asked.language not in site.languages:
        raise NotFound(
            N_("The site {site} is not translated into “{language}”."), site=site.name, language=asked.language
        )
    return site


def choose_of(session: Session, site: SiteView, asked: Filter) -> Chosen:
    """Return the segments of a readable site that pass a filter; raises ``NotFound`` for an unknown page."""
    page_ids = chosen_pages(session, site.id, asked)
    segments, coverage = scored_segments(session, site.id, asked.language, page_ids)
    engines = tuple(sorted({system.engine for system in segments.systems}))
    if asked.engine is not None:
        segments = segments.of_engine(asked.engine)
    if asked.sample is not None:
        segments = segments.of_sample(asked.sample)
    segments = segments.judged_between(asked.since, asked.until)
    return Chosen(site, asked, page_ids, segments, coverage, engines, utc_now())


def chosen_pages(session: Session, site_id: int, asked: Filter) -> Collection[int] | None:
    """Return the pages that a filter lets pass, ``None`` for all; raises ``NotFound`` when it names an unknown one."""
    if not asked.of_pages:
        return None
    rules = rules_of(session, site_id)
    found = [
        page_id
        for page_id, path in paths_of(session, site_id)
        if asked.page in {None, path}
        and f"{path}/".startswith(asked.section or "")
        and asked.content_class in {None, rule_for(rules, path).content_class or ContentClass.NORMAL}
    ]
    if asked.page is not None and not found:
        raise NotFound(N_("There is no such page."))
    return found


def engine_slices(
    segments: Segments, metrics: Sequence[str] = tuple(METRICS), *, sure: bool = True
) -> tuple[Slice, ...]:
    """Return each engine's scores, by the engine's name; not ``sure``: without intervals."""
    return tuple(_slice(engine, segments.of_engine(engine), metrics, sure=sure) for engine in segments.engines())


def page_ranking(segments: Segments) -> list[int]:
    """Return the pages that have scores: those that people had to change most first, then those with too few to judge.

    The order is by HTER of all drafts of a page; pages of the same stand by their id.
    """
    drafted = segments.drafted()
    pages, sums = sums_by(drafted.pages, drafted.statistics(RANKED_BY))
    _, counts = np.unique(drafted.pages, return_counts=True)
    rates = METRICS[RANKED_BY].scores(sums) if len(pages) else np.zeros(0)
    order = np.lexsort((pages, -rates, counts < TOO_FEW))
    ranked: list[int] = pages[order].tolist()
    return ranked + sorted(set(np.unique(segments.pages).tolist()) - set(ranked))


def page_slices(
    session: Session, segments: Segments, page_ids: Sequence[int], metrics: Sequence[str] = tuple(METRICS)
) -> tuple[PageSlices, ...]:
    """Return the scores of pages, in the order given; the first two hundred have intervals."""
    views = {page.id: page for page in pages_by_id(session, page_ids)}
    starts = np.searchsorted(segments.pages, page_ids, "left")
    ends = np.searchsorted(segments.pages, page_ids, "right")
    found = []
    for place, (page_id, start, end) in enumerate(zip(page_ids, starts, ends, strict=True)):
        slices = engine_slices(segments.at(slice(start, end)), metrics, sure=place < MOST_INTERVALS)
        found.append(PageSlices(views[page_id].path, views[page_id].title, page_id, slices))
    return tuple(found)


def _slice(engine: str, segments: Segments, metrics: Sequence[str], *, sure: bool) -> Slice:
    groups: dict[int, tuple[Segments, list[str]]] = {}
    for name in metrics:
        applying = segments.for_metric(name)
        groups.setdefault(len(applying), (applying, []))[1].append(name)
    scores: dict[str, Score] = {}
    extents: dict[str, Extent] = {}
    for applying, names in groups.values():
        if len(applying):
            found = summarise_all(names, applying.rows["statistics"], applying.pages, sure=sure)
            for name, score in found.items():
                extents[name] = _extent(applying, edited=name in DRAFTING_ONLY)
                scores[name] = replace(score, signature=_signed(score.signature, extents[name]))
    first, last = segments.made()
    return Slice(
        engine=engine,
        versions=segments.versions(),
        first=first,
        last=last,
        segments=len(segments),
        scores=_ordered(scores),
        extents={name: extents[name] for name in METRICS if name in extents},
    )


def _ordered(scores: Mapping[str, Score]) -> dict[str, Score]:
    return {name: scores[name] for name in METRICS if name in scores}


def _signed(signature: str, extent: Extent) -> str:
    """Return a signature that says so where the reference is not what people made of the machine's text."""
    return signature if extent.reference == "post-edit" else f"{signature}|ref:{extent.reference}"


def _extent(segments: Segments, *, edited: bool) -> Extent:
    pages = int((segments.pages[1:] != segments.pages[:-1]).sum()) + 1
    independent = 0 if edited else int((segments.rows["independent"] == 1).sum())
    return Extent(len(segments), int(segments.rows["words"].sum(dtype=np.int64)), pages, independent)
