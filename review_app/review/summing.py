"""What a page's lines add up to in a language, worked out by the database: of however long a page, one row."""

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Row, Select, String, and_, case, cast, func, or_, select
from sqlalchemy.orm import Session

from review_app.pages.service import PageView
from review_app.quality.triage import LEVELS, expected_gain
from review_app.review.heads import Sums
from review_app.review.lines import LINES, SEVERITIES, SHOWS, STALE, WORTH
from review_app.review.listing import Listed, given_to_step, stepping
from review_app.segments.numbered import OWN
from review_app.text.normalise import source_hash


class Counted(NamedTuple):
    """What the bench tells of a page beside its head.

    ``shows`` counts the lines of each way to narrow the list, ``ended`` the approved ones whose newest text is another;
    ``unrated`` says that there are machine texts, and no risk is known of any.
    """

    sums: Sums
    shows: Mapping[str, int]
    ended: int
    unrated: bool


def _total(numbers: Any) -> Any:
    """Return the sum of whole numbers; PostgreSQL would make a decimal number of that of large ones."""
    return cast(func.coalesce(func.sum(numbers), 0), BigInteger)


def _count(condition: Any) -> Any:
    return _total(case((condition, 1), else_=0))


_HIGH = next(least for least, name in LEVELS if name == "high")
_RISKY = or_(LINES.c.flags > 0, LINES.c.risk >= _HIGH)
_DRAFT = and_(LINES.c.translated == 1, LINES.c.by_person == 0, LINES.c.spot == 0)
_IDLE = or_(LINES.c.spot == 1, LINES.c.translated == 0, and_(LINES.c.read == 1, LINES.c.flags == 0))
_UNREAD_WORDS = case((LINES.c.read == 0, LINES.c.words), else_=0)

_SUMS = select(
    func.count().label("segments"),
    *(_total(LINES.c[name]).label(name) for name in ("translated", "read", "approved", "spot")),
    *(_total(LINES.c[severity]).label(severity) for severity in SEVERITIES),
    _count(STALE).label("stale"),
    _total(_UNREAD_WORDS).label("words"),
    _count(_RISKY).label("risky"),
    func.coalesce(func.sum(case((_IDLE, 0.0), else_=WORTH)), 0.0).label("gain"),
    func.max(LINES.c.created_at).label("changed_at"),
    _count(and_(LINES.c.was_approved == 1, LINES.c.approved == 0)).label("ended"),
    _count(_DRAFT).label("drafts"),
    _count(and_(_DRAFT, LINES.c.risk.is_not(None))).label("rated"),
    *(_count(shown).label(f"show_{name}") for name, shown in SHOWS.items()),
).select_from(LINES)

_COVER = func.coalesce(case((LINES.c.fresh == 1, cast(LINES.c.approved_as, String))), LINES.c.source_hash, "?")
_ORDERED = (
    select((cast(LINES.c.segment_id, String) + ":" + _COVER + "\n").label("cover")).order_by(LINES.c.number).subquery()
)
_COVERS = select(func.aggregate_strings(_ORDERED.c.cover, ""))
_UNHASHED = select(OWN.c.segment_id, OWN.c.source).where(OWN.c.source_hash.is_(None))


def counted(session: Session, page: PageView, given: Mapping[str, Any], *, hashed: bool) -> Counted:
    """Add up the lines of a page, with the hash of what they cover if it is asked for."""
    return _counted(session, page, given, session.execute(_SUMS, given).one(), hashed=hashed)


def counted_after(
    session: Session, page: PageView, given: Mapping[str, Any], listed: Listed, key: str | None, *, hashed: bool
) -> tuple[Counted, str | None]:
    """Add up a page after a save, and find the key of the line after this one that waits for a person.

    Asked at once, since both go through all lines.
    """
    row = session.execute(_summing_after(listed.show, bool(listed.search)), given_to_step(session, given, listed, key))
    found = row.one()
    return _counted(session, page, given, found, hashed=hashed), found.following


@lru_cache(maxsize=16)
def _summing_after(show: str, searches: bool) -> Select[Any]:
    step = stepping(show, searches, "waits", back=False)
    return _SUMS.add_columns(step.with_only_columns(step.selected_columns.key).scalar_subquery().label("following"))


def _counted(session: Session, page: PageView, given: Mapping[str, Any], row: Row[Any], *, hashed: bool) -> Counted:
    sums = Sums(
        segments=row.segments,
        translated=row.translated,
        read=row.read,
        stale=row.stale,
        approved=row.approved,
        words=row.words,
        flagged=row.show_flagged,
        open_flags={severity: found for severity in SEVERITIES if (found := getattr(row, severity))},
        risky=row.risky,
        spot_checks=row.spot,
        gain=expected_gain(row.gain, page.visits, page.content_class),
        changed_at=row.changed_at,
        content_hash=_content_hash(session, given) if hashed else None,
    )
    shows = {show: getattr(row, f"show_{show}") for show in SHOWS}
    return Counted(sums, shows, row.ended, unrated=row.drafts > 0 and row.rated == 0)


def _content_hash(session: Session, given: Mapping[str, Any]) -> str:
    """Return what ``heads.content_hash`` makes of the same texts."""
    covers = session.scalar(_COVERS, given) or ""
    if ":?\n" in covers:  # a source that reads otherwise in another version of the page
        for segment_id, source in session.execute(_UNHASHED, given):
            covers = covers.replace(f"{segment_id}:?\n", f"{segment_id}:{source_hash(source)}\n")
    return hashlib.sha256(covers.encode()).hexdigest()
