"""Where a phrase stands in what the public sees now. Writes nothing."""

from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from review_app.pages.tables import Page
from review_app.publishing.tables import Publication
from review_app.review.recurring import containing, longest_word
from review_app.text.phrases import Replacement, places


@dataclass(frozen=True, slots=True)
class PublicPassages:
    """A published page with the phrase: the sources of the passages that have it."""

    page_id: int
    title: str
    sources: frozenset[str]


def public_passages(session: Session, site_id: int, language: str, replacement: Replacement) -> list[PublicPassages]:
    """Return the published pages that show the phrase, by title; the database looks for its longest word."""
    word = longest_word(replacement.key[0])
    rows = session.scalars(
        select(Publication)
        .join(Page, Publication.page_id == Page.id)
        .where(
            Page.site_id == site_id,
            Publication.language == language,
            Publication.ended_at.is_(None),
            or_(containing(Publication.html, word), containing(Publication.title, word)),
        )
        .order_by(Publication.title, Publication.id)
    )
    found = [
        PublicPassages(
            row.page_id,
            row.title,
            frozenset(one["source"] for one in row.passages if places(one["text"], replacement)),
        )
        for row in rows
    ]
    return [page for page in found if page.sources]
