"""What the log's subjects are about: the page, the language and the sentence behind an id."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.db import among
from review_app.pages.service import pages_of
from review_app.publishing.tables import Publication
from review_app.review.tables import Submission
from review_app.segments.tables import Segment
from review_app.translations.tables import Revision, Translation


@dataclass(frozen=True, slots=True)
class About:
    """A page of the site, by its title; the language and the key of the sentence where the subject says them."""

    page_id: int
    title: str
    language: str | None = None
    key: str | None = None


def about(session: Session, site_id: int, subjects: Iterable[str]) -> dict[str, About]:
    """Return what subjects of the log are about, by subject; those of no page of the site are left out."""
    ids: defaultdict[str, set[int]] = defaultdict(set)
    languages: dict[str, str] = {}
    for subject in subjects:
        kind, number, *rest = [*subject.split(":"), ""]
        if number.isdecimal():
            ids[kind].add(int(number))
            languages[subject] = rest[0]
    found = {
        **{f"page:{page_id}": (page_id, None, None) for page_id in ids["page"]},
        **_rows(session, "submission", Submission, ids),
        **_rows(session, "publication", Publication, ids),
        **_revisions(session, ids["revision"]),
    }
    segments = _segments(session, ids["segment"])
    for subject, language in languages.items():
        if subject.startswith("segment:") and (place := segments.get(int(subject.split(":")[1]))):
            found[subject] = (place[0], language or None, place[1])
    titles = {page.id: page.title for page in pages_of(session, site_id)}
    return {
        subject: About(page_id, titles[page_id], language, key)
        for subject, (page_id, language, key) in found.items()
        if page_id in titles
    }


Place = tuple[int, str | None, str | None]


def _rows(
    session: Session,
    kind: str,
    table: type[Submission] | type[Publication],
    ids: Mapping[str, set[int]],
) -> dict[str, Place]:
    rows = session.execute(select(table.id, table.page_id, table.language).where(among(table.id, ids[kind])))
    return {f"{kind}:{row_id}": (page_id, language, None) for row_id, page_id, language in rows}


def _segments(session: Session, ids: set[int]) -> dict[int, tuple[int, str]]:
    rows = session.execute(select(Segment.id, Segment.page_id, Segment.key).where(among(Segment.id, ids)))
    return {segment_id: (page_id, key) for segment_id, page_id, key in rows}


def _revisions(session: Session, ids: set[int]) -> dict[str, Place]:
    rows = session.execute(
        select(Revision.id, Segment.page_id, Translation.language, Segment.key)
        .join(Translation, Revision.translation_id == Translation.id)
        .join(Segment, Translation.segment_id == Segment.id)
        .where(among(Revision.id, ids))
    )
    return {f"revision:{revision}": (page_id, language, key) for revision, page_id, language, key in rows}
