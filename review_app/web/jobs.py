"""Pages of jobs: how far one has come, and which there are. What is under way asks for itself until it is over."""

from typing import Any

from flask import Blueprint, Response, request, url_for
from flask_babel import gettext

from review_app.accounts.permissions import Action
from review_app.accounts.service import names_of
from review_app.jobs.listing import jobs_count, jobs_of
from review_app.jobs.service import JobView, cancel, get_job, retry
from review_app.jobs.states import JobState
from review_app.sites.service import site_by_id
from review_app.web.context import actor, db, open_site, send_after_commit
from review_app.web.htmx import fragment_or_page, go, wants_fragment
from review_app.web.job_subjects import subjects_of

blueprint = Blueprint("jobs", __name__)


ROWS_PER_PAGE = 50
LAST_PAGE = 1_000_000  # what stands after it no database can count to


@blueprint.get("/sites/<site>/jobs")
def listed(site: str) -> Response:
    """List a site's jobs: all of them for an administrator, for others those they asked for."""
    found, me = open_site(site), actor()
    asked = request.args.get("state", "")
    state = JobState(asked) if asked in set(JobState) else None
    number = min(max(1, request.args.get("page", 1, int)), LAST_PAGE)
    offset = (number - 1) * ROWS_PER_PAGE
    jobs = jobs_of(db(), me, found.id, state, limit=ROWS_PER_PAGE, offset=offset)
    total, subjects = jobs_count(db(), me, found.id, state), subjects_of(found, jobs)
    chosen: dict[str, Any] = {"state": state} if state else {}
    return fragment_or_page(
        "jobs/_list.html",
        "jobs/list.html",
        site=found,
        rows=[(job, subjects[job.id], _error(job)) for job in jobs],
        names=names_of(db(), {job.asked_by for job in jobs if job.asked_by}),
        total=total,
        state=state,
        page=number,
        all_of_site=me.may(Action.ADMINISTER, found.id),
        newer=url_for("jobs.listed", site=site, page=number - 1, **chosen) if number > 1 else None,
        older=url_for("jobs.listed", site=site, page=number + 1, **chosen) if offset + len(jobs) < total else None,
    )


@blueprint.get("/jobs/<job_id>")
def show(job_id: str) -> Response:
    """Show a job's progress; a job that failed is a page of status 422 that says why."""
    job = get_job(db(), actor(), job_id)
    failed = job.state is JobState.FAILED
    site = open_site(site_by_id(db(), job.site_id).slug) if job.site_id is not None else None
    return fragment_or_page(
        "jobs/_job.html",
        "jobs/show.html",
        422 if failed and not wants_fragment() else 200,
        job=job,
        error=_error(job),
        site=site,
        subject=subjects_of(site, [job])[job.id],
        may_change=job.asked_by == actor().person_id or actor().may(Action.ADMINISTER, job.site_id or 0),
        asked_by=names_of(db(), {job.asked_by}).get(job.asked_by, "") if job.asked_by else "",
    )


@blueprint.post("/jobs/<job_id>/cancel")
def call_off(job_id: str) -> Response:
    """Call a job off."""
    cancel(db(), actor(), job_id)
    return go(_back(job_id))


@blueprint.post("/jobs/<job_id>/retry")
def again(job_id: str) -> Response:
    """Ask for a job that stopped again."""
    new = retry(db(), actor(), job_id)
    send_after_commit(new)
    return go(_back(new))


def _error(job: JobView) -> str | None:
    return gettext(job.error).format(**job.error_values) if job.error else None


def _back(job_id: str) -> str:
    """Return where the form was sent from: the list of a site's jobs, else the job's own page."""
    site_id = get_job(db(), actor(), job_id).site_id
    if "listed" not in request.form or site_id is None:
        return url_for("jobs.show", job_id=job_id)
    return url_for("jobs.listed", site=site_by_id(db(), site_id).slug)
