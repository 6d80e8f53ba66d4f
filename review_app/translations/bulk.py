"""Keeps texts a batch at a time, in as many statements for a hundred as for one."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from review_app.db import add_missing, added, among, utc_now
from review_app.text.normalise import read_hash
from review_app.translations.origin import Origin
from review_app.translations.tables import Revision, Translation


@dataclass(frozen=True, slots=True)
class Draft:
    """A text that no person wrote, for a segment that may lack one; ``machine_id`` is the output that it is."""

    segment_id: int
    text: str
    source: str
    origin: Origin
    machine_id: int | None = None


class Head(NamedTuple):
    """The newest revision of a translation, as far as a draft has to know it; number 0: there is none yet."""

    translation_id: int
    number: int = 0
    origin: Origin = Origin.MACHINE
    source: str = ""
    draft_id: int | None = None

    def gives_way(self, source: str) -> bool:
        """Say whether a machine's text of this source may be the next revision."""
        return self.number == 0 or gives_way(self.origin, self.source, source)


def gives_way(origin: Origin, written_for: str, source: str) -> bool:
    """A revision gives way to a machine's text when no person stands behind it and it is of an older source."""
    return not origin.read_by_person and written_for != source


_BEGUN = (Translation.segment_id, Translation.id)


def append_drafts(session: Session, language: str, drafts: Iterable[Draft]) -> None:
    """Make each segment's first draft its newest revision, unless a person's text or one of this source is.

    Nor where somebody saves at this moment: the text of whoever comes first stays.
    """
    drafts = list(drafts)
    segments = {draft.segment_id for draft in drafts}
    begun = [{"segment_id": segment, "language": language} for segment in sorted(segments)]
    known = {segment: Head(id_) for segment, id_ in added(session, Translation, begun, _BEGUN)}
    if len(known) < len(segments):
        known |= heads_of(session, segments - known.keys(), language)
    wanted: dict[int, Draft] = {}
    for draft in drafts:
        if known[draft.segment_id].gives_way(draft.source):
            wanted.setdefault(draft.segment_id, draft)
    now = utc_now()
    rows = [
        {
            "translation_id": known[segment].translation_id,
            "number": known[segment].number + 1,
            "origin": draft.origin,
            "text": draft.text,
            "read_hash": read_hash(draft.text),
            "source": draft.source,
            "draft_id": draft.machine_id or known[segment].draft_id,
            "created_at": now,
        }
        for segment, draft in wanted.items()
    ]
    add_missing(session, Revision, rows)


def heads_of(session: Session, segment_ids: Collection[int], language: str) -> dict[int, Head]:
    """Return the newest revision of every translation that segments have in a language, by segment id."""
    last = (
        select(func.max(Revision.number))
        .where(Revision.translation_id == Translation.id)
        .correlate(Translation)
        .scalar_subquery()
    )
    rows = session.execute(
        select(
            Translation.segment_id,
            Translation.id,
            Revision.number,
            Revision.origin,
            Revision.source,
            Revision.draft_id,
        )
        .outerjoin(Revision, (Revision.translation_id == Translation.id) & (Revision.number == last))
        .where(among(Translation.segment_id, segment_ids), Translation.language == language)
    )
    return {
        segment_id: Head(translation_id) if number is None else Head(translation_id, number, origin, source, draft_id)
        for segment_id, translation_id, number, origin, source, draft_id in rows
    }
