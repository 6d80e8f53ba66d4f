"""Comments in the bench's card: say something of a sentence or of its source, close it, open it again."""

from flask import Blueprint, Response, request
from flask_babel import gettext

from review_app.errors import BadInput
from review_app.locale import N_
from review_app.review.commenting import comment_on, settle
from review_app.review.states import About
from review_app.web.address import Address
from review_app.web.bench_answers import beside, refuse
from review_app.web.bench_card import Typed
from review_app.web.box import box_text
from review_app.web.context import actor, db, open_site
from review_app.web.review import in_every_template

blueprint = Blueprint("comments", __name__)
blueprint.context_processor(in_every_template)

COMMENTS = "/sites/<site>/pages/<int:page_id>/<language>/segments/<key>/comments"


@blueprint.post(COMMENTS)
def add(site: str, page_id: int, language: str, key: str) -> Response:
    """Say something of a sentence, or tell the web editor of its source. What is being typed stays in the box."""
    at, words = Address(site, page_id, language), request.form.get("comment", "")
    about = About.SOURCE if request.form.get("about") == About.SOURCE else About.TRANSLATION
    open_site(site)
    try:
        comment_on(db(), actor(), page_id, language, key, text=words, about=about)
    except BadInput as error:
        typed = Typed(box_text(), problem=error.render(gettext), comment=words)
        return refuse(at, key, typed, 422)
    said = N_("The web editor is told.") if about is About.SOURCE else N_("The comment is there.")
    return beside(at, key, said, "")


@blueprint.post(COMMENTS + "/<int:comment_id>/<any(close, reopen):verb>")
def decide(site: str, page_id: int, language: str, key: str, comment_id: int, verb: str) -> Response:
    """Close a comment, or open it again."""
    open_site(site)
    settle(db(), actor(), page_id, language, key, comment_id=comment_id, closed=verb == "close")
    said = N_("The comment is closed.") if verb == "close" else N_("The comment is open again.")
    return beside(Address(site, page_id, language), key, said, request.form.get("comment", "").strip())
