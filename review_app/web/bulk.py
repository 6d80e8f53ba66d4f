"""Pages of doing one thing to many passages of the queue: what will happen to which, what was done, and its undo."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, make_response, render_template, request, url_for
from flask_babel import gettext

from review_app.errors import BadInput, Conflict, ReviewAppError
from review_app.locale import N_
from review_app.review import bulk
from review_app.review.bulk import Proposal
from review_app.review.states import Act
from review_app.web.context import actor, current_job, db, open_site, work
from review_app.web.errors import status_of
from review_app.web.htmx import go
from review_app.web.marking import Run, changed, marked
from review_app.web.places import ticked_places
from review_app.web.queue import asked_for, kind_name, query_of
from review_app.web.twins import TWINS

blueprint = Blueprint("bulk", __name__)

ACTS = "/sites/<site>/queue/<any(dismiss, fix):act>"

TITLES = {
    Act.DISMISS: N_("Dismiss as false alarms"),
    Act.FIX: N_("Put certain fixes in"),
    Act.REPEAT: N_("The same text elsewhere"),
}

REPEATED = N_("One text for the same sentence on other pages")


@dataclass(frozen=True, slots=True)
class Line:
    """What will happen to a passage, as it is shown."""

    item: Proposal
    runs: tuple[Run, ...]
    source: tuple[Run, ...]
    address: str

    @property
    def value(self) -> str:
        """What a ticked box says: the segment, and the revision that was seen."""
        return f"{self.item.segment_id}:{self.item.revision}"


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where what was done is shown and undone, and where one goes back to: the queue, or one's job."""

    done: str
    undo: str
    back: str


@blueprint.get(ACTS)
def preview(site: str, act: str) -> Response:
    """Show what will happen to which passages; without a kind of flag, the queue to choose one."""
    try:
        return _preview(site, Act(act))
    except BadInput:
        query: dict[str, Any] = {"site": site, "language": _language(), **query_of(asked_for())}
        return go(url_for("queue.show", **query))


@blueprint.post(ACTS)
def apply(site: str, act: str) -> Response:
    """Do it to the passages that are ticked."""
    open_site(site)
    try:
        bulk_id, left = bulk.do(db(), actor(), site, _language(), Act(act), asked_for(), ticked_places())
    except (BadInput, Conflict) as error:
        work().roll_back()
        return _preview(site, Act(act), error)
    return go(url_for("bulk.done", site=site, bulk_id=bulk_id, left=left or None))


@blueprint.get("/sites/<site>/bulk/<int:bulk_id>")
def done(site: str, bulk_id: int) -> Response:
    """Show what was done at once, with its undo."""
    found = open_site(site)
    shown = bulk.done(db(), actor(), found.id, bulk_id)
    left = request.args.get("left", "")
    return make_response(
        render_template(
            "review/bulk_done.html",
            site=found,
            done=shown,
            title=TITLES[shown.act],
            kind=REPEATED if shown.act is Act.REPEAT else kind_name(shown.kind),
            left=int(left) if left.isdecimal() and len(left) < 6 else 0,
            addresses=_addresses(site, bulk_id),
        )
    )


@blueprint.post("/sites/<site>/bulk/<int:bulk_id>/undo")
def take_back(site: str, bulk_id: int) -> Response:
    """Take it back, all together."""
    bulk.undo(db(), actor(), open_site(site).id, bulk_id)
    return go(_addresses(site, bulk_id).done)


def _preview(site: str, act: Act, problem: ReviewAppError | None = None) -> Response:
    found, asked, language = open_site(site), asked_for(), _language()
    proposals, total = bulk.preview(db(), actor(), site, language, act, asked)
    page = render_template(
        "review/bulk.html",
        site=found,
        language=language,
        act=act,
        title=TITLES[act],
        kind=kind_name(asked.kind),
        query=query_of(asked),
        lines=[_line(site, language, one) for one in proposals],
        total=total,
        problem=problem.render(gettext) if problem else None,
        ticked=set(request.form.getlist("place")),
    )
    return make_response(page, status_of(problem) if problem else 200)


def _line(site: str, language: str, one: Proposal) -> Line:
    address = url_for(
        "review.bench", site=site, page_id=one.page_id, language=language, segment=one.key, _anchor=f"s-{one.key}"
    )
    runs = changed(one.text, one.after) if one.after != one.text else marked(one.text)
    return Line(one, runs, marked(one.source), address)


def _language() -> str:
    return request.values.get("language", "")[:35] or "en"


def _addresses(site: str, bulk_id: int) -> Addresses:
    job = current_job()
    if job is None:
        done, undo = (url_for(name, site=site, bulk_id=bulk_id) for name in ("bulk.done", "bulk.take_back"))
        return Addresses(done, undo, "")
    where = {"commission_id": job.id, "bulk_id": bulk_id, "page_id": (request.view_args or {})["page_id"]}
    done, undo = (url_for(TWINS[name], **where) for name in ("bulk.done", "bulk.take_back"))
    return Addresses(done, undo, url_for("outside.one", commission_id=job.id))
