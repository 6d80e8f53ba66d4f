"""What did the page say? For administrators: the states of a page, one of them as it was, and its export."""

from datetime import datetime
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, make_response, render_template, request

from review_app.errors import BadInput, NotFound
from review_app.locale import N_
from review_app.pages.service import get_page
from review_app.publishing.archive import edition_at, editions, export, get_edition
from review_app.web.context import actor, db, open_site

blueprint = Blueprint("archive", __name__)


@blueprint.get("/sites/<site>/pages/<int:page_id>/<language>/archive")
def show(site: str, page_id: int, language: str) -> Response:
    """List what the public was shown, and what it was shown at the moment that is asked for."""
    found, page = open_site(site), get_page(db(), page_id)
    if page.site_id != found.id or language not in found.languages:
        raise NotFound(N_("There is no such page."))
    asked = request.args.get("at", "")
    then = None
    if asked:
        try:
            moment = datetime.fromisoformat(asked)
        except ValueError as error:
            raise BadInput(N_("“{time}” is not a time. Write one like 2026-11-23T14:30."), time=asked[:40]) from error
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=ZoneInfo(found.timezone))
        then = edition_at(db(), actor(), page_id, language, moment)
    return make_response(
        render_template(
            "sites/archive.html",
            site=found,
            page=page,
            language=language,
            editions=editions(db(), actor(), page_id, language),
            asked=asked,
            then=then,
        )
    )


@blueprint.get("/archive/<int:edition_id>")
def edition(edition_id: int) -> Response:
    """Show one state of a page as the public saw it."""
    found = get_edition(db(), actor(), edition_id)
    page = get_page(db(), found.page_id)
    return make_response(render_template("sites/edition.html", edition=found, page=page))


@blueprint.get("/archive/<int:edition_id>.zip")
def download(edition_id: int) -> Response:
    """Export one state of a page, with its record."""
    found = get_edition(db(), actor(), edition_id)
    response = make_response(export(found))
    response.headers["Content-Type"] = "application/zip"
    name = f"{found.language}-{found.id}-{found.content_hash[:12]}.zip"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
