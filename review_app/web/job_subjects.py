"""What jobs are about, as people call it, and where their results are seen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask import url_for

from review_app.jobs.service import JobView
from review_app.pages.service import PageView, pages_by_id
from review_app.quality import due
from review_app.reports.ordered import MAKE
from review_app.sites.service import SiteView
from review_app.web.context import db
from review_app.web.navigation import address_of


@dataclass(frozen=True, slots=True)
class Subject:
    """What a job is about and where its result is seen; ``language`` of a translation, ``again`` to try anew.

    ``result``: the address of a file that the job makes.
    """

    title: str
    address: str
    language: str | None = None
    again: str | None = None
    result: str | None = None


def subjects_of(site: SiteView | None, jobs: Iterable[JobView]) -> dict[str, Subject]:
    """Return what jobs of a site, or of none, are about, by their ids."""
    known = {job.id: job for job in jobs}
    page_ids = {int(job.payload["page_id"]) for job in known.values() if job.payload.get("page_id") is not None}
    pages = {page.id: page for page in pages_by_id(db(), page_ids)}
    return {job_id: _subject(site, job, pages) for job_id, job in known.items()}


def _subject(site: SiteView | None, job: JobView, pages: Mapping[int, PageView]) -> Subject:
    if site is None:
        return Subject("", url_for("start.home"))
    matrix, language = url_for("pages.matrix", site=site.slug), job.payload.get("language")
    page = pages.get(int(job.payload["page_id"])) if job.payload.get("page_id") is not None else None
    if page is not None:
        bench = address_of("review.bench", site=site.slug, page_id=page.id, language=language)
        return Subject(page.title, bench or matrix, language)
    if job.name in {due.ASSESS, due.TRAIN}:
        return Subject(site.name, url_for("quality.overview", site=site.slug, language=language), language)
    if job.name == MAKE:
        report = url_for("reports.overview", site=site.slug, **job.payload["filter"])
        return Subject(site.name, report, result=url_for("reports.made", site=site.slug, job_id=job.id))
    if "crawl_id" in job.payload:
        return Subject(site.name, url_for("crawls.show", crawl_id=job.payload["crawl_id"]))
    again = url_for("pages.take_in", site=site.slug) if job.name == "import_url" else None
    return Subject(str(job.payload.get("url") or site.name), matrix, language, again)
