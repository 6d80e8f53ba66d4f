"""Use cases of segments: cut a page version into them, give them identity across versions, list them in page order."""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, case, func, select
from sqlalchemy.orm import Session

from review_app.accounts.permissions import Actor
from review_app.accounts.service import record
from review_app.db import add_missing, added, among_given
from review_app.pages.document import Document
from review_app.pages.parsing import parse_guarded
from review_app.pages.service import Snapshot, newest_version, shared_page, store_snapshot
from review_app.pages.tables import Block, PageVersion
from review_app.segments.apart import apart, follow
from review_app.segments.carrying import carried
from review_app.segments.cutting import Cut, cut
from review_app.segments.decided import active_rules, add_rule, note_rules, rules_of_version
from review_app.segments.matcher import KnownSegment, match
from review_app.segments.tables import Occurrence, Segment, SetApart
from review_app.text.normalise import source_hash


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did; ``changed`` is false when the page's bytes were known already."""

    page_id: int
    version_id: int
    version: int
    segments: int
    changed: bool


@dataclass(frozen=True, slots=True)
class Placed:
    """A segment where it first stands in a page version; ``number`` counts segments from 1 in page order."""

    segment_id: int
    key: str
    source: str
    source_hash: str
    kind: str
    number: int


def import_page(
    session: Session,
    actor: Actor,
    site_id: int,
    *,
    body: bytes,
    path: str,
    origin: str,
    charset: str | None = None,
    url: str = "",
    taken_at: datetime | None = None,
    shared: bool = False,
) -> Imported:
    """Take a page in: keep its bytes, its blocks and its segments. Raises ``BadPage`` and stores nothing then.

    ``shared`` is for the page of what a site's pages share; a text around another page's content that stands in it
    is a segment of it.
    """
    document = parse_guarded(body, charset)
    cuts = cut(document)  # before anything is asked of the database: whoever saves meanwhile does not wait for it
    version, changed = store_snapshot(
        session, actor, site_id, path, Snapshot(body, document, origin, taken_at), url=url, shared=shared
    )
    if changed:
        settle(session, site_id, version, document, _cut_as_decided(session, actor, site_id, version, document) or cuts)
    count = session.scalar(
        select(func.count(Occurrence.segment_id.distinct())).where(Occurrence.page_version_id == version.id)
    )
    return Imported(version.page_id, version.id, version.number, count or 0, changed)


def _cut_as_decided(
    session: Session, actor: Actor, site_id: int, version: PageVersion, document: Document
) -> tuple[Cut, ...]:
    """Cut a new version by what people decided of its texts, and of those that have changed in it; nothing if nobody.

    A decision of a sentence that has changed a little is made anew for what it reads now.
    """
    rules = active_rules(session, site_id)
    if not rules:
        return ()
    applied = set[int]()
    cuts = cut(document, rules, applied)
    holding = {rule.id for rule in rules}
    before = rules_of_version(session, previous_id) if (previous_id := _previous_id(session, version)) else []
    lost = [rule for rule in before if rule.id in holding - applied]
    for rule in carried(document, rules, lost) if lost else ():
        rules.append(rule._replace(id=add_rule(session, site_id, rule, actor.person_id)))
        after = {"sentence": rule.whole, "first": rule.first, "second": rule.second, "rule": rules[-1].id}
        record(session, actor, "segment.recut_on", f"page:{version.page_id}", site_id=site_id, after=after)
    if lost:
        applied.clear()
        cuts = cut(document, rules, applied)
    note_rules(session, version.id, applied)
    return cuts


def settle(
    session: Session,
    site_id: int,
    version: PageVersion,
    document: Document,
    cuts: Sequence[Cut],
    *,
    same_text: bool = False,
) -> None:
    """Give a new page version's sentences their segments; with ``same_text`` only those of exactly their text."""
    around = {block.number for block in document.blocks if block.around}
    elsewhere = _shared_segments(session, site_id) if around else {}
    own = [piece for piece in cuts if piece.block not in around or source_hash(piece.text) not in elsewhere]
    segments = dict(zip(own, _own_segments(session, version, own, same_text=same_text), strict=True))
    segments |= apart(session, version.page_id, own)
    _place(session, version, [(piece, segments.get(piece) or elsewhere[source_hash(piece.text)]) for piece in cuts])


