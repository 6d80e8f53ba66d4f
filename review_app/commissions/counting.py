"""Counts a commission's words when it is given, a page at a time; what is counted already is not counted again."""

from dataclasses import replace

from sqlalchemy.orm import Session

from review_app.accounts.permissions import COMMAND_LINE, Actor
from review_app.commissions.bands import Counts, band_of, counted, word_count
from review_app.commissions.service import stored_counts, views
from review_app.commissions.tables import Commission
from review_app.jobs.runner import Running
from review_app.pages.service import PageView, pages_by_id
from review_app.review.remembering import matches
from review_app.segments.service import placed_segments
from review_app.sites.service import SiteView, site_by_id

COUNT = "count_commission"


def count_commission(job: Running) -> None:
    """Count the words of a commission's pages; a job's function."""
    commission_id = int(job.payload["commission_id"])
    with job.reading() as session:
        row = session.get_one(Commission, commission_id)
        (shown,) = views(session, [row])
        site = site_by_id(session, row.site_id)
        pages = pages_by_id(session, shown.page_ids)
    if shown.counts is not None:
        return
    reader = replace(COMMAND_LINE, loan=shown.loan)  # by what its holder is going to see of the memory
    seen: set[str] = set()
    counts: dict[int, Counts] = {}
    for done, page in enumerate(pages):
        job.progress(done, len(pages))
        with job.reading() as session:
            counts[page.id] = _count(session, reader, site, page, shown.language, seen)
    with job.writing() as session:
        session.get_one(Commission, commission_id).counts = stored_counts(counts)
    job.progress(len(pages), len(pages))


def _count(session: Session, reader: Actor, site: SiteView, page: PageView, language: str, seen: set[str]) -> Counts:
    """Count a page's sentences; ``seen`` are those that stood in earlier pages, and takes these in."""
    sentences = []
    for placed in placed_segments(session, [page.version_id])[page.version_id]:
        repeated = placed.source_hash in seen
        seen.add(placed.source_hash)
        found = () if repeated else matches(session, reader, site, language, placed.source)
        best = max((pair.percent for pair in found), default=None)
        sentences.append((band_of(best, repeated=repeated), word_count(placed.source)))
    return counted(sentences)
