"""What a site gives to researchers: an administrator looks at how much it is, and takes it as a file."""

from flask import Blueprint, Response, make_response, render_template, request
from flask_babel import gettext

from review_app.accounts.permissions import Action
from review_app.errors import BadInput, NotFound
from review_app.locale import N_
from review_app.reports.open_data import LICENCE, LONGEST_LICENCE, as_archive, open_data
from review_app.sites.service import SiteView
from review_app.web.context import actor, db, open_site, work
from review_app.web.errors import status_of

blueprint = Blueprint("open_data", __name__)


@blueprint.get("/sites/<site>/open-data/<language>")
def show(site: str, language: str) -> Response:
    """Show what would be given out."""
    return _page(_found(site, language), language)


@blueprint.post("/sites/<site>/open-data/<language>")
def export(site: str, language: str) -> Response:
    """Give the data as a file, under the licence that was named."""
    found = _found(site, language)
    licence = request.form.get("licence", "")
    try:
        data = open_data(db(), actor(), site, language)
        archive = as_archive(db(), actor(), data, licence)
    except BadInput as error:
        work().roll_back()
        return _page(found, language, error, licence)
    name = f"{found.slug}-{language}-{data.chosen.made_at:%Y-%m-%d}.zip"
    headers = {"Content-Type": "application/zip", "Content-Disposition": f'attachment; filename="{name}"'}
    return make_response(archive, 200, headers)


def _page(site: SiteView, language: str, error: BadInput | None = None, licence: str = LICENCE) -> Response:
    data = open_data(db(), actor(), site.slug, language)
    page = render_template(
        "sites/open_data.html",
        site=site,
        language=language,
        asked_languages=sorted(site.languages),
        count=len(data.rows),
        hidden=data.hidden,
        licence=licence,
        longest=LONGEST_LICENCE,
        error=error.render(gettext) if error else None,
    )
    return make_response(page, status_of(error) if error else 200)


def _found(site: str, language: str) -> SiteView:
    found = open_site(site)
    actor().require(Action.ADMINISTER, found.id)
    if language not in found.languages:
        raise NotFound(N_("The site is not translated into this language."))
    return found