def placed_segments(session: Session, version_ids: Collection[int]) -> dict[int, list[Placed]]:
    """Return each page version's own segments in page order; a text that stands twice is one segment.

    What the page shares with others is not its own.
    """
    rows = session.execute(_PLACED, {"version_ids": list(version_ids)})
    placed: dict[int, dict[int, Placed]] = {version_id: {} for version_id in version_ids}
    for version_id, kind, source, segment_id, key, digest in rows:
        seen = placed[version_id]
        if segment_id not in seen:
            seen[segment_id] = Placed(segment_id, key, source, digest or source_hash(source), kind, len(seen) + 1)
    return {version_id: list(seen.values()) for version_id, seen in placed.items()}


_PLACED = (
    select(
        Occurrence.page_version_id,
        Block.kind,
        Occurrence.source,
        Segment.id,
        Segment.key,
        case((Segment.source == Occurrence.source, Segment.source_hash)),  # in an older version it may differ
    )
    .join(Block, Occurrence.block_id == Block.id)
    .join(Segment, Occurrence.segment_id == Segment.id)
    .join(PageVersion, Occurrence.page_version_id == PageVersion.id)
    .where(among_given(Occurrence.page_version_id, "version_ids"), Segment.page_id == PageVersion.page_id)
    .order_by(Occurrence.page_version_id, Block.number, Occurrence.position)
)


class Own(NamedTuple):
    """A page's own segment, and its source where it first stands in a page version."""

    segment_id: int
    source: str


def standing_in(session: Session, version_ids: Collection[int], segment_ids: Collection[int]) -> list[Own]:
    """Return those of these segments that are page versions' own, each version's in page order."""
    rows = session.execute(_STANDING_AMONG, {"version_ids": list(version_ids), "segment_ids": list(segment_ids)})
    found: dict[int, Own] = {}
    for segment_id, source in rows:
        found.setdefault(segment_id, Own(segment_id, source))
    return list(found.values())


_STANDING_AMONG = _PLACED.with_only_columns(Segment.id, Occurrence.source).where(
    among_given(Occurrence.segment_id, "segment_ids")
)

_OWN = (
    select(Segment.id, Occurrence.source)
    .join(Occurrence, Occurrence.segment_id == Segment.id)
    .join(Block, Occurrence.block_id == Block.id)
    .where(Segment.page_id == bindparam("page_id"), Segment.key == bindparam("key"))
    .where(Occurrence.page_version_id == bindparam("version_id"))
    .order_by(Block.number, Occurrence.position)
    .limit(1)
)
_HELD = _OWN.with_for_update(key_share=True, of=Segment)


def find_own(session: Session, page_id: int, version_id: int, key: str, *, hold: bool = False) -> Own | None:
    """Return the page's own segment with this key, if it stands in the version; it may be held as ``db.hold`` does."""
    given = {"page_id": page_id, "key": key, "version_id": version_id}
    row = session.execute(_HELD if hold else _OWN, given).first()
    return Own(*row) if row else None


class Standing(NamedTuple):
    """Where a segment stands in a page version, and its source there; ``key`` is ``None`` for a shared one."""

    block: int
    position: int
    segment_id: int
    source: str
    kind: str
    key: str | None


def occurrences_of(session: Session, version_id: int, keys: Collection[str] | None = None) -> list[Standing]:
    """Return every occurrence of a page version in page order, those of shared segments too; or those of some keys."""
    given: dict[str, Any] = {"version_id": version_id}
    if keys is None:
        return [Standing._make(row) for row in session.execute(_STANDING, given)]
    return [Standing._make(row) for row in session.execute(_STANDING_OF_KEYS, {**given, "keys": list(keys)})]


_STANDING = (
    select(
        Block.number,
        Occurrence.position,
        Occurrence.segment_id,
        Occurrence.source,
        Block.kind,
        case((Segment.page_id == PageVersion.page_id, Segment.key)),
    )
    .join(Block, Occurrence.block_id == Block.id)
    .join(Segment, Occurrence.segment_id == Segment.id)
    .join(PageVersion, Occurrence.page_version_id == PageVersion.id)
    .where(Occurrence.page_version_id == bindparam("version_id"))
    .order_by(Block.number, Occurrence.position)
)
_STANDING_OF_KEYS = _STANDING.where(among_given(Segment.key, "keys"), Segment.page_id == PageVersion.page_id)


def sources_of(session: Session, version_ids: Collection[int]) -> dict[int, list[str]]:
    """Return the sources of page versions' own segments, in page order, by version id."""
    found: dict[int, list[str]] = {version_id: [] for version_id in version_ids}
    rows = session.execute(
        select(Occurrence.page_version_id, Occurrence.source)
        .join(Block, Occurrence.block_id == Block.id)
        .join(Segment, Occurrence.segment_id == Segment.id)
        .join(PageVersion, Occurrence.page_version_id == PageVersion.id)
        .where(Occurrence.page_version_id.in_(version_ids), Segment.page_id == PageVersion.page_id)
        .order_by(Occurrence.page_version_id, Block.number, Occurrence.position)
    )
    for version_id, source in rows:
        found[version_id].append(source)
    return found


