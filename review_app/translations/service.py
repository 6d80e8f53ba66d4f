"""Use cases of translations: what lacks a machine translation, keep one, and write revisions."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from review_app.db import added, among, among_given, hold, utc_now
from review_app.errors import Conflict
from review_app.locale import N_
from review_app.segments.service import Placed
from review_app.segments.tables import Segment
from review_app.text.normalise import read_hash, source_hash
from review_app.translations.bulk import Draft, append_drafts, gives_way
from review_app.translations.origin import Origin
from review_app.translations.tables import MachineTranslation, Revision, Translation

_Identity = tuple[int, str, str, str]
"""Segment, engine, version and hash of the source: what makes two answers the same one."""

_ANSWER = (
    MachineTranslation.segment_id,
    MachineTranslation.engine,
    MachineTranslation.version,
    MachineTranslation.source_hash,
    MachineTranslation.id,
    MachineTranslation.text,
)


@dataclass(frozen=True, slots=True)
class EngineOutput:
    """One engine's answer for one segment: a text, or why there is none."""

    segment_id: int
    source: str
    engine: str
    version: str
    made_on: date
    text: str | None
    rejection: str | None
    publishable: bool = True


@dataclass(frozen=True, slots=True)
class NewRevision:
    """A text somebody stands behind, and the revision number it was based on (0 for none).

    ``carried_from_id``: the revision whose approval it keeps, because the source's meaning has not changed.
    """

    segment_id: int
    language: str
    text: str
    source: str
    based_on: int
    origin: Origin
    author_id: int | None = None
    accepted: bool = False
    created_at: datetime | None = None
    carried_from_id: int | None = None


def lacking(
    session: Session, placed: Iterable[Placed], language: str, engine: str | None, since: datetime | None = None
) -> list[Placed]:
    """Return the segments whose present source this engine has not been asked to translate into this language.

    Without an engine, those that no engine has a text for. What was answered wrongly before ``since`` is asked again.
    """
    placed = list(placed)
    has_text = MachineTranslation.text.is_not(None)
    meant = has_text if engine is None else MachineTranslation.engine == engine
    if engine is not None and since is not None:
        meant &= has_text | (MachineTranslation.answered_at >= since)
    asked = set(
        session.execute(
            select(MachineTranslation.segment_id, MachineTranslation.source_hash).where(
                among(MachineTranslation.segment_id, [segment.segment_id for segment in placed]),
                MachineTranslation.language == language,
                meant,
            )
        )
    )
    return [segment for segment in placed if (segment.segment_id, segment.source_hash) not in asked]


def keep_outputs(session: Session, language: str, outputs: Iterable[EngineOutput], *, drafts: bool) -> int:
    """Keep an engine's answers beside the corrections, each once; returns how many were new.

    An answer that was rejected earlier gives way to what the engine says now.
    ``drafts``: a text becomes the newest revision where no person has written one, so that it can be flagged,
    corrected and accepted. What a person wrote is never overtaken by a machine.
    """
    outputs = list(outputs)
    segments = {output.segment_id for output in outputs}
    hold(session, Segment.id, segments)
    _forget_rejected(session, language, outputs)
    new = _by_identity(added(session, MachineTranslation, [_row_of(language, one) for one in outputs], _ANSWER))
    if drafts and outputs:
        known = {_identity(output) for output in outputs} <= new.keys()
        kept = new if known else _kept(session, segments, language)
        found = [(output, *kept[_identity(output)]) for output in outputs]
        texts = [
            Draft(output.segment_id, text, output.source, Origin.MACHINE, id_)
            for output, id_, text in found
            if text is not None
        ]
        append_drafts(session, language, texts)
    return len(new)


def add_revision(session: Session, new: NewRevision) -> Revision:
    """Write a revision; raises ``Conflict`` when somebody saved since the one it was based on."""
    return append_revision(session, new, held_head(session, new.segment_id, new.language))


def held_head(session: Session, segment_id: int, language: str) -> Revision | None:
    """Return a segment's newest revision; nobody else writes one until the transaction ends."""
    hold(session, Segment.id, [segment_id])
    return newest_revision(session, segment_id, language)


def newest_revision(session: Session, segment_id: int, language: str) -> Revision | None:
    """Return a segment's newest revision."""
    return session.scalar(_NEWEST, {"segment_id": segment_id, "language": language})


def append_revision(session: Session, new: NewRevision, head: Revision | None) -> Revision:
    """Write a revision after the newest one, ``head``; raises ``Conflict`` when that is not what it was based on."""
    if (head.number if head else 0) != new.based_on:
        raise _conflict()
    try:  # another process may have committed the same number, or the first of all, since we looked
        revision = Revision(
            translation_id=head.translation_id if head else _translation_id(session, new.segment_id, new.language),
            number=new.based_on + 1,
            origin=new.origin,
            text=new.text,
            read_hash=read_hash(new.text),
            source=new.source,
            accepted=new.accepted,
            draft_id=head.draft_id if head else None,
            author_id=new.author_id,
            created_at=new.created_at or utc_now(),
            carried_from_id=new.carried_from_id,
        )
        session.add(revision)
        session.flush()
    except IntegrityError as error:
        raise _conflict() from error
    return revision


