"""Keeps pages' statistics up to date: finds the pages on which something has changed, and scores them again.

Nothing is pushed here when a text is saved. Texts, outputs and page versions only ever grow by rows of higher ids, so
that the pages to look at are those with rows above the last look's. Statistics that are stored and still hold are kept.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from review_app.db import Sessions, among, batches, hold, utc_now
from review_app.pages.service import newest_version_ids, shared_page
from review_app.pages.tables import Page, PageVersion
from review_app.scoring.extracting import Extractor
from review_app.scoring.layout import BANDS, SIGNATURE, as_rows, bands_of, per_cent, read_rows
from review_app.scoring.pairs import PagePairs, Scored, pairs_of
from review_app.scoring.rows import WIDTH
from review_app.scoring.tables import PageStatistics, Reference, ScoringProgress
from review_app.segments.tables import Segment
from review_app.translations.tables import MachineTranslation, Revision, Translation

PAGES_AT_ONCE = 20
"""Pages that are kept in one transaction: some tens of milliseconds, as whoever saves meanwhile waits for it."""

PAGES_COMPUTED = 100
"""Pages whose statistics are computed at a time, between transactions."""

SETTLING = timedelta(minutes=10)
"""No transaction takes longer: whatever began before is stored, or never will be."""

REBUILDING = timedelta(days=1)
"""After so long every page is looked at, whether or not something has changed."""

Known: TypeAlias = dict[tuple[int, int, int], NDArray[np.int64]]
"""Statistics that were computed, by machine translation, revision, and independent translation (0 for none)."""

Look: TypeAlias = list[str | int]
"""When a language was looked at (ISO 8601, UTC), and the highest ids there were."""


class Heads(NamedTuple):
    """The highest ids of whatever changes scores."""

    revision: int = 0
    machine: int = 0
    version: int = 0
    reference: int = 0


class PageNow(NamedTuple):
    """A page at its newest version."""

    id: int
    version_id: int


@dataclass(frozen=True, slots=True)
class PageRows:
    """A page's scored segments as they are stored; of ``rows`` there are ``scored``."""

    page_id: int
    segments: int
    read: int
    scored: int
    unread: bytes
    systems: tuple[tuple[str, str], ...]
    rows: bytes


def fill_language(
    sessions: Sessions,
    site_id: int,
    language: str,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    processes: int = 1,
) -> int:
    """Score the pages of a language on which something has changed since the last time; returns how many."""
    with sessions.reading() as session:
        heads = _heads_of(session)
        since = _since(session, site_id, language)
        page_ids = sorted(changed_pages(session, site_id, language, since))
    with Extractor(processes if len(page_ids) > PAGES_AT_ONCE else 1) as extractor:
        for number, batch in enumerate(batches(page_ids, PAGES_COMPUTED)):
            progress(number * PAGES_COMPUTED, len(page_ids))
            with sessions.reading() as session:
                known, pages = _stored(session, batch, language), _pairs(session, batch, language)
            _add_missing(known, pages, extractor)
            for part in batches(batch, PAGES_AT_ONCE):
                with sessions.writing() as session:
                    hold(session, Page.id, part)
                    _store(session, part, language, known)
    with sessions.writing() as session:
        _note(session, site_id, language, heads, whole=since == Heads())
    progress(len(page_ids), len(page_ids))
    return len(page_ids)


def is_due(session: Session, site_id: int, language: str) -> bool:
    """Say whether a language's scores are behind: by another signature, or by what happened since the last look."""
    row = _progress(session, site_id, language)
    if row is not None and utc_now() - _time_of(row.looks[-1]) < SETTLING:
        return False
    return bool(pages_behind(session, site_id, language))


def pages_behind(session: Session, site_id: int, language: str) -> set[int]:
    """Return the pages whose stored statistics are missing or older than what stands there."""
    row = _progress(session, site_id, language)
    return changed_pages(session, site_id, language, _heads_in(row.looks[-1]) if row is not None else Heads())


def fresh_rows(session: Session, page_ids: Collection[int], language: str) -> list[PageRows]:
    """Return pages' scored segments as they are now; what is not stored is computed, and not kept."""
    pages = _pairs(session, page_ids, language)
    known = _add_missing(_stored(session, page_ids, language), pages, Extractor())
    return [_page_rows(page, known) for page in pages]


def changed_pages(session: Session, site_id: int, language: str, since: Heads) -> set[int]:
    """Return the pages of a site that have texts, outputs or versions of higher ids than these."""
    everything = select(Page.id).where(Page.site_id == site_id)
    if since == Heads():
        return set(session.scalars(everything))
    shared = shared_page(session, site_id)
    if shared is not None and newest_version_ids(session, [shared.id])[shared.id] > since.version:
        return set(session.scalars(everything))  # what pages share is not their own any more
    texts = (
        select(Segment.page_id)
        .join(Translation, Translation.segment_id == Segment.id)
        .join(Revision, Revision.translation_id == Translation.id)
        .where(Revision.id > since.revision, Translation.language == language)
    )
    outputs = (
        select(Segment.page_id)
        .join(MachineTranslation, MachineTranslation.segment_id == Segment.id)
        .where(MachineTranslation.id > since.machine, MachineTranslation.language == language)
    )
    versions = select(PageVersion.page_id).where(PageVersion.id > since.version)
    references = (
        select(Segment.page_id)
        .join(Reference, Reference.segment_id == Segment.id)
        .where(Reference.id > since.reference, Reference.language == language)
    )
    changed = [select(rows.distinct().subquery()) for rows in (texts, outputs, versions, references)]
    return {page_id for rows in changed for page_id in session.scalars(everything.where(Page.id.in_(rows)))}


