"""Revisions as plain rows: pages show them by the hundred, and mapped objects would take longer than the database."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, func, select

from review_app.db import among_given
from review_app.translations.origin import Origin
from review_app.translations.tables import Revision, Translation


class RevisionRow(NamedTuple):
    """One text of a translation, as ``tables.Revision`` has it."""

    id: int
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


COLUMNS = tuple(getattr(Revision, name) for name in RevisionRow._fields)
"""What a row is read from."""

_LAST = (
    select(func.max(Revision.number))
    .where(Revision.translation_id == Translation.id)
    .correlate(Translation)
    .scalar_subquery()
)

NEWEST = (
    select(Translation.segment_id, *COLUMNS)
    .join(Revision, (Revision.translation_id == Translation.id) & (Revision.number == _LAST))
    .where(among_given(Translation.segment_id, "segment_ids"), Translation.language == bindparam("language"))
)
"""Segments with their newest revisions, of ``segment_ids`` in a ``language``."""
