"""What is known already: texts that people have written of the same sentence, and what an engine said of it before."""

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from review_app.db import among
from review_app.pages.tables import Page
from review_app.segments.tables import Segment
from review_app.sites.tables import Site
from review_app.translations.origin import Origin
from review_app.translations.tables import MachineTranslation, Revision, Translation

_OF_PEOPLE = [origin for origin in Origin if origin.read_by_person]


def remembered(session: Session, site_id: int, language: str, hashes: Collection[str]) -> dict[str, str]:
    """Return what people of the site wrote last for exactly these sources, by hash of the source."""
    newest = (
        select(Revision.translation_id, func.max(Revision.number).label("number"))
        .join(Translation, Revision.translation_id == Translation.id)
        .join(Segment, Translation.segment_id == Segment.id)
        .where(among(Segment.source_hash, hashes), Translation.language == language)
        .group_by(Revision.translation_id)
        .subquery()
    )
    rows = session.execute(
        select(Segment.source_hash, Revision.text)
        .join(Translation, Translation.segment_id == Segment.id)
        .join(Page, Segment.page_id == Page.id)
        .join(newest, newest.c.translation_id == Translation.id)
        .join(
            Revision,
            (Revision.translation_id == newest.c.translation_id) & (Revision.number == newest.c.number),
        )
        .where(Page.site_id == site_id, Revision.origin.in_(_OF_PEOPLE), Revision.source == Segment.source)
        .order_by(Revision.id)  # of several, the last word wins
    )
    return dict(rows.all())


def cached(
    session: Session, engine: tuple[str, str], source_language: str, language: str, hashes: Collection[str]
) -> dict[str, MachineTranslation]:
    """Return what an engine, ``(name, version)``, has answered for exactly these sources, by hash of the source."""
    name, version = engine
    rows = session.scalars(
        select(MachineTranslation)
        .join(Segment, MachineTranslation.segment_id == Segment.id)
        .join(Page, Segment.page_id == Page.id)
        .join(Site, Page.site_id == Site.id)
        .where(
            among(MachineTranslation.source_hash, hashes),
            MachineTranslation.language == language,
            MachineTranslation.engine == name,
            MachineTranslation.version == version,
            MachineTranslation.text.is_not(None),
            Site.source_language == source_language,
        )
        .order_by(MachineTranslation.id)
    )
    return {row.source_hash: row for row in rows}