def _heads_of(session: Session) -> Heads:
    ids = (Revision.id, MachineTranslation.id, PageVersion.id, Reference.id)
    return Heads(*(session.scalar(select(func.max(id_))) or 0 for id_ in ids))


def _progress(session: Session, site_id: int, language: str) -> ScoringProgress | None:
    row = session.get(ScoringProgress, (site_id, language))
    return row if row is not None and row.signature == SIGNATURE else None


def _since(session: Session, site_id: int, language: str) -> Heads:
    """Return up to where everything that was ever going to be stored has been scored."""
    row = _progress(session, site_id, language)
    if row is None or utc_now() - row.rebuilt_at > REBUILDING:
        return Heads()
    settled = [look for look in row.looks if utc_now() - _time_of(look) > SETTLING]
    return _heads_in(settled[-1]) if settled else Heads()


def _note(session: Session, site_id: int, language: str, heads: Heads, *, whole: bool) -> None:
    """Remember up to where the language is scored, and of the looks before this one the last that has settled."""
    now, row = utc_now(), session.get(ScoringProgress, (site_id, language))
    if row is None:
        row = ScoringProgress(site_id=site_id, language=language, signature="", looks=[], rebuilt_at=now)
        session.add(row)
    looks = row.looks if row.signature == SIGNATURE else []
    settled = [look for look in looks if now - _time_of(look) > SETTLING][-1:]
    recent = [look for look in looks if now - _time_of(look) <= SETTLING]
    row.signature, row.looks = SIGNATURE, [*settled, *recent, [now.isoformat(), *heads]]
    row.rebuilt_at = now if whole else row.rebuilt_at
    session.flush()


def _time_of(look: Look) -> datetime:
    return datetime.fromisoformat(str(look[0]))


def _heads_in(look: Look) -> Heads:
    return Heads(*map(int, look[1:]))


def _pairs(session: Session, page_ids: Collection[int], language: str) -> list[PagePairs]:
    pages = [PageNow(*found) for found in newest_version_ids(session, page_ids).items()]
    return pairs_of(session, pages, language)


def _stored(session: Session, page_ids: Collection[int], language: str) -> Known:
    """Return the statistics that are stored of pages: of a machine translation and a revision they never change.

    Those against an independent translation are computed again, since it may be another one now.
    """
    found = select(PageStatistics.rows, PageStatistics.scored).where(
        among(PageStatistics.page_id, page_ids),
        PageStatistics.language == language,
        PageStatistics.signature == SIGNATURE,
    )
    known: Known = {}
    for stored, count in session.execute(found):
        rows = read_rows(stored, count)
        rows = rows[rows["independent"] == 0]
        ids = zip(rows["machine"].tolist(), rows["revision"].tolist(), [0] * len(rows), strict=True)
        known.update(zip(ids, rows["statistics"].astype(np.int64), strict=True))
    return known


def _add_missing(known: Known, pages: Sequence[PagePairs], extractor: Extractor) -> Known:
    """Compute the statistics that are not known, and return them all."""
    missing = [pair for page in pages for pair in page.pairs if _key(pair) not in known]
    rows = extractor.of_pairs(missing)
    known.update({_key(pair): row for pair, row in zip(missing, rows, strict=True)})
    return known


def _key(pair: Scored) -> tuple[int, int, int]:
    return pair.machine_id, pair.revision_id, pair.independent_id


def _store(session: Session, page_ids: Sequence[int], language: str, known: Known) -> None:
    """Keep pages' rows as they are now; what was saved since ``known`` was computed is computed here."""
    pages = _pairs(session, page_ids, language)
    _add_missing(known, pages, Extractor())
    session.execute(
        delete(PageStatistics).where(among(PageStatistics.page_id, page_ids), PageStatistics.language == language)
    )
    key = {"language": language, "signature": SIGNATURE}
    rows = [key | asdict(_page_rows(page, known)) for page in pages]
    if rows:
        session.execute(insert(PageStatistics), rows)


def _page_rows(page: PagePairs, known: Known) -> PageRows:
    risks = np.array([per_cent(risk) for risk in page.unread], dtype=np.int64)
    systems = sorted({(pair.engine, pair.version) for pair in page.pairs})
    statistics = [known[_key(pair)] for pair in page.pairs]
    table = np.array(statistics, dtype=np.int64).reshape(-1, WIDTH)
    return PageRows(
        page_id=page.page_id,
        segments=page.segments,
        read=page.read,
        scored=len(page.pairs),
        unread=np.bincount(bands_of(risks), minlength=BANDS).astype("<u4").tobytes(),
        systems=tuple(systems),
        rows=as_rows(page.pairs, table, systems).tobytes(),
    )
