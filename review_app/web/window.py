"""The pieces of a long page in the bench: rows of the list, and the next flagged sentence."""

from flask import Blueprint, Response, jsonify, make_response, redirect, request

from review_app.review.listing import next_flagged
from review_app.web.address import Address
from review_app.web.bench_list import read_numbers
from review_app.web.bench_page import asked_for, open_page
from review_app.web.bench_whole import piece_of_list
from review_app.web.context import db
from review_app.web.htmx import wants_fragment
from review_app.web.review import PAGE, in_every_template

blueprint = Blueprint("window", __name__)
blueprint.context_processor(in_every_template)


@blueprint.get(PAGE + "/rows")
def rows(site: str, page_id: int, language: str) -> Response:
    """Show rows of the list by their numbers."""
    at, asked = Address(site, page_id, language), asked_for()
    if not wants_fragment():
        open_page(at)  # a stranger is not sent anywhere
        return make_response(redirect(at.bench(asked, None)))
    return piece_of_list(at, asked, read_numbers(request.args.get("sentences", "")))


@blueprint.get(PAGE + "/flagged")
def flagged(site: str, page_id: int, language: str) -> Response:
    """Say which sentence is the next flagged one after that of the address, or the one before: its key and number."""
    at, asked = Address(site, page_id, language), asked_for()
    found = open_page(at)
    following = next_flagged(db(), found.given, asked.listed, asked.segment, back="back" in request.args)
    return jsonify(following._asdict() if following else {})
