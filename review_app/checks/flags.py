"""Reads flags as plain rows: a page has hundreds of them."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.checks.states import FlagOrigin, FlagState
from review_app.checks.tables import Flag, Span, span
from review_app.db import among_given


class FlagRow(NamedTuple):
    """A flag as it is read; ``values`` go into the message."""

    id: int
    revision_id: int
    origin: FlagOrigin
    name: str
    severity: str
    category: str
    source_start: int | None
    source_end: int | None
    target_start: int | None
    target_end: int | None
    message_id: str
    values: dict[str, Any]
    fix: str | None
    state: FlagState
    decided_by: int | None
    created_at: datetime

    @property
    def source_span(self) -> Span | None:
        """Where in the source it stands, as half-open code-point offsets."""
        return span(self.source_start, self.source_end)

    @property
    def target_span(self) -> Span | None:
        """Where in the translation it stands, as half-open code-point offsets."""
        return span(self.target_start, self.target_end)


def flags_of(session: Session, revision_ids: Collection[int]) -> dict[int, list[FlagRow]]:
    """Return the flags of revisions by revision id, in the order of their making, as the database has them now."""
    found: dict[int, list[FlagRow]] = {}
    for row in session.execute(_FLAGS, {"revision_ids": list(revision_ids)}):
        found.setdefault(row.revision_id, []).append(FlagRow._make(row))
    return found


_FLAGS = (
    select(*(getattr(Flag, name) for name in FlagRow._fields))
    .where(among_given(Flag.revision_id, "revision_ids"))
    .order_by(Flag.id)
)
