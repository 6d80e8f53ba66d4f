"""Looking a word up from the bench's card: a panel in it for htmx, a page of its own without scripts."""

from flask import Blueprint, Response, make_response, render_template, request

from review_app.accounts.permissions import Action
from review_app.review import service
from review_app.review.looking_up import LONGEST, look_up, words_of
from review_app.text.normalise import normalise
from review_app.web.address import Address
from review_app.web.bench_page import asked_for, get_bench
from review_app.web.context import actor, db, open_site
from review_app.web.helping import phrase_lines
from review_app.web.htmx import wants_fragment
from review_app.web.review import SEGMENT

blueprint = Blueprint("looking_up", __name__)

MOST_SHOWN = 3
"""Approved texts with the word that the panel shows; the memory's page has all."""


@blueprint.get(SEGMENT + "/words")
def show(site: str, page_id: int, language: str, key: str) -> Response:
    """Show the words of a sentence, and what the one that was chosen is translated with."""
    at, found, me = Address(site, page_id, language), open_site(site), actor()
    word = normalise(request.args.get("word", ""))[:LONGEST].strip(" .,;:!?()”“\"'")
    backwards = request.args.get("of") == "translation"
    looked_up = look_up(db(), me, page_id, language, key, word, backwards=backwards) if word else None
    values = {
        "at": at,
        "site": found,
        "row": service.row(db(), me, page_id, language, key),
        "source_words": words_of(db(), me, page_id, language, key),
        "found": looked_up,
        "lines": phrase_lines(list(looked_up.pairs[:MOST_SHOWN]), word) if looked_up else [],
        "edits": me.may_on(Action.CORRECT, found.id, page_id, language) and me.person_id is not None,
        "asked": asked_for(),
    }
    if wants_fragment():
        return make_response(render_template("review/_look_up.html", **values))
    head = get_bench(at, [], None).head
    return make_response(render_template("review/look_up.html", head=head, **values))
