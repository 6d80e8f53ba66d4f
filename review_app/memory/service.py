"""Use cases of the memory: keep pairs, and find those whose source is like a text, or that have some words."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, select, text
from sqlalchemy.orm import Session

from review_app.accounts.tables import Person
from review_app.db import among, missing_rows
from review_app.memory import postings
from review_app.memory.postings import Scope
from review_app.memory.similarity import percents
from review_app.memory.tables import Kind, MemoryEntry, MemoryFile
from review_app.pages.tables import Page
from review_app.segments.tables import Segment
from review_app.sites.tables import Site
from review_app.text.normalise import source_hash

LEAST_PERCENT = 50
"""Texts that are less alike help nobody."""

LIKELY = 160
"""Entries whose texts are compared: those that share most words with what is sought."""

MOST_READ = 100_000
"""Occurrences of words that are counted for a text; the rest, of its most common words, is presumed."""


@dataclass(frozen=True, slots=True)
class NewPair:
    """A pair of texts to keep; ``read`` says that a person stands behind it."""

    key: str
    source: str
    target: str
    kind: Kind
    read: bool = True
    segment_id: int | None = None
    revision_id: int | None = None
    file_id: int | None = None
    author_id: int | None = None
    written_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """A pair of texts that was found, and where it comes from; ``percent`` is how alike its source is."""

    id: int
    site_id: int
    site: str
    language: str
    kind: Kind
    source: str
    target: str
    read: bool
    segment_id: int | None
    revision_id: int | None
    author: str | None
    written_at: datetime | None
    file: str | None
    page_id: int | None
    page: str | None
    percent: float = 0.0


def keep(session: Session, site_id: int, language: str, pairs: Sequence[NewPair]) -> int:
    """Add pairs whose key the site's memory has not; returns how many are new."""
    if not pairs:
        return 0
    session.flush()
    insertion = missing_rows(session, MemoryEntry).returning(MemoryEntry.id, MemoryEntry.key)
    rows = [_row_of(site_id, language, pair) for pair in pairs]
    new = {key: id_ for id_, key in session.connection().execute(insertion, rows)}
    texts = [
        (new[pair.key], side, text)
        for pair in pairs
        if pair.key in new
        for side, text in ((postings.SOURCE, pair.source), (postings.TARGET, pair.target))
    ]
    postings.add(session, site_id, language, texts)
    return len(new)


def kept(
    session: Session, site_id: int, language: str, keys: Collection[str]
) -> dict[str, tuple[str, str, int | None]]:
    """Return source, target and revision of the pairs with these keys, by key."""
    rows = session.execute(
        select(MemoryEntry.key, MemoryEntry.source, MemoryEntry.target, MemoryEntry.revision_id).where(
            MemoryEntry.site_id == site_id, MemoryEntry.language == language, among(MemoryEntry.key, keys)
        )
    )
    return {key: (source, target, revision_id) for key, source, target, revision_id in rows}


def many_added(session: Session) -> None:
    """Let PostgreSQL count anew after many pairs were added: till its own look, a minute later, plans are slow."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("ANALYZE memory_entry, memory_word"))


def forget(session: Session, site_id: int, language: str, keys: Collection[str]) -> None:
    """Take pairs out of a site's memory."""
    session.execute(
        delete(MemoryEntry).where(
            MemoryEntry.site_id == site_id, MemoryEntry.language == language, among(MemoryEntry.key, keys)
        )
    )


def similar(session: Session, scope: Scope, source: str, *, most: int, least: float = LEAST_PERCENT) -> list[Pair]:
    """Return the pairs whose sources are most alike to a text, at least ``least`` percent; those of people come first.

    Equally alike ones are in this order: what a person read before what nobody did, then the newest.
    """
    found = postings.likely(session, scope, source, most=LIKELY, most_read=MOST_READ, least=least / 100)
    ids = found.ids.tolist()
    if not ids or (len(ids) == LIKELY and found.bounds[-1] == 1):  # no words, or more that may be the same
        ids += _same(session, scope, source, most)
    rows = session.execute(
        select(MemoryEntry.id, MemoryEntry.source, MemoryEntry.read).where(
            among(MemoryEntry.id, ids),
            among(MemoryEntry.site_id, scope.site_ids),
            MemoryEntry.language == scope.language,
        )
    ).all()
    alike = percents(source, [row.source for row in rows])
    ranked = sorted(
        ((percent, row.read, row.id) for percent, row in zip(alike, rows, strict=True) if percent >= least),
        reverse=True,
    )[:most]
    details = _pairs(session, {id_: percent for percent, _read, id_ in ranked})
    return [details[id_] for _percent, _read, id_ in ranked if id_ in details]


