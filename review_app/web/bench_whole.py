"""Renders the bench as a page, and of a long one the pieces that come when they are scrolled to."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from flask import Response, make_response, render_template, request

from review_app.review.benching import PageLines, rows_at, waiting_after
from review_app.review.halves import made_by
from review_app.review.listing import numbers_of
from review_app.review.own_places import how_often
from review_app.review.views import Bench, SegmentRow
from review_app.segments.numbered import ids_of, order_of, placed_in
from review_app.web.address import Address
from review_app.web.bench_card import Card
from review_app.web.bench_choices import Undo
from review_app.web.bench_list import Asked, Part, line_of, part_to_show, parts_of
from review_app.web.bench_page import open_page, recurs_of, shown_of, undo_of, with_rows
from review_app.web.context import db, opened_site
from review_app.web.security import loosen


def whole(at: Address, asked: Asked, card: Card | None = None, status: int = 200) -> Response:
    """Render the bench as a page, of a long one a piece; ``card`` holds a text that is not stored."""
    found = open_page(at)
    if asked.segment is None and asked.part == 0 and found.may_correct:  # whoever corrects begins with what needs it
        found, first = waiting_after(db(), found, asked.listed, None)
        asked = replace(asked, segment=first)
    parts = parts_of(numbers_of(db(), found.given, asked.listed, asked.segment))
    order = order_of(db(), found.page.version_id)
    part = _part(found, asked, parts, order)
    shown = {order[number - 1] for number in parts[part].numbers} if parts else set()
    bench = _bench(at, found, asked.segment, order, shown)
    rows = {row.number: row for row in bench.rows}
    loosen("frame-src", "'self'")
    page = render_template(
        "review/bench.html",
        shown=shown_of(at, asked, bench, card),
        parts=[_filled(one, rows, asked.search) if one.index == part else one for one in parts],
        recurs=recurs_of(at, request.args["recurs"]) if "recurs" in request.args else None,
        undo=_undo_asked(at, bench),
    )
    return make_response(page, status)


def piece_of_list(at: Address, asked: Asked, numbers: Sequence[int]) -> Response:
    """Render rows by their numbers, closed, as they come when they are scrolled to."""
    found = open_page(at)
    order = order_of(db(), found.page.version_id)
    bench = _bench(at, found, None, order, {order[number - 1] for number in numbers if 0 < number <= len(order)})
    rows = {row.number: row for row in bench.rows}
    lines = [line_of(rows[number], asked.search) for number in numbers if number in rows]
    return make_response(render_template("review/_lines.html", shown=shown_of(at, asked, bench), lines=lines))


def _part(found: PageLines, asked: Asked, parts: Sequence[Part], order: Sequence[int]) -> int:
    """Return which piece of the list comes at once: that with the open segment, if no other is asked for."""
    ids = ids_of(db(), found.page.version_id, [asked.segment]) if asked.segment else []
    number = order.index(ids[0]) + 1 if ids and ids[0] in order else None
    return part_to_show(parts, number, asked.part)


def _bench(at: Address, found: PageLines, opened: str | None, order: Sequence[int], ids: Collection[int]) -> Bench:
    """Return the page with the rows of these segments, one of them open."""
    placed = placed_in(db(), found.page.version_id, order, ids)
    return with_rows(at, found, rows_at(db(), found, placed, opened))


def _filled(part: Part, rows: dict[int, SegmentRow], word: str) -> Part:
    return replace(part, lines=tuple(line_of(rows[number], word) for number in part.numbers if number in rows))


def _undo_asked(at: Address, bench: Bench) -> Undo | None:
    """Return how to undo the save that led here without scripts, as long as nothing was saved after it."""
    if "recut" in request.args:
        return _recut_undo(at, bench)
    if "apart" in request.args:
        return _apart_undo(at, bench)
    key, _, number = request.args.get("undo", "").partition(".")
    row = next((row for row in bench.rows if row.key == key), None)
    return undo_of(at, row) if row and str(row.revision) == number else None


def _recut_undo(at: Address, bench: Bench) -> Undo | None:
    """Return how to take back where a sentence was just cut or joined, as long as that holds."""
    key = request.args.get("segment", "")
    row = next((row for row in bench.rows if row.key == key), None)
    made = made_by(db(), opened_site(at.site).id, row.source) if row else []
    rule_id = next((one.rule_id for one in made if str(one.rule_id) == request.args.get("recut")), None)
    return Undo(key, at.to("recutting.take_back", key=key, rule_id=rule_id)) if rule_id else None


def _apart_undo(at: Address, bench: Bench) -> Undo | None:
    """Return how to take back that a place was just given a translation of its own, as long as it has it."""
    key = request.args.get("segment", "")
    if not bench.may_correct or not how_often(db(), bench.page_version_id, key).apart:
        return None
    return Undo(key, at.to("own_places.put_back", key=key))
