"""The scored segments of a slice, whoever translated them: read from what is stored, summed in NumPy.

A million segments are 25,000 rows of the database and one array of 104 MB. Whatever is asked of them is a mask over
that array and a sum over its pages.
"""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Text, cast, func, select
from sqlalchemy.orm import Session

from review_app.db import IN_BINARY, among
from review_app.pages.tables import Page
from review_app.quality.sampling import Sample
from review_app.scoring.filling import PageRows, fresh_rows, pages_behind
from review_app.scoring.layout import BANDS, SAMPLES, SIGNATURE, Rows, day_of, days, read_rows, widened
from review_app.scoring.rows import COLUMNS, DRAFTING_ONLY
from review_app.scoring.tables import PageStatistics

MOST_FRESH = 100
"""Pages that are scored while somebody waits for a report; of more, the rest is as it was last stored."""


class System(NamedTuple):
    """An engine at one of its versions."""

    engine: str
    version: str


@dataclass(frozen=True, slots=True, eq=False)
class Segments:
    """Scored segments, one for every output of an engine beside what a person made of the sentence.

    ``rows`` are records as ``layout`` says; ``pages``, rising, and ``system``, a number in ``systems``, belong to each.
    """

    rows: Rows
    pages: NDArray[np.int64]
    system: NDArray[np.int64]
    systems: tuple[System, ...]

    def __len__(self) -> int:
        return len(self.rows)

    def where(self, chosen: NDArray[np.bool_]) -> "Segments":
        """Return those for which the mask says so; all of them cost nothing."""
        return self if chosen.all() else self.at(chosen)

    def at(self, places: NDArray[Any] | slice) -> "Segments":
        """Return those at these places, or those that a mask chooses."""
        return Segments(self.rows[places], self.pages[places], self.system[places], self.systems)

    def engines(self) -> list[str]:
        """Return the engines that any of them are of, by name."""
        return sorted({self.systems[number].engine for number in np.unique(self.system)})

    def of_engine(self, engine: str) -> "Segments":
        """Return the outputs of an engine, whatever its version."""
        meant = np.array([system.engine == engine for system in self.systems], dtype=np.bool_)
        return self.where(meant[self.system]) if len(meant) else self

    def drafted(self) -> "Segments":
        """Return the outputs that a person started from: one for every sentence that was read."""
        return self.where(self.rows["drafted"] == 1)

    def for_metric(self, name: str) -> "Segments":
        """Return those that a metric says something of."""
        return self.drafted() if name in DRAFTING_ONLY else self

    def of_sample(self, sample: Sample) -> "Segments":
        """Return those that were seen for this reason."""
        return self.where(self.rows["sample"] == SAMPLES.index(sample))

    def judged_between(self, first: date | None, last: date | None) -> "Segments":
        """Return those that a person judged in a period, its ends included."""
        judged, chosen = self.rows["judged"], np.ones(len(self.rows), dtype=np.bool_)
        if first is not None:
            chosen &= judged >= days(first)
        if last is not None:
            chosen &= judged <= days(last)
        return self.where(chosen)

    def statistics(self, name: str) -> NDArray[Any]:
        """Return a metric's statistics, shape (n, width), without copying them."""
        found: NDArray[Any] = self.rows["statistics"][:, COLUMNS[name]]
        return found

    def versions(self) -> tuple[str, ...]:
        """Return the versions of the engines they are of."""
        return tuple(sorted({self.systems[number].version for number in np.unique(self.system)}))

    def made(self) -> tuple[date, date]:
        """Return the days of the first and the last output; there must be one."""
        return day_of(self.rows["made"].min()), day_of(self.rows["made"].max())


class Coverage(NamedTuple):
    """How much of a slice people have read: segments there are, and those read.

    ``unread`` are the machine texts nobody has read, by band of risk; ``waiting`` the pages not scored yet.
    """

    segments: int
    read: int
    unread: tuple[int, ...] = (0,) * BANDS
    waiting: int = 0


