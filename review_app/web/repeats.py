"""A page of the bench: where else a sentence stands with another text, and putting this one in there."""

from dataclasses import dataclass

from flask import Blueprint, Response, make_response, render_template
from flask_babel import gettext

from review_app.accounts.permissions import Action
from review_app.errors import BadInput, Conflict, ReviewAppError
from review_app.review import repeats, service
from review_app.review.repeats import Repeat
from review_app.web.address import Address
from review_app.web.bench_page import asked_for, get_bench
from review_app.web.context import actor, db, open_site, work
from review_app.web.errors import status_of
from review_app.web.htmx import go
from review_app.web.marking import Run, changed
from review_app.web.places import ticked_places
from review_app.web.review import SEGMENT

blueprint = Blueprint("repeats", __name__)


@dataclass(frozen=True, slots=True)
class Line:
    """A place as it is shown: what would change in its text."""

    item: Repeat
    runs: tuple[Run, ...]
    address: str

    @property
    def value(self) -> str:
        """What a ticked box says: the segment, and the revision that was seen."""
        return f"{self.item.segment_id}:{self.item.revision}"


@blueprint.get(SEGMENT + "/repeats")
def show(site: str, page_id: int, language: str, key: str) -> Response:
    """Show where else a sentence stands, and reads otherwise."""
    return _page(Address(site, page_id, language), key)


@blueprint.post(SEGMENT + "/repeats")
def fill_in(site: str, page_id: int, language: str, key: str) -> Response:
    """Put the text into the places that are ticked."""
    open_site(site)
    try:
        bulk_id, left = repeats.fill_in(db(), actor(), page_id, language, key, ticked_places())
    except (BadInput, Conflict) as error:
        work().roll_back()
        return _page(Address(site, page_id, language), key, error)
    return go(Address(site, page_id, language).done(bulk_id, left))


def _page(at: Address, key: str, problem: ReviewAppError | None = None) -> Response:
    site, me = open_site(at.site), actor()
    text, found = repeats.repeats_of(db(), me, at.page_id, at.language, key)
    page = render_template(
        "review/repeats.html",
        at=at,
        site=site,
        head=get_bench(at, [], None).head,
        row=service.row(db(), me, at.page_id, at.language, key),
        text=text,
        lines=[_line(at, one, text) for one in found],
        edits=me.may_on(Action.CORRECT, site.id, at.page_id, at.language) and me.person_id is not None,
        problem=problem.render(gettext) if problem else None,
        asked=asked_for(),
    )
    return make_response(page, status_of(problem) if problem else 200)


def _line(at: Address, one: Repeat, text: str) -> Line:
    there = Address(at.site, one.page_id, at.language)
    return Line(one, changed(one.text, text), there.bench(asked_for(), one.key))
