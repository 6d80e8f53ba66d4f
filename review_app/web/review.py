"""The bench, where translations are corrected, and the desk, where they are approved.

Every action is a plain form that ends in a redirect; asked by htmx, the bench answers with the rows that changed.
"""

from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext

from review_app.accounts.permissions import Action
from review_app.checks.states import FlagState
from review_app.errors import BadInput, Conflict, NotFound
from review_app.jobs.service import add_job
from review_app.locale import N_
from review_app.publishing.service import publish, withdraw
from review_app.review import decisions, gating, service
from review_app.review.benching import waiting_after
from review_app.review.desk import desk as get_desk
from review_app.review.listing import is_listed
from review_app.review.opening import OpenSegment
from review_app.review.states import Basis
from review_app.review.views import Bench
from review_app.web import bench_card, bench_context, bench_list, bench_page, desk_page
from review_app.web.address import Address
from review_app.web.bench_answers import beside, changed, opened, refuse, typed_text, warned_of
from review_app.web.bench_card import Typed
from review_app.web.bench_choices import Undo
from review_app.web.bench_list import Asked
from review_app.web.bench_page import (
    asked_for,
    based_on,
    get_bench,
    get_row,
    open_page,
    undo_of,
)
from review_app.web.bench_whole import whole
from review_app.web.box import box_text
from review_app.web.context import (
    actor,
    commit_and_send,
    current_job,
    db,
    open_site,
    send_after_commit,
    work,
)
from review_app.web.htmx import go, is_htmx, wants_fragment
from review_app.web.marking import utf16_offset
from review_app.web.risk import risk_words
from review_app.web.timing import note_time

blueprint = Blueprint("review", __name__)

PAGE = "/sites/<site>/pages/<int:page_id>/<language>"
SEGMENT = PAGE + "/segments/<key>"
SUBMISSION = "/submissions/<int:submission_id>"


@blueprint.context_processor
def in_every_template() -> dict[str, Any]:
    """Return what the templates of the bench and the desk read beside what a view gives them."""
    return {
        **dict.fromkeys(("oob", "live", "edits", "saved_now", "said", "recurs", "undo")),  # fragments say otherwise
        "signs": bench_list.SIGNS,
        "kind_word": bench_context.kind_word,
        "unseen": bench_context.UNSEEN,
        "engine_texts": bench_card.engine_texts,
        "engine_label": desk_page.engine_label,
        "is_offered": bench_card.is_offered,
        "risk_words": risk_words,
        "utf16_offset": utf16_offset,
    }


@blueprint.get(PAGE)
def bench(site: str, page_id: int, language: str) -> Response:
    """Show a page with every segment, one of them open."""
    at, asked = Address(site, page_id, language), asked_for()
    return _narrowed(at, asked) if is_htmx() else whole(at, asked)


@blueprint.get(SEGMENT)
def segment(site: str, page_id: int, language: str, key: str) -> Response:
    """Show one segment open, or closed when the address says so; whatever was open before is closed."""
    at, asked = Address(site, page_id, language), asked_for()
    if not wants_fragment():
        return make_response(redirect(at.bench(asked, key), 303))
    asked = replace(asked, segment=None if "closed" in request.args else key)
    found = get_bench(at, [key, request.args.get("close")], asked.segment)
    return opened(at, asked, found, key, {row.key for row in found.rows} - {key})


@blueprint.post(SEGMENT + "/save")
def save(site: str, page_id: int, language: str, key: str) -> Response:
    """Store what was typed, and go on to the next segment."""
    at, text = Address(site, page_id, language), box_text()
    try:
        unchanged = "stale" in request.form and typed_text(at, key, "") is None
        if unchanged and (told := warned_of(at, key)) is not None:
            return refuse(at, key, told, 422)
        stored = service.save(db(), actor(), page_id, language, key, text=text, based_on=based_on())
        note_time(stored.site, page_id, language)
    except Conflict:
        return refuse(at, key, Typed(text, conflict=True, base=based_on()), 409)
    except BadInput as error:
        return refuse(at, key, Typed(text, problem=error.render(gettext)), 422)
    return go_on(at, key, N_("Saved."), stored, recurs=True)


