"""Renders the bench as a page, and of a long one the pieces that come when they are scrolled to."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from flask import Response, make_response, render_template, request

from review_app.review.benching import PageLines, rows_at, waiting_after
from review_app.review.halves import made_by
from review_app.review.listing import numbers_of
from review_app.review.views import Bench, SegmentRow
from review_app.segments.numbered import ids_of, order_of, placed_in
from review_app.segments.places import Place, places_in, portion_with, portions_of
from review_app.web.address import Address
from review_app.web.bench_card import Card
from review_app.web.bench_choices import Undo
from review_app.web.bench_context import UNSEEN, Occurrence, PageBlock, as_it_stands, page_blocks
from review_app.web.bench_list import Asked, Part, line_of, part_to_show, parts_of
from review_app.web.bench_page import open_page, recurs_of, shown_of, undo_of, with_rows
from review_app.web.context import db, opened_site


@dataclass(frozen=True, slots=True)
class Portion:
    """A piece of the page in its context, and its blocks if it is here already."""

    index: int
    blocks: tuple[PageBlock, ...] | None = None


def whole(at: Address, asked: Asked, card: Card | None = None, status: int = 200) -> Response:
    """Render the bench as a page, of a long one a piece; ``card`` holds a text that is not stored."""
    found = open_page(at)
    if asked.segment is None and asked.part == 0 and found.may_correct:  # whoever corrects begins with what needs it
        found, first = waiting_after(db(), found, asked.listed, None)
        asked = replace(asked, segment=first)
    parts = parts_of(numbers_of(db(), found.given, asked.listed, asked.segment))
    order = order_of(db(), found.page.version_id)
    part, portion = _pieces(found, asked, parts, order)
    places = places_in(db(), found.page.version_id, portion)
    shown = {order[number - 1] for number in parts[part].numbers} if parts else set()
    bench = _bench(at, found, asked.segment, order, shown | {place.segment_id for place in places})
    rows = {row.number: row for row in bench.rows}
    page = render_template(
        "review/bench.html",
        shown=shown_of(at, asked, bench, card),
        parts=[_filled(one, rows, asked.search) if one.index == part else one for one in parts],
        portions=_portions(found, portion, _blocks(places, bench.rows)),
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


def piece_of_page(at: Address, asked: Asked, portion: int | None, key: str) -> Response:
    """Render a portion of the page in its context: one by its place, or that with a segment."""
    found = open_page(at)
    version_id = found.page.version_id
    if portion is None:
        portion = next((portion_with(db(), version_id, one) for one in ids_of(db(), version_id, [key])), None) or 0
    places = places_in(db(), version_id, portion)
    ids = {place.segment_id for place in places}
    bench = _bench(at, found, None, order_of(db(), version_id), ids)
    shown = shown_of(at, asked, bench)
    return make_response(
        render_template("review/_portion.html", shown=shown, portion=Portion(portion, _blocks(places, bench.rows)))
    )


def _pieces(found: PageLines, asked: Asked, parts: Sequence[Part], order: Sequence[int]) -> tuple[int, int]:
    """Return which piece of the list and which of the page come at once: those with the open segment, if none other."""
    version_id = found.page.version_id
    ids = ids_of(db(), version_id, [asked.segment]) if asked.segment else []
    number = order.index(ids[0]) + 1 if ids and ids[0] in order else None
    part = part_to_show(parts, number, asked.part)
    if asked.portion > 0:
        return part, asked.portion - 1
    first = order[parts[part].numbers[0] - 1] if asked.part and parts else next(iter(ids), None)
    return part, (portion_with(db(), version_id, first) if first else None) or 0


def _bench(at: Address, found: PageLines, opened: str | None, order: Sequence[int], ids: Collection[int]) -> Bench:
    """Return the page with the rows of these segments, one of them open."""
    placed = placed_in(db(), found.page.version_id, order, ids)
    return with_rows(at, found, rows_at(db(), found, placed, opened))


def _filled(part: Part, rows: dict[int, SegmentRow], word: str) -> Part:
    return replace(part, lines=tuple(line_of(rows[number], word) for number in part.numbers if number in rows))


def _blocks(places: Sequence[Place], rows: Sequence[SegmentRow]) -> tuple[PageBlock, ...]:
    """Return the blocks of a portion. What first stands in the page's title, and then in it, is its heading mostly."""
    occurrences = [Occurrence(place.block, place.position, _kind(place), place.key) for place in places]
    return page_blocks(occurrences, {row.key: row for row in rows}, as_it_stands)


def _kind(place: Place) -> str:
    if place.block == place.first_block:
        return place.kind
    return "h1" if place.first_kind in UNSEEN else place.first_kind


def _portions(found: PageLines, here: int, blocks: tuple[PageBlock, ...]) -> list[Portion]:
    count = portions_of(db(), found.page.version_id)
    return [Portion(index, blocks if index == here else None) for index in range(count)]


def _undo_asked(at: Address, bench: Bench) -> Undo | None:
    """Return how to undo the save that led here without scripts, as long as nothing was saved after it."""
    if "recut" in request.args:
        return _recut_undo(at, bench)
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
