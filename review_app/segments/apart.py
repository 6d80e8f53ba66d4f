"""Places of a text that are set apart on their page: which segments they have, kept through later versions."""

import secrets
from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from review_app.db import utc_now
from review_app.segments.cutting import Cut
from review_app.segments.own_places import OwnPlace, around, found_again
from review_app.segments.tables import Segment, SetApart
from review_app.text.normalise import source_hash


def apart(session: Session, page_id: int, cuts: Sequence[Cut]) -> dict[Cut, int]:
    """Return the segments of those of a page's sentences that are set apart; what stands around them is noted anew."""
    rows = {row.id: row for row in session.scalars(_active(page_id))}
    if not rows:
        return {}
    texts = [cut.text for cut in cuts]
    found = found_again([_place(row) for row in rows.values()], texts)
    for at, place in found.items():
        row = rows[place.id]
        row.before, row.after, row.nth = around(texts, at)
    session.flush()
    return {cuts[at]: place.segment_id for at, place in found.items()}


def set_apart(session: Session, page_id: int, texts: Sequence[str], at: int, person_id: int | None) -> SetApart:
    """Give one of a page's texts a segment of its own."""
    text = texts[at]
    segment = Segment(page_id=page_id, key=secrets.token_hex(6), source=text, source_hash=source_hash(text))
    session.add(segment)
    session.flush()
    before, after, nth = around(texts, at)
    row = SetApart(
        page_id=page_id, segment_id=segment.id, text=text, before=before, after=after, nth=nth, person_id=person_id
    )
    session.add(row)
    session.flush()
    return row


def put_back(session: Session, segment_id: int) -> bool:
    """Let a place have the translation that its text has elsewhere on the page; returns whether it was set apart."""
    row = session.scalar(select(SetApart).where(SetApart.segment_id == segment_id, SetApart.ended_at.is_(None)))
    if row is None:
        return False
    row.ended_at = utc_now()
    session.flush()
    return True


def apart_segments(session: Session, page_id: int) -> set[int]:
    """Return the segments of a page's places that are set apart."""
    return {row.segment_id for row in session.scalars(_active(page_id))}


def is_apart(session: Session, segment_id: int) -> bool:
    """Say whether a segment is that of a place set apart."""
    rows = select(SetApart.id).where(SetApart.segment_id == segment_id, SetApart.ended_at.is_(None))
    return session.scalar(rows) is not None


def follow(session: Session, page_id: int, old: str, new: str) -> None:
    """Let places set apart follow their text, which has changed on the page."""
    for row in session.scalars(_active(page_id)):
        row.before = new if row.before == old else row.before
        row.after = new if row.after == old else row.after
        if row.text == old:
            row.text = new
            segment = session.get_one(Segment, row.segment_id)
            segment.source, segment.source_hash = new, source_hash(new)


def _active(page_id: int) -> Select[SetApart]:
    return select(SetApart).where(SetApart.page_id == page_id, SetApart.ended_at.is_(None)).order_by(SetApart.id)


def _place(row: SetApart) -> OwnPlace:
    return OwnPlace(row.id, row.segment_id, row.text, row.before, row.after, row.nth)
