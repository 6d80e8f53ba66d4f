"""The page in a frame: in the bench as it reads now, each passage in its place; on the desk as readers will see it."""

from collections.abc import Mapping, Sequence

from flask import Blueprint, Response, make_response, render_template, request

from review_app.publishing.content import passage_places, split_after_heading, with_passages
from review_app.publishing.foreseeing import foresee_page
from review_app.publishing.framing import framed_content
from review_app.review.benching import rows_at
from review_app.review.views import SegmentRow
from review_app.segments.numbered import ids_of, order_of, placed_in
from review_app.web.address import Address
from review_app.web.bench_context import UNSEEN, Occurrence, as_it_stands, page_blocks
from review_app.web.bench_list import Asked
from review_app.web.bench_page import occurrences, open_page, shown_of, with_rows
from review_app.web.context import actor, db
from review_app.web.review import PAGE, SUBMISSION, in_every_template
from review_app.web.security import allow_images_of, loosen

blueprint = Blueprint("framing", __name__)
blueprint.context_processor(in_every_template)


@blueprint.get(PAGE + "/framed")
def show(site: str, page_id: int, language: str) -> Response:
    """Show the page; with a sentence named, all else is in the source language."""
    at, key = Address(site, page_id, language), request.args.get("sentence")
    found = open_page(at)
    version_id = found.page.version_id
    order = order_of(db(), version_id)
    placed = placed_in(db(), version_id, order, ids_of(db(), version_id, [key]) if key else order)
    bench = with_rows(at, found, rows_at(db(), found, placed, None))
    rows = {row.key: row for row in bench.rows}
    places = [one for one in occurrences(version_id, [key] if key else None) if one.key in rows]
    texts = {(one.block, one.position): _text(rows[one.key]) for one in places}
    html = framed_content(db(), found.page, found.site, language, texts)
    content = with_passages(html, _openings(places, rows, language, found.site.source_language))
    inside = passage_places(html)
    outside = [one for one in places if f"{one.block}.{one.position}" not in inside]
    _frame(found.site.base_url, found.page.url)
    page = render_template(
        "review/framed.html",
        shown=shown_of(at, Asked(segment=""), bench),
        content=content,
        before=page_blocks([one for one in outside if one.kind in UNSEEN], rows, as_it_stands),
        after=page_blocks([one for one in outside if one.kind not in UNSEEN], rows, as_it_stands),
    )
    return make_response(page)


@blueprint.get(SUBMISSION + "/framed")
def foreseen(submission_id: int) -> Response:
    """Show a submission's page as readers would see it, approved by somebody who reads the language."""
    page = foresee_page(db(), actor(), submission_id)
    heading, content = split_after_heading(page.html)
    _frame(*page.addresses)
    return make_response(render_template("review/foreseen.html", page=page, heading=heading, content=content))


def _frame(*addresses: str | None) -> None:
    """Let the answer stand in a frame of ours, with its pictures; nothing in it runs, whoever opens it how."""
    allow_images_of(*addresses)
    loosen("frame-ancestors", "'self'")
    loosen("script-src", "'none'")
    loosen("sandbox", "allow-same-origin")  # also for whoever opens it by itself


def _text(row: SegmentRow) -> str:
    return row.source if row.text is None else row.text


def _openings(
    places: Sequence[Occurrence], rows: Mapping[str, SegmentRow], language: str, source_language: str
) -> dict[str, str]:
    """Return the tags that passages stand in, by ``block.position``."""
    passages = [page_blocks([one], rows, as_it_stands)[0].passages[0] for one in places]
    return {
        f"{one.block}.{one.position}": passage.opening(language, source_language)
        for one, passage in zip(places, passages, strict=True)
    }