def newest_revisions(session: Session, segment_ids: Collection[int], language: str) -> dict[int, Revision]:
    """Return the newest revision of each segment that has one, by segment id."""
    newest = (
        select(Translation.segment_id, Revision.translation_id, func.max(Revision.number).label("number"))
        .join(Revision, Revision.translation_id == Translation.id)
        .where(among(Translation.segment_id, segment_ids), Translation.language == language)
        .group_by(Translation.segment_id, Revision.translation_id)
        .subquery()
    )
    rows = session.execute(
        select(newest.c.segment_id, Revision).join(
            Revision,
            (Revision.translation_id == newest.c.translation_id) & (Revision.number == newest.c.number),
        )
    )
    return dict(rows.all())


def machine_translations(
    session: Session, segment_ids: Collection[int], language: str
) -> dict[int, list[MachineTranslation]]:
    """Return every engine's outputs by segment id, oldest first."""
    found: dict[int, list[MachineTranslation]] = {}
    for row in session.scalars(_OUTPUTS, {"segment_ids": list(segment_ids), "language": language}):
        found.setdefault(row.segment_id, []).append(row)
    return found


_OUTPUTS = (
    select(MachineTranslation)
    .where(among_given(MachineTranslation.segment_id, "segment_ids"))
    .where(MachineTranslation.language == bindparam("language"))
    .order_by(MachineTranslation.id)
)


def history_by_key(session: Session, page_id: int, key: str, language: str) -> list[Revision]:
    """Return the revisions of a page's segment with this key, newest first."""
    return list(session.scalars(_HISTORY_BY_KEY, {"page_id": page_id, "key": key, "language": language}))


def history(session: Session, segment_id: int, language: str) -> list[Revision]:
    """Return a segment's revisions, newest first."""
    return list(session.scalars(_HISTORY, {"segment_id": segment_id, "language": language}))


_HISTORY = (
    select(Revision)
    .join(Translation, Revision.translation_id == Translation.id)
    .where(Translation.segment_id == bindparam("segment_id"), Translation.language == bindparam("language"))
    .order_by(Revision.number.desc())
)
_NEWEST = _HISTORY.limit(1)
_HISTORY_BY_KEY = (
    select(Revision)
    .join(Translation, Revision.translation_id == Translation.id)
    .join(Segment, Translation.segment_id == Segment.id)
    .where(Segment.page_id == bindparam("page_id"), Segment.key == bindparam("key"))
    .where(Translation.language == bindparam("language"))
    .order_by(Revision.number.desc())
)


def _conflict() -> Conflict:
    return Conflict(N_("Somebody saved this sentence while you were writing. Both texts are shown; choose one."))


def _kept(session: Session, segment_ids: Collection[int], language: str) -> dict[_Identity, tuple[int, str | None]]:
    """Return the ids and texts of what engines have answered, by what makes an answer the same one."""
    kept = select(*_ANSWER).where(
        among(MachineTranslation.segment_id, segment_ids), MachineTranslation.language == language
    )
    return _by_identity(session.execute(kept).all())


def _by_identity(rows: Iterable[Row[*tuple[Any, ...]]]) -> dict[_Identity, tuple[int, str | None]]:
    """Return the id and text of each answer, given ``_ANSWER`` of it."""
    return {(segment, engine, version, digest): (id_, text) for segment, engine, version, digest, id_, text in rows}


def _forget_rejected(session: Session, language: str, outputs: Iterable[EngineOutput]) -> None:
    """Delete the rejected answers in whose place these come."""
    asked: dict[tuple[str, str], list[EngineOutput]] = {}
    for output in outputs:
        asked.setdefault((output.engine, output.version), []).append(output)
    for (engine, version), of_engine in asked.items():
        rejected = delete(MachineTranslation).where(
            among(MachineTranslation.segment_id, {output.segment_id for output in of_engine}),
            MachineTranslation.language == language,
            MachineTranslation.engine == engine,
            MachineTranslation.version == version,
            among(MachineTranslation.source_hash, {source_hash(output.source) for output in of_engine}),
            MachineTranslation.text.is_(None),
        )
        session.execute(rejected, execution_options={"synchronize_session": False})


def _identity(output: EngineOutput) -> _Identity:
    return output.segment_id, output.engine, output.version, source_hash(output.source)


def _row_of(language: str, output: EngineOutput) -> dict[str, Any]:
    return {
        "segment_id": output.segment_id,
        "language": language,
        "engine": output.engine,
        "version": output.version,
        "made_on": output.made_on,
        "source_hash": source_hash(output.source),
        "text": output.text,
        "rejection": output.rejection,
        "publishable": output.publishable,
        "answered_at": utc_now() if output.text is None else None,
    }


def may_draft(head: Revision | None, source: str) -> bool:
    """A machine text is the draft where there is none, or where the machine's own draft is of an older source."""
    return head is None or gives_way(head.origin, head.source, source)


def _translation_id(session: Session, segment_id: int, language: str) -> int:
    found = session.scalar(
        select(Translation.id).where(Translation.segment_id == segment_id, Translation.language == language)
    )
    if found is not None:
        return found
    translation = Translation(segment_id=segment_id, language=language)
    session.add(translation)
    session.flush()
    return translation.id