def find_segment(session: Session, page_id: int, key: str) -> int | None:
    """Return the id of a page's segment with this key."""
    return session.scalar(select(Segment.id).where(Segment.page_id == page_id, Segment.key == key))


def new_key() -> str:
    """Return a key that no segment has."""
    return secrets.token_hex(6)


def rename_keys(session: Session, page_id: int, keys: dict[int, str]) -> None:
    """Give segments the keys that a corpus folder knows them by, by segment id."""
    chosen = Segment.id.in_(keys) | Segment.key.in_(keys.values())
    segments = list(session.scalars(select(Segment).where(Segment.page_id == page_id, chosen)))
    for segment in segments:
        if segment.key != keys.get(segment.id):  # out of the way first: the new keys may be permuted old ones
            segment.key = new_key()
    session.flush()
    for segment in segments:
        segment.key = keys.get(segment.id, segment.key)  # one of an earlier version that had such a key keeps another
    session.flush()


def _shared_segments(session: Session, site_id: int) -> dict[str, int]:
    """Return the ids of the segments that stand on the site's shared page now, by the hash of their text."""
    page = shared_page(session, site_id)
    version = newest_version(session, page.id) if page else None
    if version is None:
        return {}
    rows = session.execute(
        select(Segment.source_hash, Segment.id)
        .join(Occurrence, Occurrence.segment_id == Segment.id)
        .where(Occurrence.page_version_id == version.id)
    )
    return dict(rows.all())


_KNOWN = (
    select(Segment)
    .where(Segment.page_id == bindparam("page_id"))
    .where(Segment.id.not_in(select(SetApart.segment_id).where(SetApart.page_id == bindparam("page_id"))))
)
"""A page's segments without those of places set apart, which are found again by their places."""


def _own_segments(session: Session, version: PageVersion, cuts: Sequence[Cut], *, same_text: bool) -> list[int]:
    """Return the id of the page's segment that every cut is: the one it was before, or a new one."""
    known = list(session.scalars(_KNOWN, {"page_id": version.page_id}))
    order = _last_order(session, version)
    known.sort(key=lambda segment: order.get(segment.id, len(order)))
    by_key = {segment.key: segment for segment in known}
    matches = match([KnownSegment(segment.key, segment.source) for segment in known], cuts, same_text=same_text)
    for piece, found in zip(cuts, matches, strict=True):
        if found.key is not None and by_key[found.key].source != piece.text:
            follow(session, version.page_id, by_key[found.key].source, piece.text)
            by_key[found.key].source, by_key[found.key].source_hash = piece.text, source_hash(piece.text)
    session.flush()
    texts = dict.fromkeys(piece.text for piece, found in zip(cuts, matches, strict=True) if found.key is None)
    new = dict(zip(texts, _new_segments(session, version.page_id, list(texts)), strict=True))
    return [
        by_key[found.key].id if found.key is not None else new[piece.text]
        for piece, found in zip(cuts, matches, strict=True)
    ]


def _new_segments(session: Session, page_id: int, texts: Sequence[str]) -> list[int]:
    """Store a segment for each text, in bulk: pages have thousands."""
    rows = [{"page_id": page_id, "key": new_key(), "source": text, "source_hash": source_hash(text)} for text in texts]
    ids = dict(map(tuple, added(session, Segment, rows, (Segment.key, Segment.id))))
    return [ids[row["key"]] for row in rows]


def _place(session: Session, version: PageVersion, placed: Sequence[tuple[Cut, int]]) -> None:
    """Say where in the page version each segment stands."""
    blocks = dict(session.execute(select(Block.number, Block.id).where(Block.page_version_id == version.id)).all())
    occurrences = [
        {
            "page_version_id": version.id,
            "block_id": blocks[piece.block],
            "position": piece.position,
            "segment_id": segment_id,
            "source": piece.text,
        }
        for piece, segment_id in placed
    ]
    add_missing(session, Occurrence, occurrences)


def _last_order(session: Session, version: PageVersion) -> dict[int, int]:
    """Return the order of the segments in the version before this one."""
    previous = _previous_id(session, version)
    if previous is None:
        return {}
    return {placed.segment_id: placed.number for placed in placed_segments(session, [previous])[previous]}


def _previous_id(session: Session, version: PageVersion) -> int | None:
    return session.scalar(
        select(PageVersion.id).where(PageVersion.page_id == version.page_id, PageVersion.number == version.number - 1)
    )