def scored_segments(
    session: Session, site_id: int, language: str, page_ids: Collection[int] | None = None
) -> tuple[Segments, Coverage]:
    """Return what people have read at a site in a language, or on some of its pages.

    What has changed since it was stored is scored here and now, on up to a hundred pages.
    """
    pages, waiting = page_rows(session, site_id, language, page_ids)
    unread = np.frombuffer(b"".join(page.unread for page in pages), dtype="<u4").reshape(-1, BANDS).sum(axis=0)
    coverage = Coverage(
        segments=sum(page.segments for page in pages),
        read=sum(page.read for page in pages),
        unread=tuple(unread.tolist()),
        waiting=waiting,
    )
    return _together([page for page in pages if page.scored]), coverage


def page_rows(
    session: Session, site_id: int, language: str, page_ids: Collection[int] | None = None
) -> tuple[list[PageRows], int]:
    """Return what is counted of each page, by its id, and how many more are behind than are scored here and now."""
    behind = sorted(pages_behind(session, site_id, language) & set(page_ids if page_ids is not None else ()))
    if page_ids is None:
        behind = sorted(pages_behind(session, site_id, language))
    fresh = {found.page_id: found for found in fresh_rows(session, behind[:MOST_FRESH], language)}
    pages = sorted(
        [*_stored(session, site_id, language, page_ids, fresh), *fresh.values()], key=lambda one: one.page_id
    )
    return pages, max(0, len(behind) - MOST_FRESH)


def coverage_of(session: Session, site_id: int) -> dict[str, Coverage]:
    """Return how much is read of a site in each language, by what is stored."""
    sums = (func.sum(PageStatistics.segments), func.sum(PageStatistics.read))
    rows = session.execute(
        select(PageStatistics.language, *sums)
        .join(Page, PageStatistics.page_id == Page.id)
        .where(Page.site_id == site_id, PageStatistics.signature == SIGNATURE)
        .group_by(PageStatistics.language)
    )
    return {language: Coverage(int(segments), int(read)) for language, segments, read in rows}


def _stored(
    session: Session, site_id: int, language: str, page_ids: Collection[int] | None, but: Collection[int]
) -> Iterator[PageRows]:
    columns = (PageStatistics.page_id, PageStatistics.segments, PageStatistics.read, PageStatistics.scored)
    systems = cast(PageStatistics.systems, Text)  # as a rule a handful of different ones: each is read once
    loaded = cache(lambda told: tuple(map(tuple, json.loads(told))))
    found = (
        select(*columns, PageStatistics.unread, systems, PageStatistics.rows)
        .join(Page, PageStatistics.page_id == Page.id)
        .where(Page.site_id == site_id, PageStatistics.language == language, PageStatistics.signature == SIGNATURE)
        .execution_options(**IN_BINARY)
    )
    if page_ids is not None:
        found = found.where(among(PageStatistics.page_id, page_ids))
    return (
        PageRows(page_id, segments, read, scored, unread, loaded(told), rows)
        for page_id, segments, read, scored, unread, told, rows in session.execute(found)
        if page_id not in but
    )


def _together(pages: list[PageRows]) -> Segments:
    """Return the rows of pages as one array."""
    systems: dict[System, int] = {}

    @cache
    def numbers(told: tuple[tuple[str, str], ...]) -> NDArray[np.int64]:
        return np.array([systems.setdefault(System(*system), len(systems)) for system in told], dtype=np.int64)

    lookups = [numbers(page.systems) for page in pages]
    counts = np.array([page.scored for page in pages], dtype=np.int64)
    rows = _joined(pages)
    offsets = np.cumsum([0, *(len(lookup) for lookup in lookups)])[:-1]
    table = np.concatenate(lookups) if lookups else np.zeros(0, dtype=np.int64)
    system = table[np.repeat(offsets, counts) + rows["system"]] if len(rows) else np.zeros(0, dtype=np.int64)
    return Segments(rows, np.repeat([page.page_id for page in pages], counts), system, tuple(systems))


def _joined(pages: list[PageRows]) -> Rows:
    total = sum(page.scored for page in pages)
    try:
        return read_rows(b"".join(page.rows for page in pages), total)
    except ValueError:  # some page has a number too large for two bytes
        return np.concatenate([widened(read_rows(page.rows, page.scored)) for page in pages])
