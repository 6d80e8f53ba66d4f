"""Which texts pass a report's filter: made by which engine, read on which days, and why."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, and_, exists, or_
from sqlalchemy.orm import aliased

from review_app.quality.sampling import Sample
from review_app.quality.tables import Judgement
from review_app.reports.filters import Filter
from review_app.translations.origin import Origin
from review_app.translations.tables import MachineTranslation, Revision

Condition: TypeAlias = ColumnElement[bool]

AnyRevision: TypeAlias = Any
"""``Revision``, or an alias of it."""

READ_BY_PEOPLE = [origin for origin in Origin if origin.read_by_person]


def drafted_by(text: AnyRevision, engine: str | None) -> list[Condition]:
    """Return the condition that a text is an engine's, or was made of it; none of any engine."""
    if engine is None:
        return []
    draft = aliased(MachineTranslation)  # the text's own query may hold drafts, too
    return [exists().where(draft.id == text.draft_id, draft.engine == engine)]


def between(moment: Any, since: date | None, until: date | None) -> list[Condition]:
    """Return the conditions that a moment lies between two days, both included, in UTC as everywhere in the reports."""
    found = [] if since is None else [moment >= _midnight(since)]
    return found if until is None else [*found, moment < _midnight(until + timedelta(days=1))]


def seen_for(text: AnyRevision, sample: Sample | None) -> list[Condition]:
    """Return the condition that a person saw the machine's text for this reason when they left this one of it."""
    if sample is None:
        return []
    judged = aliased(Revision)
    noted = (
        exists()
        .where(Judgement.revision_id == judged.id)
        .where(judged.translation_id == text.translation_id, judged.draft_id == text.draft_id)
    )
    told = noted.where(Judgement.sample == sample)
    if sample is Sample.AUDIT:
        return [told]
    taken_in = text.origin == Origin.IMPORT
    return [or_(told, and_(~noted, taken_in if sample is Sample.ELSEWHERE else ~taken_in))]


def machine_texts(asked: Filter) -> list[Condition]:
    """Return the conditions that the machine's text ``Revision`` passes; days and reason are those of its reader."""
    found = drafted_by(Revision, asked.engine)
    if asked.since is None and asked.until is None and asked.sample is None:
        return found
    reader = aliased(Revision)
    read = exists().where(
        reader.translation_id == Revision.translation_id,
        reader.number > Revision.number,
        reader.draft_id == Revision.draft_id,
        reader.origin.in_(READ_BY_PEOPLE),
        *between(reader.created_at, asked.since, asked.until),
        *seen_for(reader, asked.sample),
    )
    return [*found, read]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(0), UTC)