@blueprint.post(SEGMENT + "/accept")
def accept(site: str, page_id: int, language: str, key: str) -> Response:
    """Store a person's word that the text is right as it stands. A text typed meanwhile is never dropped for it."""
    at, text = Address(site, page_id, language), box_text()
    try:
        if typed_text(at, key, "") is not None:
            raise BadInput(N_("You have changed the text. Save it, or undo your change before you accept."))
        if (told := warned_of(at, key)) is not None:
            return refuse(at, key, told, 422)
        stored = service.accept(db(), actor(), page_id, language, key, based_on=based_on())
        note_time(stored.site, page_id, language)
    except Conflict:
        return refuse(at, key, Typed(text, conflict=True, base=based_on()), 409)
    except BadInput as error:
        return refuse(at, key, Typed(text, problem=error.render(gettext)), 422)
    return go_on(at, key, N_("Accepted."), stored)


@blueprint.post(SEGMENT + "/check")
def check(site: str, page_id: int, language: str, key: str) -> Response:
    """Check what is being typed; nothing is stored."""
    at, text = Address(site, page_id, language), box_text()
    open_site(site)
    try:
        findings = service.check_typed(db(), actor(), page_id, language, key, text=text)
    except BadInput as error:
        return refuse(at, key, Typed(text, problem=error.render(gettext)), 422)
    row = service.row(db(), actor(), page_id, language, key)
    card = bench_card.card_of(row, bench_page.describe_flag, Typed(text), findings)
    if not is_htmx():
        return whole(at, replace(asked_for(), segment=key), card)
    return make_response(render_template("review/_live.html", at=at, card=card, live=True, edits=True))


@blueprint.post(SEGMENT + "/flags/<int:flag_id>/<any(dismiss, reopen):verb>")
def decide_flag(site: str, page_id: int, language: str, key: str, flag_id: int, verb: str) -> Response:
    """Call a flag a false alarm, or open it again. What is being typed stays in the box."""
    at = Address(site, page_id, language)
    open_site(site)
    row = service.row(db(), actor(), page_id, language, key)
    flag = next((flag for flag in row.flags if flag.id == flag_id), None)
    if flag is None:
        raise NotFound(N_("This flag is gone: the text was changed meanwhile. Reload the page."))
    state = FlagState.DISMISSED if verb == "dismiss" else FlagState.OPEN
    service.dismiss(db(), actor(), page_id, language, key, flag_id=flag_id, state=state)
    said = N_("Marked as a false alarm.") if verb == "dismiss" else N_("The flag is open again.")
    back = at.to("review.decide_flag", key=key, flag_id=flag_id, verb="reopen" if verb == "dismiss" else "dismiss")
    return beside(at, key, said, request.form.get("comment", "").strip(), Undo(key, back))


@blueprint.post(PAGE + "/submit")
def submit(site: str, page_id: int, language: str) -> Response:
    """Offer the page for approval."""
    found, job = open_site(site), current_job()
    submission_id = decisions.submit(db(), actor(), page_id, language)
    if job is not None:
        return go(url_for("outside.one", commission_id=job.id, told="submitted"))
    payload = {"language": language}  # what was judged now counts in the reports
    send_after_commit(add_job(db(), actor(), "score_language", found.id, payload, needs=Action.SUBMIT))
    return go(url_for("review.desk", submission_id=submission_id))


@blueprint.get(SUBMISSION)
def desk(submission_id: int) -> Response:
    """Show a submission to whoever decides on it."""
    return desk_page.show(submission_id)


@blueprint.post(SUBMISSION + "/approve")
def approve(submission_id: int) -> Response:
    """Say yes to all of it, and publish at once if that was asked for."""
    form = request.form
    try:
        offered = [found.row.key for found in get_desk(db(), actor(), submission_id).rows if found.offered]
        if "chosen" in form and set(offered) - set(form.getlist("passage")):
            raise BadInput(N_("Some sentences are not ticked. Choose “Approve the ticked”, or tick them again."))
        decisions.approve(db(), actor(), submission_id, basis=_basis(), comment=form.get("comment", ""))
        _publish_if_asked(submission_id)
    except BadInput as error:
        return _not_decided(submission_id, error)
    return go(url_for("review.desk", submission_id=submission_id))


