"""Where else a phrase stands: in drafts, in texts that people have read, in approved ones. Writes nothing."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session, aliased

from review_app.db import among
from review_app.locale import N_
from review_app.pages.service import newest_version_ids
from review_app.pages.tables import Page, PageVersion
from review_app.quality.service import hidden_revisions
from review_app.review.recurring import containing, longest_word
from review_app.review.submissions import approved_items
from review_app.segments.service import Placed, placed_segments
from review_app.segments.tables import Segment
from review_app.text.phrases import Replacement, Span, places, replaced
from review_app.text.placeholders import plain
from review_app.translations.tables import MachineTranslation, Revision, Translation


class Standing(StrEnum):
    """How far the text with the phrase has come."""

    DRAFT = "draft"
    READ = "read"
    APPROVED = "approved"


STANDING_NAMES: dict[str, str] = {
    Standing.DRAFT: N_("draft, read by nobody"),
    Standing.READ: N_("read by a person"),
    Standing.APPROVED: N_("approved text"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """A text with the phrase; ``spans`` are where, ``after`` is the text with the other one in its place.

    A ``spot_check`` is to be judged as the machine wrote it, and is left alone.
    """

    segment_id: int
    revision: int
    page_id: int
    title: str
    key: str
    number: int
    source: str
    text: str
    spans: tuple[Span, ...]
    after: str
    standing: Standing
    spot_check: bool


def places_of(session: Session, site_id: int, language: str, replacement: Replacement) -> list[Place]:
    """Return the newest texts of a site that have the phrase, page by page."""
    revisions = _with_phrase(session, site_id, language, replacement)
    versions = newest_version_ids(session, list({page_id for page_id, _, _ in revisions}))
    titles = _titles(session, list(versions.values()))
    placed = placed_segments(session, list(versions.values()))
    standing: dict[int, dict[int, Placed]] = {
        page_id: {one.segment_id: one for one in placed[version]} for page_id, version in versions.items()
    }
    approved = approved_items(session, list(versions), language)
    hidden = hidden_revisions(session, [revision.id for _, _, revision in revisions])
    found = [
        _place(
            standing[page_id][segment_id],
            page_id,
            titles[versions[page_id]],
            revision,
            replacement,
            is_approved=approved.get(page_id, {}).get(segment_id) == revision.approved_as,
            is_hidden=revision.id in hidden,
        )
        for page_id, segment_id, revision in revisions
        if segment_id in standing[page_id]
    ]
    return sorted(found, key=lambda place: (place.title, place.page_id, place.number))


@dataclass(frozen=True, slots=True)
class Segmented:
    """A segment by its page and its original, without markup."""

    page_id: int
    title: str
    key: str
    source: str


def named_segments(session: Session, site_id: int, segment_ids: Collection[int]) -> list[Segmented]:
    """Return what segments of a site are called, those of others left out."""
    rows = session.execute(
        select(Segment.page_id, Segment.key, Segment.source)
        .join(Page, Segment.page_id == Page.id)
        .where(Page.site_id == site_id, among(Segment.id, segment_ids))
        .order_by(Segment.page_id, Segment.id)
    ).all()
    versions = newest_version_ids(session, list({row.page_id for row in rows}))
    titles = _titles(session, list(versions.values()))
    return [Segmented(row.page_id, titles[versions[row.page_id]], row.key, plain(row.source)) for row in rows]


def _with_phrase(
    session: Session, site_id: int, language: str, replacement: Replacement
) -> list[tuple[int, int, Revision]]:
    """Return (page, segment, newest revision) where the phrase stands; the database looks for its longest word."""
    later = aliased(Revision)
    rows = session.execute(
        select(Segment.page_id, Segment.id, Revision)
        .join(Translation, Revision.translation_id == Translation.id)
        .join(Segment, Translation.segment_id == Segment.id)
        .join(Page, Segment.page_id == Page.id)
        .outerjoin(MachineTranslation, Revision.draft_id == MachineTranslation.id)
        .where(
            Page.site_id == site_id,
            Translation.language == language,
            containing(Revision.text, longest_word(replacement.key[0])),
            ~exists().where(later.translation_id == Revision.translation_id, later.number > Revision.number),
            # a word-for-word gloss is nobody's text: no phrase of it is put right
            or_(MachineTranslation.id.is_(None), MachineTranslation.publishable),
        )
    )
    return [(page, segment, revision) for page, segment, revision in rows if places(revision.text, replacement)]


def _titles(session: Session, version_ids: Collection[int]) -> dict[int, str]:
    rows = session.execute(select(PageVersion.id, PageVersion.title).where(among(PageVersion.id, version_ids)))
    return dict(rows.all())


def _place(
    placed: Placed,
    page_id: int,
    title: str,
    revision: Revision,
    replacement: Replacement,
    *,
    is_approved: bool,
    is_hidden: bool,
) -> Place:
    read = revision.origin.read_by_person and revision.source == placed.source
    return Place(
        segment_id=placed.segment_id,
        revision=revision.number,
        page_id=page_id,
        title=title,
        key=placed.key,
        number=placed.number,
        source=placed.source,
        text=revision.text,
        spans=tuple(places(revision.text, replacement)),
        after=replaced(revision.text, replacement),
        standing=Standing.APPROVED if is_approved else Standing.READ if read else Standing.DRAFT,
        spot_check=is_hidden,
    )
