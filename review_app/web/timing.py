"""One's own editing time: a page that nobody else has, and the form that forgets it."""

from itertools import groupby

from flask import Blueprint, Response, make_response, render_template, request, url_for

from review_app.sites.service import SiteView, all_sites
from review_app.timing import service
from review_app.timing.measuring import PAUSE
from review_app.web.context import actor, current_site, db
from review_app.web.htmx import go

blueprint = Blueprint("timing", __name__)


@blueprint.get("/account/editing-time")
def show() -> Response:
    """Show one's own editing time, day by day."""
    spent = service.own_time(db(), actor())
    page = render_template(
        "accounts/editing_time.html",
        days=[(day, list(rows)) for day, rows in groupby(spent, key=lambda one: one.day)],
        sites=measuring_sites(),
        pause=PAUSE,
    )
    return make_response(page)


@blueprint.post("/account/editing-time/forget")
def forget() -> Response:
    """Delete one's own editing time."""
    service.forget_own_time(db(), actor())
    return go(url_for("timing.show", told="forgotten"))


def measuring_sites() -> list[SiteView]:
    """Return the sites of this person that measure editing time."""
    mine = actor().site_ids
    return [site for site in all_sites(db()) if site.id in mine and site.editing_time_days is not None]


def note_time(site: SiteView, page_id: int, language: str) -> None:
    """Note the seconds that a save says; what is no number is not counted, and never keeps a text from being saved."""
    said = request.form.get("seconds", "")
    if said.isascii() and said.isdecimal() and len(said) < 7:
        service.note_time(db(), actor(), site, page_id, language, int(said))


def editing_pause() -> int | None:
    """Return after how many seconds a pause begins, where the site in view measures editing time."""
    site = current_site()
    return PAUSE if site is not None and site.editing_time_days is not None else None
