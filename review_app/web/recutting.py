"""Cutting a sentence in two, joining it with the next, and taking that back: a panel in the bench's card, or a page."""

from dataclasses import replace

from flask import Blueprint, Response, make_response, render_template, request
from flask_babel import gettext

from review_app.accounts.permissions import Action
from review_app.errors import BadInput, ReviewAppError
from review_app.jobs.service import ask_for
from review_app.locale import N_
from review_app.review import recutting, service
from review_app.review.recut_choices import choices_of
from review_app.web.address import Address
from review_app.web.bench_page import asked_for, get_bench, typed_text
from review_app.web.context import actor, db, open_site, send_after_commit, work
from review_app.web.errors import status_of
from review_app.web.htmx import go, wants_fragment
from review_app.web.marking import marked
from review_app.web.review import SEGMENT

blueprint = Blueprint("recutting", __name__)


@blueprint.get(SEGMENT + "/cut")
def show(site: str, page_id: int, language: str, key: str) -> Response:
    """Show where a sentence may be cut, and what it may be joined with."""
    return _panel(Address(site, page_id, language), key)


@blueprint.post(SEGMENT + "/cut")
def cut(site: str, page_id: int, language: str, key: str) -> Response:
    """Cut a sentence before the word that was chosen."""
    at = Address(site, page_id, language)
    try:
        _nothing_typed(at, key)
        done = recutting.cut_sentence(db(), actor(), page_id, language, key, at=_place())
    except BadInput as error:
        return _refused(at, key, error)
    return _decided(at, done, "cut")


@blueprint.post(SEGMENT + "/join")
def join(site: str, page_id: int, language: str, key: str) -> Response:
    """Make one sentence of this one and the next."""
    at = Address(site, page_id, language)
    try:
        _nothing_typed(at, key)
        following = request.form.get("following", "")
        done = recutting.join_sentences(db(), actor(), page_id, language, key, following=following)
    except BadInput as error:
        return _refused(at, key, error)
    return _decided(at, done, "joined")


@blueprint.post(SEGMENT + "/cut/<int:rule_id>/take-back")
def take_back(site: str, page_id: int, language: str, key: str, rule_id: int) -> Response:
    """Let the sentence be as it was before somebody decided otherwise."""
    at = Address(site, page_id, language)
    open_site(site)
    done = recutting.take_back(db(), actor(), page_id, language, key, rule_id)
    return _decided(at, done, "recut_back")


def _decided(at: Address, done: recutting.Recut, told: str) -> Response:
    """Go to the first of the sentences that this made; a job reaches the pages that are left."""
    if done.waiting:
        site = open_site(at.site)
        job_id, new = ask_for(db(), actor(), recutting.JOB, site.id, {"rule": done.rule.id}, needs=Action.CORRECT)
        if new:
            send_after_commit(job_id)
    rule = None if told == "recut_back" else done.rule.id
    if done.ended and told != "recut_back":
        told += "_ended"
    return go(at.bench(replace(asked_for(), segment=None), done.keys[0] if done.keys else "", told=told, recut=rule))


def _place() -> int:
    value = request.form.get("at", "")
    if not value:
        raise BadInput(N_("Choose the word that the second sentence begins with."))
    return int(value) if value.isdecimal() and len(value) < 9 else -1


def _nothing_typed(at: Address, key: str) -> None:
    """Raise ``BadInput`` while a text that is not stored stands in the box: it would be of no sentence."""
    open_site(at.site)
    if typed_text(at, key, "") is not None:
        raise BadInput(N_("You have changed the text. Save it, or undo your change before you cut or join."))


def _refused(at: Address, key: str, error: ReviewAppError) -> Response:
    work().roll_back()
    return _panel(at, key, error.render(gettext), status_of(error))


def _panel(at: Address, key: str, problem: str | None = None, status: int = 200) -> Response:
    site, me = open_site(at.site), actor()
    choices = choices_of(db(), me, at.page_id, at.language, key)
    values = {
        "at": at,
        "row": service.row(db(), me, at.page_id, at.language, key),
        "site": site,
        "marked": marked,
        "choices": choices,
        "words_shown": [(word.at, marked(word.text)) for word in choices.words],
        "chosen": request.form.get("at", ""),
        "problem": problem,
        "asked": asked_for(),
    }
    if wants_fragment():
        return make_response(render_template("review/_cut.html", **values), status)
    head = get_bench(at, lambda _rows: None).head
    return make_response(render_template("review/cut.html", head=head, **values), status)
