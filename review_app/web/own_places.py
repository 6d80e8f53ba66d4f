"""A page of the bench: the places of a text on its page, one of which may have a translation of its own."""

from flask import Blueprint, Response, make_response, render_template, request
from flask_babel import gettext

from review_app.accounts.permissions import Action
from review_app.errors import BadInput
from review_app.review import own_places, service
from review_app.web.address import Address
from review_app.web.bench_context import kind_word
from review_app.web.bench_page import asked_for, get_bench
from review_app.web.context import actor, db, open_site, work
from review_app.web.htmx import go
from review_app.web.review import SEGMENT

blueprint = Blueprint("own_places", __name__)


@blueprint.get(SEGMENT + "/places")
def show(site: str, page_id: int, language: str, key: str) -> Response:
    """Show the places of a text."""
    return _page(Address(site, page_id, language), key)


@blueprint.post(SEGMENT + "/places")
def set_apart(site: str, page_id: int, language: str, key: str) -> Response:
    """Give one of the places a translation of its own."""
    at, nth = Address(site, page_id, language), request.form.get("place", "")
    open_site(site)
    try:
        number = int(nth) if nth.isdecimal() and len(nth) < 6 else 10**6
        own = own_places.translate_apart(db(), actor(), page_id, language, key, nth=number)
    except BadInput as error:
        work().roll_back()
        return _page(at, key, error.render(gettext), 422)
    return go(at.bench(asked_for(), own, told="own_place"))


@blueprint.post(SEGMENT + "/places/together")
def put_back(site: str, page_id: int, language: str, key: str) -> Response:
    """Let a place have the translation that its text has elsewhere on the page."""
    at = Address(site, page_id, language)
    open_site(site)
    common = own_places.translate_together(db(), actor(), page_id, language, key)
    return go(at.bench(asked_for(), common, told="own_back"))


def _page(at: Address, key: str, problem: str | None = None, status: int = 200) -> Response:
    site, me = open_site(at.site), actor()
    page = render_template(
        "review/places.html",
        at=at,
        site=site,
        head=get_bench(at, [], None).head,
        row=service.row(db(), me, at.page_id, at.language, key),
        standing=own_places.places_of_text(db(), me, at.page_id, at.language, key),
        kind_word=kind_word,
        edits=me.may_on(Action.CORRECT, site.id, at.page_id, at.language) and me.person_id is not None,
        problem=problem,
        asked=asked_for(),
    )
    return make_response(page, status)
