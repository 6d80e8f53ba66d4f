"""Pages where administrators give jobs to outside translators, see the words by match band, and close them."""

from collections.abc import Iterator
from datetime import date

from flask import Blueprint, Response, make_response, render_template, request, url_for
from flask_babel import gettext

from review_app.accounts.people import who_may
from review_app.accounts.permissions import Action
from review_app.commissions import service
from review_app.commissions.bands import BAND_NAMES, Band, words_of
from review_app.commissions.counting import COUNT
from review_app.commissions.service import CommissionView
from review_app.errors import BadInput, NotFound
from review_app.exchange.table import write_table
from review_app.jobs.service import ask_for
from review_app.locale import N_
from review_app.pages.service import pages_by_id, pages_of
from review_app.sites.service import SiteView
from review_app.web.context import actor, db, open_site, send_after_commit, work
from review_app.web.errors import status_of
from review_app.web.htmx import go

blueprint = Blueprint("commissions", __name__)

PAGE = "/sites/<site>/commissions"
COLUMNS = ("page", *(f"{band}_{what}" for band in Band for what in ("segments", "words")), "words")


@blueprint.get(PAGE)
def show(site: str) -> Response:
    """List what was given to outside translators, with the form that gives more."""
    return _shown(_administered(site))


@blueprint.post(PAGE)
def give(site: str) -> Response:
    """Give pages in a language to an outside translator."""
    found, form = _administered(site), request.form
    try:
        commission_id = service.give_commission(
            db(),
            actor(),
            found.id,
            person_id=form.get("person", type=int),
            language=form.get("language", "")[:35],
            name=form.get("name", "")[:200],
            page_ids=form.getlist("page", type=int),
            due_on=_day(form.get("due", "")),
            with_memory="memory" in form,
        )
    except BadInput as error:
        work().roll_back()
        return _shown(found, error)
    payload = {"commission_id": commission_id}
    job_id, new = ask_for(db(), actor(), COUNT, found.id, payload, needs=Action.ADMINISTER)
    if new:
        send_after_commit(job_id)
    return go(url_for("commissions.show", site=site, told="given"))


@blueprint.post(PAGE + "/<int:commission_id>/close")
def close(site: str, commission_id: int) -> Response:
    """Close a job: whoever had it sees its pages no more."""
    found = _administered(site)
    service.close_commission(db(), actor(), found.id, commission_id)
    return go(url_for("commissions.show", site=site, told="closed"))


@blueprint.get(PAGE + "/<int:commission_id>.csv")
def table(site: str, commission_id: int) -> Response:
    """Give a job's words by match band as CSV."""
    found = _administered(site)
    return counts_as_csv(service.get_commission(db(), actor(), found.id, commission_id))


def counts_as_csv(commission: CommissionView) -> Response:
    """Return the words of a commission by page and match band as a file; raises ``NotFound`` until they are counted."""
    if commission.counts is None or commission.total is None:
        raise NotFound(N_("The words are not counted yet. Try again in a moment."))
    body = b"".join(write_table(COLUMNS, _rows(commission)))
    name = f"words-{commission.site_slug}-{commission.language}-{commission.id}.csv"
    return Response(body, mimetype="text/csv", headers={"Content-Disposition": f"attachment; filename={name}"})


def _rows(commission: CommissionView) -> Iterator[dict[str, object]]:
    paths = {page.id: page.path for page in pages_by_id(db(), commission.page_ids)}
    counts = {paths.get(page, str(page)): bands for page, bands in (commission.counts or {}).items()}
    for name, bands in [*counts.items(), *([("", commission.total)] if commission.total else [])]:
        row: dict[str, object] = {"page": name, "words": words_of(bands)}
        for band, count in bands.items():
            row |= {f"{band}_segments": count.segments, f"{band}_words": count.words}
        yield row


def _shown(site: SiteView, problem: BadInput | None = None) -> Response:
    page = render_template(
        "commissions/list.html",
        site=site,
        commissions=service.commissions_of(db(), actor(), site.id),
        people=who_may(db(), Action.DO_JOB, site.id),
        pages=[page for page in pages_of(db(), site.id) if not page.shared],
        chosen=set(request.form.getlist("page", type=int)),
        form=request.form,
        problem=problem.render(gettext) if problem else None,
        band_names=BAND_NAMES,
        words_of=words_of,
    )
    return make_response(page, status_of(problem) if problem else 200)


def _administered(slug: str) -> SiteView:
    site = open_site(slug)
    actor().require(Action.ADMINISTER, site.id)
    return site


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError as error:
        raise BadInput(N_("“{day}” is no day. Write it like 2026-12-24."), day=text[:40]) from error