def _same(session: Session, scope: Scope, source: str, most: int) -> list[int]:
    """Return the ids of the newest pairs of exactly this source."""
    ids = session.scalars(
        select(MemoryEntry.id)
        .where(
            MemoryEntry.source_hash == source_hash(source),
            among(MemoryEntry.site_id, scope.site_ids),
            MemoryEntry.language == scope.language,
        )
        .order_by(MemoryEntry.id.desc())
        .limit(most)
    )
    return list(ids)


def exact(session: Session, scope: Scope, hashes: Collection[str]) -> list[Pair]:
    """Return the pairs of exactly these sources, the oldest first."""
    rows = session.scalars(
        select(MemoryEntry.id).where(
            among(MemoryEntry.source_hash, hashes),
            among(MemoryEntry.site_id, scope.site_ids),
            MemoryEntry.language == scope.language,
        )
    )
    found = _pairs(session, dict.fromkeys(rows, 100.0))
    return [found[id_] for id_ in sorted(found)]


def has_any(session: Session, scope: Scope) -> bool:
    """Whether there is any pair in these memories."""
    some = select(MemoryEntry.id).where(
        among(MemoryEntry.site_id, scope.site_ids), MemoryEntry.language == scope.language
    )
    return session.scalar(some.limit(1)) is not None


def size(session: Session, site_id: int) -> dict[tuple[str, Kind], int]:
    """Return how many pairs a site's memory has, by language and where they come from."""
    rows = session.execute(
        select(MemoryEntry.language, MemoryEntry.kind, func.count())
        .where(MemoryEntry.site_id == site_id)
        .group_by(MemoryEntry.language, MemoryEntry.kind)
    )
    return {(language, kind): count for language, kind, count in rows}


def pairs_by_id(session: Session, ids: Collection[int]) -> list[Pair]:
    """Return pairs in the order of these ids."""
    found = _pairs(session, dict.fromkeys(ids, 0.0))
    return [found[id_] for id_ in ids if id_ in found]


def _pairs(session: Session, percent_of: Mapping[int, float]) -> dict[int, Pair]:
    rows = session.execute(
        select(MemoryEntry, Site.name, Person.name, MemoryFile.name, Page.id, Page.path)
        .join(Site, MemoryEntry.site_id == Site.id)
        .outerjoin(Person, MemoryEntry.author_id == Person.id)
        .outerjoin(MemoryFile, MemoryEntry.file_id == MemoryFile.id)
        .outerjoin(Segment, MemoryEntry.segment_id == Segment.id)
        .outerjoin(Page, Segment.page_id == Page.id)
        .where(among(MemoryEntry.id, list(percent_of)))
    )
    return {row[0].id: _pair(row, percent_of[row[0].id]) for row in rows}


def _pair(row: Row[*tuple[Any, ...]], percent: float) -> Pair:
    entry, site, author, file, page_id, path = row
    return Pair(
        id=entry.id,
        site_id=entry.site_id,
        site=site,
        language=entry.language,
        kind=entry.kind,
        source=entry.source,
        target=entry.target,
        read=entry.read,
        segment_id=entry.segment_id,
        revision_id=entry.revision_id,
        author=author,
        written_at=entry.written_at,
        file=file,
        page_id=page_id,
        page=path,
        percent=percent,
    )


def _row_of(site_id: int, language: str, pair: NewPair) -> dict[str, Any]:
    return {
        "site_id": site_id,
        "language": language,
        "key": pair.key,
        "kind": pair.kind,
        "source_hash": source_hash(pair.source),
        "source": pair.source,
        "target": pair.target,
        "read": pair.read,
        "segment_id": pair.segment_id,
        "revision_id": pair.revision_id,
        "file_id": pair.file_id,
        "author_id": pair.author_id,
        "written_at": pair.written_at,
    }


def texts_of(session: Session, site_id: int, language: str, after: int, most: int) -> Iterable[Pair]:
    """Return a site's pairs in a language, the oldest first, beginning after an id."""
    ids = session.scalars(
        select(MemoryEntry.id)
        .where(MemoryEntry.site_id == site_id, MemoryEntry.language == language, MemoryEntry.id > after)
        .order_by(MemoryEntry.id)
        .limit(most)
    )
    return pairs_by_id(session, list(ids))
