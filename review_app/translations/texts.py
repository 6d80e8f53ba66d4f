"""Reads the newest texts of segments as plain rows: a page has hundreds, and objects of the session take longer."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple, TypeAlias

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from review_app.db import among_given
from review_app.translations.origin import Origin
from review_app.translations.tables import Revision, Translation


class NewestText(NamedTuple):
    """A revision as it is read."""

    id: int
    translation_id: int
    number: int
    origin: Origin
    text: str
    source: str
    accepted: bool
    draft_id: int | None
    carried_from_id: int | None
    author_id: int | None
    created_at: datetime

    @property
    def approved_as(self) -> int:
        """The revision an approval of this text names: itself, or the one whose meaning it has kept."""
        return self.carried_from_id or self.id


WrittenText: TypeAlias = Revision | NewestText
"""What is known of a revision: a row of the session's, or a plain one."""


def newest_texts(session: Session, segment_ids: Collection[int], language: str) -> dict[int, WrittenText]:
    """Return the newest revision of each segment that has one, by segment id; it is as the database has it now."""
    given = {"segment_ids": list(segment_ids), "language": language}
    return {row[0]: NewestText._make(row[1:]) for row in session.execute(_NEWEST, given)}


_NUMBERS = (
    select(Translation.segment_id, Revision.translation_id, func.max(Revision.number).label("number"))
    .join(Revision, Revision.translation_id == Translation.id)
    .where(among_given(Translation.segment_id, "segment_ids"), Translation.language == bindparam("language"))
    .group_by(Translation.segment_id, Revision.translation_id)
    .subquery()
)
_NEWEST = select(_NUMBERS.c.segment_id, *(getattr(Revision, name) for name in NewestText._fields)).join(
    Revision, (Revision.translation_id == _NUMBERS.c.translation_id) & (Revision.number == _NUMBERS.c.number)
)
