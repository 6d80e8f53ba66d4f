"""Brings together what a site's pages share without losing a correction."""

from collections.abc import Collection, Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from review_app.accounts.permissions import Actor
from review_app.db import among
from review_app.segments.shared import regroup
from review_app.translations.origin import Origin
from review_app.translations.service import NewRevision, add_revision, newest_revisions
from review_app.translations.tables import Revision, Translation

_OF_PEOPLE = [origin for origin in Origin if origin.read_by_person]


def share_parts(session: Session, actor: Actor, site_id: int) -> int:
    """Find what the site's pages share and keep it once; returns how many segments gave way to a shared one.

    Where only the one that gave way was corrected, its text goes on as the shared one's.
    """
    gave_way = regroup(session, actor, site_id, lambda ids: _texts_of_people(session, ids))
    languages = session.scalars(
        select(Translation.language)
        .where(among(Translation.segment_id, gave_way))
        .distinct()
        .order_by(Translation.language)
    )
    for language in languages.all():
        _take_over(session, gave_way, language)
    return len(gave_way)


def _texts_of_people(session: Session, segment_ids: Collection[int]) -> dict[int, int]:
    """Return how many texts of people each segment has."""
    rows = session.execute(
        select(Translation.segment_id, func.count())
        .join(Revision, Revision.translation_id == Translation.id)
        .where(among(Translation.segment_id, segment_ids), Revision.origin.in_(_OF_PEOPLE))
        .group_by(Translation.segment_id)
    )
    return dict(rows.all())


def _take_over(session: Session, gave_way: Mapping[int, int], language: str) -> None:
    heads = newest_revisions(session, {*gave_way, *gave_way.values()}, language)
    for old, kept in gave_way.items():
        text, head = heads.get(old), heads.get(kept)
        if text is None or not text.origin.read_by_person or (head is not None and head.origin.read_by_person):
            continue
        heads[kept] = add_revision(
            session,
            NewRevision(
                segment_id=kept,
                language=language,
                text=text.text,
                source=text.source,
                based_on=head.number if head else 0,
                origin=text.origin,
                author_id=text.author_id,
                accepted=text.accepted,
                created_at=text.created_at,
            ),
        )
