"""The workplace of outside translators: their jobs, the pages of one, and a page with its sentences. Nothing else.

Plain forms that end in a redirect; none of the pages names a colleague, another page or the log.
"""

from collections.abc import Sequence

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask_babel import gettext

from review_app.commissions import working
from review_app.commissions.bands import BAND_NAMES, words_of
from review_app.errors import BadInput, Conflict
from review_app.review.views import SegmentRow
from review_app.web.bench_context import kind_word
from review_app.web.bench_page import based_on, describe_flag
from review_app.web.commissions import counts_as_csv
from review_app.web.context import actor, db, work
from review_app.web.errors import status_of
from review_app.web.htmx import go

blueprint = Blueprint("outside", __name__)

ONE = "/commissions/<int:commission_id>"
PAGE = ONE + "/pages/<int:page_id>"
SEGMENT = PAGE + "/segments/<key>"


@blueprint.get("/commissions")
def mine() -> Response:
    """List one's jobs."""
    page = render_template("commissions/mine.html", jobs=working.own_commissions(db(), actor()), words_of=words_of)
    return make_response(page)


@blueprint.get(ONE)
def one(commission_id: int) -> Response:
    """Show a job: its pages, how far they are, and the words by match band."""
    job = working.own_commission(db(), actor(), commission_id)
    page = render_template(
        "commissions/one.html",
        job=job,
        heads=working.own_heads(db(), job),
        band_names=BAND_NAMES,
        words_of=words_of,
    )
    return make_response(page)


@blueprint.get(ONE + "/words.csv")
def table(commission_id: int) -> Response:
    """Give a job's words by match band as CSV."""
    return counts_as_csv(working.own_commission(db(), actor(), commission_id))


@blueprint.get(PAGE)
def page(commission_id: int, page_id: int) -> Response:
    """Show a page with every sentence, one of them open."""
    return _page(commission_id, page_id, request.args.get("segment"))


@blueprint.post(SEGMENT + "/save")
def save(commission_id: int, page_id: int, key: str) -> Response:
    """Store what was typed, and go on to the next sentence that nobody has read."""
    text = request.form.get("text", "")
    try:
        working.save_own(db(), actor(), commission_id, page_id, key, text=text, based_on=based_on())
    except (BadInput, Conflict) as error:
        work().roll_back()
        return _page(commission_id, page_id, key, typed=text, problem=error)
    return _go_on(commission_id, page_id, key)


@blueprint.post(SEGMENT + "/accept")
def accept(commission_id: int, page_id: int, key: str) -> Response:
    """Store the word that a text is right as it stands, and go on."""
    try:
        working.accept_own(db(), actor(), commission_id, page_id, key, based_on=based_on())
    except (BadInput, Conflict) as error:
        work().roll_back()
        return _page(commission_id, page_id, key, problem=error)
    return _go_on(commission_id, page_id, key)


@blueprint.post(PAGE + "/submit")
def submit(commission_id: int, page_id: int) -> Response:
    """Offer a page for approval."""
    try:
        working.submit_own(db(), actor(), commission_id, page_id)
    except BadInput as error:
        work().roll_back()
        return _page(commission_id, page_id, None, problem=error)
    return go(url_for("outside.one", commission_id=commission_id, told="submitted"))


def _page(
    commission_id: int,
    page_id: int,
    key: str | None,
    *,
    typed: str | None = None,
    problem: BadInput | Conflict | None = None,
) -> Response:
    found = working.own_page(db(), actor(), commission_id, page_id, lambda rows: key or _next(rows, None))
    opened = key or _next(found.bench.rows, None)
    helped = working.own_help(db(), actor(), commission_id, page_id, opened) if opened else None
    shown = render_template(
        "commissions/page.html",
        job=found.commission,
        bench=found.bench,
        opened=opened,
        helped=helped,
        typed=typed,
        problem=problem.render(gettext) if problem else None,
        describe_flag=describe_flag,
        kind_word=kind_word,
    )
    return make_response(shown, status_of(problem) if problem else 200)


def _go_on(commission_id: int, page_id: int, key: str) -> Response:
    found = working.own_page(db(), actor(), commission_id, page_id, lambda _rows: None)
    following = _next(found.bench.rows, key) or key
    address = url_for(
        "outside.page", commission_id=commission_id, page_id=page_id, segment=following, _anchor=f"s-{following}"
    )
    return make_response(redirect(address, 303))


def _next(rows: Sequence[SegmentRow], after: str | None) -> str | None:
    """Return the next sentence that no person has read, from the top again at the end."""
    keys = [row.key for row in rows]
    start = keys.index(after) + 1 if after in keys else 0
    return next((row.key for row in [*rows[start:], *rows[:start]] if not row.read or row.stale), None)
