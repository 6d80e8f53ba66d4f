"""Where people mark errors: their rounds, the sentences of one, and a sentence with its words, marks and score.

Plain forms: one request a mark. Marks are kept as they are made; htmx swaps the form, a browser without it reloads.
"""

from typing import Any

from flask import Blueprint, Response, make_response, render_template, request, url_for
from flask_babel import gettext

from review_app.annotations import working
from review_app.annotations.marks import ANCHORS, CATEGORIES, OMISSION, SEVERITIES, Protocol
from review_app.annotations.working import Change, OwnText
from review_app.checks.finding import Severity
from review_app.errors import BadInput, Conflict
from review_app.locale import N_
from review_app.web.annotation_view import bits_of, listed, missing
from review_app.web.context import actor, db, work
from review_app.web.errors import status_of
from review_app.web.htmx import fragment_or_page, go, wants_fragment

blueprint = Blueprint("annotations", __name__)

ONE = "/marking/<int:own_id>"
TEXT = ONE + "/<int:place_id>"

STATE_NAMES = {"done": N_("done"), "begun": N_("begun"), "": N_("not begun")}

KEYS = {Severity.MINOR: "1", Severity.MAJOR: "2", Severity.CRITICAL: "3"}
"""The key that marks the chosen words."""


@blueprint.get("/marking")
def mine() -> Response:
    """List the open rounds one was given."""
    page = render_template("annotations/mine.html", rounds=working.own_rounds(db(), actor()))
    return make_response(page)


@blueprint.get(ONE)
def one(own_id: int) -> Response:
    """Show a round: how far one is, and its sentences to go back to."""
    page = render_template(
        "annotations/one.html", round=working.own_round(db(), actor(), own_id), state_names=STATE_NAMES
    )
    return make_response(page)


@blueprint.get(TEXT)
def text(own_id: int, place_id: int) -> Response:
    """Show a sentence to mark."""
    return _shown(working.own_text(db(), actor(), own_id, place_id))


@blueprint.post(TEXT)
def save(own_id: int, place_id: int) -> Response:
    """Mark words, take a mark away, keep the score, or be done and go on."""
    try:
        change = _change()
        working.annotate(db(), actor(), own_id, place_id, change)
    except (BadInput, Conflict) as error:
        work().roll_back()
        return _shown(working.own_text(db(), actor(), own_id, place_id), error)
    if change.finish:
        following = working.own_round(db(), actor(), own_id).following(place_id)
        if following is None:
            return go(url_for("annotations.one", own_id=own_id, told="marked"))
        return go(url_for("annotations.text", own_id=own_id, place_id=following))
    if not wants_fragment():
        boxes = 1 if change.words else None
        return go(url_for("annotations.text", own_id=own_id, place_id=place_id, boxes=boxes, _anchor="marking"))
    return _shown(working.own_text(db(), actor(), own_id, place_id), said=_said(change))


def _change() -> Change:
    """Return what the form asks for; raises ``BadInput`` for what is no number."""
    form, do = request.form, request.form.get("do", "")
    severity = Severity(do) if do in set(Severity) else None
    return Change(
        based_on=_number(form.get("based_on", "")) or 0,
        score=_number(form.get("score", "")),
        words=frozenset(form.getlist("word", type=int)) if severity else (),
        severity=severity,
        category=form.get("category"),
        remove=_number(form.get("remove", "")),
        finish=do == "done",
    )


def _number(text: str) -> int | None:
    try:
        return int(text) if text.strip() else None
    except ValueError:
        raise BadInput(N_("“{text}” is not a number."), text=text[:40]) from None


def _said(change: Change) -> str:
    if change.severity is not None:
        return gettext("Marked.")
    return gettext("The mark is gone.") if change.remove is not None else gettext("Kept.")


def _shown(found: OwnText, problem: BadInput | Conflict | None = None, said: str = "") -> Response:
    values: dict[str, Any] = {
        "found": found,
        "round": found.round,
        "bits": bits_of(found.text, found.words, found.marks),
        "missing": missing(found.marks),
        "marks": listed(found.text, found.marks),
        "severities": SEVERITIES[found.round.protocol],
        "keys": KEYS,
        "categories": {code: name for code, name in CATEGORIES.items() if code != OMISSION},
        "category_names": CATEGORIES,
        "with_categories": found.round.protocol is Protocol.MQM,
        "anchors": ANCHORS,
        "typed": request.form if problem else {},
        "boxes": "boxes" in request.args or (problem is not None and not wants_fragment()),
        "problem": problem.render(gettext) if problem else None,
        "said": said,
    }
    status = status_of(problem) if problem else 200
    return fragment_or_page("annotations/_marking.html", "annotations/text.html", status, **values)
