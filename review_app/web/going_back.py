"""Going back in the bench: an earlier text again, one's last change undone; two people's texts, or a fix, put in."""

from dataclasses import replace

from flask import Blueprint, Response, make_response, redirect, request
from flask_babel import gettext

from review_app.errors import BadInput, Conflict, ReviewAppError
from review_app.locale import N_
from review_app.review import service
from review_app.review.going_back import both_texts
from review_app.review.going_back import bring_back as store_earlier
from review_app.review.going_back import take_back as undo_last
from review_app.web.address import Address
from review_app.web.bench_answers import changed, refuse, typed_text, unsaved
from review_app.web.bench_card import Typed, fix_id
from review_app.web.bench_page import asked_for, based_on, get_bench
from review_app.web.box import box_text
from review_app.web.context import actor, db, open_site, work
from review_app.web.errors import status_of
from review_app.web.htmx import is_htmx
from review_app.web.review import SEGMENT, go_on, in_every_template

blueprint = Blueprint("going_back", __name__)
blueprint.context_processor(in_every_template)


@blueprint.post(SEGMENT + "/history/<int:number>")
def bring_back(site: str, page_id: int, language: str, key: str, number: int) -> Response:
    """Make an earlier text the newest one. A text typed meanwhile is never dropped for it."""
    at, text = Address(site, page_id, language), box_text()
    try:
        if typed_text(at, key, "") is not None:
            raise BadInput(N_("You have changed the text. Save it, or undo your change before you bring another back."))
        store_earlier(db(), actor(), page_id, language, key, number=number, based_on=based_on())
    except Conflict:
        return refuse(at, key, Typed(text, conflict=True, base=based_on()), 409)
    except BadInput as error:
        return refuse(at, key, Typed(text, problem=error.render(gettext)), 422)
    return go_on(at, key, N_("The earlier text is back."))


@blueprint.post(SEGMENT + "/take-back")
def take_back(site: str, page_id: int, language: str, key: str) -> Response:
    """Undo one's own last save or acceptance, and open the sentence."""
    at = Address(site, page_id, language)
    open_site(site)
    try:
        undo_last(db(), actor(), page_id, language, key, number=int(request.form.get("number", "0")[:9] or 0))
    except ReviewAppError as error:
        if not isinstance(error, BadInput | Conflict):
            raise
        work().roll_back()
        problem = Typed(service.row(db(), actor(), page_id, language, key).text or "", problem=error.render(gettext))
        return unsaved(at, replace(asked_for(), segment=key), problem, status_of(error))
    asked = replace(asked_for(), segment=key)
    if not is_htmx():
        return make_response(redirect(at.bench(asked, key), 303))
    found = get_bench(at, [key, request.form.get("close")], key)
    closed = {row.key for row in found.rows} - {key}
    response = make_response(changed(at, asked, found, [key, *closed], said=gettext(N_("Taken back."))))
    response.headers["HX-Replace-Url"] = at.bench(asked, key)
    return response


@blueprint.post(SEGMENT + "/merge")
def merge(site: str, page_id: int, language: str, key: str) -> Response:
    """Put both changes of a sentence that two people changed into the box; nothing is stored."""
    at, base = Address(site, page_id, language), int(request.form.get("base", "0")[:9] or 0)
    open_site(site)
    text = both_texts(db(), actor(), page_id, language, key, text=box_text(), base=base)
    return unsaved(at, replace(asked_for(), segment=key), Typed(text, conflict=True, base=base))


@blueprint.post(SEGMENT + "/fix")
def fix(site: str, page_id: int, language: str, key: str) -> Response:
    """Put into what is being typed what a check is certain should stand there; nothing is stored."""
    at, text = Address(site, page_id, language), box_text()
    open_site(site)
    found = service.check_typed(db(), actor(), page_id, language, key, text=text)
    text = service.clean(text)
    for flag in found:
        if flag.fix is not None and flag.target_span is not None and fix_id(flag) == request.form.get("fix"):
            text = text[: flag.target_span[0]] + flag.fix + text[flag.target_span[1] :]
            break
    return unsaved(at, replace(asked_for(), segment=key), Typed(text))