@blueprint.post(SUBMISSION + "/approve-part")
def approve_part(submission_id: int) -> Response:
    """Say yes to the sentences that are ticked; the others go back with what is said of them."""
    form = request.form
    try:
        decisions.approve_part(
            db(),
            actor(),
            submission_id,
            keys=form.getlist("passage"),
            basis=_basis(),
            comment=form.get("comment", ""),
            comments=desk_page.comments_given(),
        )
        _publish_if_asked(submission_id)
    except BadInput as error:
        return _not_decided(submission_id, error)
    return go(url_for("review.desk", submission_id=submission_id))


@blueprint.post(SUBMISSION + "/allow")
def allow(submission_id: int) -> Response:
    """Record why the page may be approved in spite of what blocks it."""
    try:
        gating.allow(db(), actor(), submission_id, reason=request.form.get("reason", ""))
    except BadInput as error:
        return _not_decided(submission_id, error, where="gate")
    return go(url_for("review.desk", submission_id=submission_id))


@blueprint.post(SUBMISSION + "/return")
def send_back(submission_id: int) -> Response:
    """Say no, and why."""
    try:
        comment, comments = request.form.get("comment", ""), desk_page.comments_given()
        decisions.send_back(db(), actor(), submission_id, comment=comment, comments=comments)
    except BadInput as error:
        return _not_decided(submission_id, error)
    return go(url_for("review.desk", submission_id=submission_id))


@blueprint.post(SUBMISSION + "/<any(publish, withdraw):verb>")
def make_public(submission_id: int, verb: str) -> Response:
    """Put the page before the public, or take it back."""
    head = get_desk(db(), actor(), submission_id).head
    action = publish if verb == "publish" else withdraw
    action(db(), actor(), head.page_id, head.language)
    return go(url_for("review.desk", submission_id=submission_id))


def _narrowed(at: Address, asked: Asked) -> Response:
    """Show other rows; what was open stays so if it is among them."""
    found, open_now = open_page(at), request.args.get("close")
    stays = open_now and is_listed(db(), found.given, asked.listed, open_now)
    asked = replace(asked, segment=open_now if stays else "")
    response = whole(at, asked)
    response.headers["HX-Replace-Url"] = at.bench(asked, asked.segment or "")
    return response


def go_on(at: Address, key: str, said: str, stored: OpenSegment | None = None, *, recurs: bool = False) -> Response:
    """After a save: the next segment opens, if that was asked for; where a correction recurs, its row says so.

    What was done is stored before the answer is made: whoever else wants to write does not wait for that.
    """
    if (stored.site.slug if stored else open_page(at).site.slug) != at.site:
        raise NotFound(N_("There is no such page."))
    commit_and_send()
    asked, found = asked_for(), open_page(at, stored)
    recurring = bench_page.recurs_in(at, key, stored) if recurs and stored else None
    following = key
    if "next" in request.form:
        found, waiting = waiting_after(db(), found, asked.listed, key)
        following = waiting or ""
    if not is_htmx():
        undo = f"{key}.{get_row(get_bench(at, [key], None, found), key).revision}"
        address = at.bench(asked, following, recurs=recurring.key if recurring else None, undo=undo)
        return make_response(redirect(address, 303))
    bench = get_bench(at, [key, following], following, found)
    undo_last = undo_of(at, get_row(bench, key))
    asked = replace(asked, segment=following)
    told = f"{gettext(said)} {_left(bench)}"
    keys = [key, following] if following else [key]
    response = make_response(changed(at, asked, bench, keys, said=told, recurs=recurring, undo=undo_last))
    response.headers["HX-Replace-Url"] = at.bench(asked, following)
    return response


def _left(found: Bench) -> str:
    left = found.head.segments - found.head.read
    if left == 0:
        return gettext("Every sentence is read.")
    return ngettext("%(num)s sentence left to read.", "%(num)s sentences left to read.", left)


def _basis() -> Basis:
    """Return what an approval stands on."""
    try:
        return Basis(request.form.get("basis", ""))
    except ValueError as error:
        sentence = N_("Say what your approval stands on: that you read the language, or vouch for the process.")
        raise BadInput(sentence) from error


def _publish_if_asked(submission_id: int) -> None:
    if request.form.get("publish") == "1":
        head = get_desk(db(), actor(), submission_id).head
        publish(db(), actor(), head.page_id, head.language)


def _not_decided(submission_id: int, error: BadInput, where: str = "decide") -> Response:
    work().roll_back()
    return desk_page.show(submission_id, problem=error.render(gettext), status=422, where=where)
