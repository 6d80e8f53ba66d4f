"""Flags as plain rows: pages show them by the hundred, and mapped objects would take longer than the database."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.checks.states import FlagOrigin, FlagState
from review_app.checks.tables import Flag, Span, span
from review_app.db import among_given


class FlagRow(NamedTuple):
    """A finding on one revision, as ``tables.Flag`` has it."""

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
    decided_at: datetime | None
    created_at: datetime

    @property
    def source_span(self) -> Span | None:
        """Where in the source it stands, as half-open code-point offsets."""
        return span(self.source_start, self.source_end)

    @property
    def target_span(self) -> Span | None:
        """Where in the translation it stands, as half-open code-point offsets."""
        return span(self.target_start, self.target_end)


class OpenFlag(NamedTuple):
    """What lists need of an open flag: without what it says, and to whom that was told."""

    id: int
    name: str
    severity: str
    target_span: Span | None
    fix: str | None


_ROWS = (
    select(*(getattr(Flag, name) for name in FlagRow._fields))
    .where(among_given(Flag.revision_id, "revision_ids"))
    .order_by(Flag.id)
)


def flag_rows(session: Session, revision_ids: Collection[int]) -> dict[int, list[FlagRow]]:
    """Return the flags of revisions by revision id, as ``service.flags_of`` does."""
    found: dict[int, list[FlagRow]] = {}
    for row in map(FlagRow._make, session.execute(_ROWS, {"revision_ids": list(revision_ids)})):
        found.setdefault(row.revision_id, []).append(row)
    return found


_OPEN = (
    select(Flag.revision_id, Flag.id, Flag.name, Flag.severity, Flag.target_start, Flag.target_end, Flag.fix)
    .where(among_given(Flag.revision_id, "revision_ids"), Flag.state == FlagState.OPEN)
    .order_by(Flag.id)
)


def open_flags(session: Session, revision_ids: Collection[int]) -> dict[int, list[OpenFlag]]:
    """Return what lists need of the open flags of revisions, by revision id."""
    found: dict[int, list[OpenFlag]] = {}
    for revision_id, flag_id, name, severity, start, end, fix in session.execute(
        _OPEN, {"revision_ids": list(revision_ids)}
    ):
        found.setdefault(revision_id, []).append(OpenFlag(flag_id, name, severity, span(start, end), fix))
    return found
