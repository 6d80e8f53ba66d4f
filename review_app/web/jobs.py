"""Pages of jobs: how far one has come. The fragment asks for itself every second and stops when the job is over."""

from dataclasses import dataclass

from flask import Blueprint, Response, url_for
from flask_babel import gettext

from review_app.accounts.permissions import Action
from review_app.accounts.service import names_of
from review_app.jobs.service import JobView, cancel, get_job, retry
from review_app.jobs.states import JobState
from review_app.pages.service import get_page
from review_app.quality import due
from review_app.reports.ordered import MAKE
from review_app.sites.service import site_by_id
from review_app.web.context import actor, db, open_site, send_after_commit
from review_app.web.htmx import fragment_or_page, go, wants_fragment
from review_app.web.navigation import address_of

blueprint = Blueprint("jobs", __name__)


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


@blueprint.get("/jobs/<job_id>")
def show(job_id: str) -> Response:
    """Show a job's progress; a job that failed is a page of status 422 that says why."""
    job = get_job(db(), actor(), job_id)
    failed = job.state is JobState.FAILED
    error = gettext(job.error).format(**job.error_values) if job.error else None
    return fragment_or_page(
        "jobs/_job.html",
        "jobs/show.html",
        422 if failed and not wants_fragment() else 200,
        job=job,
        error=error,
        subject=_subject(job),
        may_change=job.asked_by == actor().person_id or actor().may(Action.ADMINISTER, job.site_id or 0),
        asked_by=names_of(db(), {job.asked_by}).get(job.asked_by, "") if job.asked_by else "",
    )


@blueprint.post("/jobs/<job_id>/cancel")
def call_off(job_id: str) -> Response:
    """Call a job off."""
    cancel(db(), actor(), job_id)
    return go(url_for("jobs.show", job_id=job_id))


@blueprint.post("/jobs/<job_id>/retry")
def again(job_id: str) -> Response:
    """Ask for a job that stopped again."""
    new = retry(db(), actor(), job_id)
    send_after_commit(new)
    return go(url_for("jobs.show", job_id=new))


def _subject(job: JobView) -> Subject:
    site = open_site(site_by_id(db(), job.site_id).slug) if job.site_id is not None else None
    pages = url_for("pages.matrix", site=site.slug) if site else url_for("start.home")
    page_id, language = job.payload.get("page_id"), job.payload.get("language")
    if job.name in {due.ASSESS, due.TRAIN} and site:
        return Subject(site.name, url_for("quality.overview", site=site.slug, language=language), language)
    if job.name == MAKE and site:
        report = url_for("reports.overview", site=site.slug, **job.payload["filter"])
        return Subject(site.name, report, result=url_for("reports.made", site=site.slug, job_id=job.id))
    if page_id is None:
        again = url_for("pages.take_in", site=site.slug) if site else None
        return Subject(str(job.payload.get("url", "")), pages, again=again)
    page = get_page(db(), int(page_id))
    bench = address_of("review.bench", site=site.slug if site else "", page_id=page.id, language=language)
    return Subject(page.title, bench or pages, language)
