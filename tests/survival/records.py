"""What the database holds of a page, counted, to be compared with what was acknowledged."""

from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from review_app.accounts.tables import AuditEntry
from review_app.checks.tables import CheckRun
from review_app.jobs.tables import Job
from review_app.pages.service import get_page
from review_app.pages.tables import Page, PageVersion
from review_app.publishing.tables import Publication
from review_app.review.tables import Decision, Submission
from review_app.segments.service import placed_segments
from review_app.segments.tables import Segment
from review_app.translations.origin import Origin
from review_app.translations.service import newest_revisions
from review_app.translations.tables import MachineTranslation, Revision, Translation


class Open(NamedTuple):
    """A sentence as a person finds it: its key, and the number of its newest revision."""

    key: str
    newest: int


@dataclass(frozen=True, slots=True)
class PageRecords:
    """How often each thing is there.

    By source: segments, machine translations, drafts, revisions; by text: what people wrote. ``unchecked``: how many
    of the newest revisions no check has seen.
    """

    pages: int
    versions: int
    sources: Counter[str]
    machine: Counter[str]
    drafts: Counter[str]
    revisions: Counter[str]
    people: Counter[str]
    numbers: list[list[int]]
    unchecked: int
    submissions: int
    decisions: int
    publications: int
    live: int
    edits: int
    approvals: int


def page_id_of(session: Session, site_id: int, path: str) -> int:
    """Return the id of a page that was taken in."""
    return session.scalars(select(Page.id).where(Page.site_id == site_id, Page.path == path)).one()


def segments_of(session: Session, page_id: int) -> dict[str, Open]:
    """Return a page's sentences by source."""
    version = get_page(session, page_id).version_id
    placed = placed_segments(session, [version])[version]
    heads = newest_revisions(session, [segment.segment_id for segment in placed], "en")
    return {
        segment.source: Open(segment.key, heads[segment.segment_id].number if segment.segment_id in heads else 0)
        for segment in placed
    }


def jobs_of(session: Session, site_id: int, page_id: int | None) -> list[Job]:
    """Return the jobs of a site, or of one page of it."""
    jobs = session.scalars(select(Job).where(Job.site_id == site_id))
    return [job for job in jobs if page_id is None or job.payload.get("page_id") == page_id]


def page_records(session: Session, site_id: int, path: str) -> PageRecords:
    """Count what there is of a page."""
    pages = list(session.scalars(select(Page.id).where(Page.site_id == site_id, Page.path == path)))
    segments = dict(session.execute(select(Segment.id, Segment.source).where(Segment.page_id.in_(pages))).all())
    revisions = session.execute(
        select(Translation.segment_id, Revision)
        .join(Revision, Revision.translation_id == Translation.id)
        .where(Translation.segment_id.in_(segments))
    ).all()
    submissions = list(session.scalars(select(Submission.id).where(Submission.page_id.in_(pages))))
    publications = list(session.scalars(select(Publication).where(Publication.page_id.in_(pages))))
    numbers: dict[int, list[int]] = {}
    for segment, revision in revisions:
        numbers.setdefault(segment, []).append(revision.number)
    newest = [revision.id for revision in newest_revisions(session, list(segments), "en").values()]
    return PageRecords(
        pages=len(pages),
        versions=_count(session, select(PageVersion.id).where(PageVersion.page_id.in_(pages))),
        sources=Counter(segments.values()),
        machine=Counter(
            segments[found]
            for found in session.scalars(
                select(MachineTranslation.segment_id).where(MachineTranslation.segment_id.in_(segments))
            )
        ),
        drafts=Counter(segments[segment] for segment, found in revisions if found.origin is Origin.MACHINE),
        revisions=Counter(segments[segment] for segment, _ in revisions),
        people=Counter(found.text for _, found in revisions if found.origin is Origin.HUMAN),
        numbers=[sorted(found) for found in numbers.values()],
        unchecked=len(newest) - _count(session, select(CheckRun.revision_id).where(CheckRun.revision_id.in_(newest))),
        submissions=len(submissions),
        decisions=_count(session, select(Decision.id).where(Decision.submission_id.in_(submissions))),
        publications=len(publications),
        live=sum(publication.ended_at is None for publication in publications),
        edits=_told(session, "segment.edit", [f"segment:{one}:en" for one in segments]),
        approvals=_told(session, "page.approve", [f"submission:{one}" for one in submissions]),
    )


def _told(session: Session, action: str, subjects: list[str]) -> int:
    """Return how many rows of the audit log tell of an action."""
    return _count(session, select(AuditEntry.id).where(AuditEntry.action == action, AuditEntry.subject.in_(subjects)))


def _count(session: Session, found: Select[tuple[int]]) -> int:
    return session.scalar(select(func.count()).select_from(found.subquery())) or 0
